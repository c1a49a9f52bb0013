package dev.sallyport.gateway.testkit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One end of a connection, and the bytes on it, as ISO 8859-1 text. */
public final class Wire implements Closeable {
  /** Long enough for a busy machine; a test that waits so long has failed. */
  private static final int PATIENCE_MILLIS = 20_000;

  /** How a connection ends, as the other side sees it. */
  public enum End {
    /** Orderly: everything was sent. */
    CLOSED,
    /** Not orderly. */
    RESET
  }

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  /** Talks on {@code socket}. */
  public Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
    this.out = socket.getOutputStream();
  }

  /** The socket. */
  public Socket socket() {
    return socket;
  }

  /** Sends text, whose line feeds are as they stand. */
  public Wire send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes. */
  public Wire send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
    return this;
  }

  /** Reads a head, up to and with its empty line. */
  public String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.length() < 4 || !head.substring(head.length() - 4).equals("\r\n\r\n")) {
      head.append((char) readByte(head));
    }
    return head.toString();
  }

  private int readByte(CharSequence before) throws IOException {
    int b = in.read();
    if (b < 0) {
      throw new EOFException("closed after: " + before);
    }
    return b;
  }

  /** Reads a line without its end. */
  public String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int b = readByte(line); b != '\n'; b = readByte(line)) {
      line.append((char) b);
    }
    return line.substring(0, line.length() - 1);
  }

  /** Reads exactly so many bytes. */
  public String read(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("closed after: " + text(bytes));
    }
    return text(bytes);
  }

  /** Reads a chunked body with its trailers; the answer has both, as they came but for sizes. */
  public Chunks readChunks() throws IOException {
    StringBuilder body = new StringBuilder();
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      body.append(read(size));
      readLine();
    }
    StringBuilder trailers = new StringBuilder();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      trailers.append(line).append('\n');
    }
    return new Chunks(body.toString(), trailers.toString());
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(readLine(), 16);
  }

  /** A chunked body. */
  public record Chunks(String body, String trailers) {}

  /** Reads whatever comes until the connection ends. */
  public String readToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    try {
      in.transferTo(all);
    } catch (SocketException reset) {
      all.writeBytes("[reset]".getBytes(StandardCharsets.ISO_8859_1));
    }
    return text(all.toByteArray());
  }

  /** Whether what comes first begins so; false when the connection ends before. */
  public boolean beginsWith(String expected) throws IOException {
    try {
      return text(in.readNBytes(expected.length())).equals(expected);
    } catch (SocketException reset) {
      return false;
    }
  }

  /** Waits for the end of the connection, passing over what comes before. */
  public End awaitEnd() throws IOException {
    try {
      in.transferTo(OutputStream.nullOutputStream());
      return End.CLOSED;
    } catch (SocketException reset) {
      return End.RESET;
    }
  }

  /** The bytes that wait to be read at this moment. */
  public int available() throws IOException {
    return in.available();
  }

  /** Reads what comes, for streams of bytes. */
  public InputStream in() {
    return in;
  }

  /** Sends no more. */
  public void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Closes so that the other side sees a reset. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The value of the only line of a header in {@code head}; empty when there is none. */
  public static String header(String head, String name) {
    String found = "";
    for (String line : head.split("\r\n", -1)) {
      if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
        if (!found.isEmpty()) {
          throw new AssertionError("several lines of " + name + " in:\n" + head);
        }
        found = line.substring(name.length() + 1).strip();
      }
    }
    return found;
  }
}
