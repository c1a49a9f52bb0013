package dev.sallyport.gateway.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client that sends what it is told, and reads answers by the rules. */
public final class RawClient implements AutoCloseable {
  private final Wire wire;

  private RawClient(Wire wire) {
    this.wire = wire;
  }

  /** Connects. */
  public static RawClient to(InetSocketAddress address) throws IOException {
    return new RawClient(new Wire(new Socket(address.getAddress(), address.getPort())));
  }

  /** Talks on a socket that is connected already. */
  public static RawClient on(Socket socket) throws IOException {
    return new RawClient(new Wire(socket));
  }

  /** The bytes. */
  public Wire wire() {
    return wire;
  }

  /** Sends lines, each of which gets its CR LF, and an empty one. */
  public RawClient sendHead(String... lines) throws IOException {
    wire.send(String.join("\r\n", lines) + "\r\n\r\n");
    return this;
  }

  /** Sends a piece of a body. */
  public RawClient sendBody(String piece) throws IOException {
    wire.send(piece);
    return this;
  }

  /** Sends a request without a body, of a page of {@code https://blog.foo.com}. */
  public RawClient get(String path) throws IOException {
    return sendHead("GET " + path + " HTTP/1.1", "Host: gate", "Origin: https://blog.foo.com");
  }

  /** Reads a final answer to anything but {@code HEAD}, passing over interim ones. */
  public Answer answer() throws IOException {
    return answer(false);
  }

  /** Reads the final answer to {@code HEAD}. */
  public Answer answerToHead() throws IOException {
    return answer(true);
  }

  private Answer answer(boolean toHead) throws IOException {
    String head = wire.readHead();
    while (head.startsWith("HTTP/1.1 1")) {
      head = wire.readHead();
    }
    int status = Integer.parseInt(head.substring(9, 12));
    String length = Wire.header(head, "content-length");
    if (toHead || status == 204 || status == 304) {
      return new Answer(status, head, "", "");
    }
    if (Wire.header(head, "transfer-encoding").equals("chunked")) {
      Wire.Chunks chunks = wire.readChunks();
      return new Answer(status, head, chunks.body(), chunks.trailers());
    }
    String body = length.isEmpty() ? wire.readToEnd() : wire.read(Integer.parseInt(length));
    return new Answer(status, head, body, "");
  }

  /**
   * An answer.
   *
   * @param head all of the head, as it came
   * @param trailers each line as it came
   */
  public record Answer(int status, String head, String body, String trailers) {
    /** The value of the only line of a header; empty when there is none. */
    public String header(String name) {
      return Wire.header(head, name);
    }

    /** The code in the body of a problem. */
    public String code() {
      int at = body.indexOf("\"code\":\"");
      return at < 0 ? "" : body.substring(at + 8, body.indexOf('"', at + 8));
    }
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
