package dev.sallyport.endurance;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** HTTP/1.1 as far as both ends here speak it. */
final class Http {
  /** The key of a WebSocket's handshake, and what accepts it, as RFC 6455 has them. */
  static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private Http() {}

  /** Reads a head; empty when the connection ends before it. */
  static String readHead(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
      int b = in.read();
      if (b < 0) {
        if (head.isEmpty()) {
          return "";
        }
        throw new EOFException("in the head: " + head);
      }
      head.append((char) b);
    }
    return head.toString();
  }

  /** Reads the body that a head announces, and gives its length. */
  static long skipBody(String head, InputStream in) throws IOException {
    String lower = head.toLowerCase(Locale.ROOT);
    if (lower.contains("\r\ntransfer-encoding: chunked\r\n")) {
      long length = 0;
      while (true) {
        int size = Integer.parseInt(readLine(in), 16);
        in.skipNBytes(size);
        readLine(in);
        if (size == 0) {
          return length;
        }
        length += size;
      }
    }
    int at = lower.indexOf("\r\ncontent-length: ");
    if (at < 0) {
      return 0;
    }
    long length = Long.parseLong(lower.substring(at + 18, lower.indexOf('\r', at + 18)).strip());
    in.skipNBytes(length);
    return length;
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("in a line: " + line);
      }
      line.append((char) b);
    }
    return line.toString().strip();
  }
}
