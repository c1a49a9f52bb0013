package dev.sallyport.oracle;

import dev.sallyport.fetch.Header;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes a WebSocket's connection, says one thing, and waits for the browser to leave. */
final class SocketServer {
  /** See <a href="https://www.rfc-editor.org/rfc/rfc6455#section-1.3">RFC 6455, 1.3</a>. */
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private SocketServer() {}

  static void serve(@Nullable String key, List<Header> headers, InputStream in, OutputStream out)
      throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
    head.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ");
    head.append(accept(String.valueOf(key))).append("\r\n");
    for (Header header : headers) {
      head.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    out.write(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    byte[] message = "here".getBytes(StandardCharsets.US_ASCII);
    out.write(new byte[] {(byte) 0x81, (byte) message.length});
    out.write(message);
    out.flush();
    // Until it has said that it closes, or closed.
    in.read();
  }

  private static String accept(String key) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest((key + GUID).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
