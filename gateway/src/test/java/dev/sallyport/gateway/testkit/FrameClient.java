package dev.sallyport.gateway.testkit;

import dev.sallyport.gateway.testkit.Frames.Frame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of HTTP/2 that sends the frames that it is told, right or wrong. */
public final class FrameClient implements AutoCloseable {
  public static final int DATA = Frames.DATA;
  public static final int HEADERS = Frames.HEADERS;
  public static final int RST_STREAM = Frames.RST_STREAM;
  public static final int SETTINGS = Frames.SETTINGS;
  public static final int PING = Frames.PING;
  public static final int GOAWAY = Frames.GOAWAY;
  public static final int WINDOW_UPDATE = Frames.WINDOW_UPDATE;
  public static final int CONTINUATION = Frames.CONTINUATION;

  public static final int END_STREAM = Frames.END_STREAM;
  public static final int ACK = Frames.ACK;
  public static final int END_HEADERS = Frames.END_HEADERS;

  private final Frames frames;

  private FrameClient(Wire wire) {
    this.frames = new Frames(wire);
  }

  /** An answer: its last header list before the body, its body, its trailers. */
  public record Answer(Http2Headers head, String body, Http2Headers trailers) {
    public int status() {
      return Integer.parseInt(head.status().toString());
    }
  }

  /** Connects in clear, by prior knowledge. */
  public static FrameClient to(InetSocketAddress address) throws IOException {
    return on(new Socket(address.getAddress(), address.getPort()));
  }

  /** Talks on a socket that is connected. */
  public static FrameClient on(Socket socket) throws IOException {
    FrameClient client = new FrameClient(new Wire(socket));
    client.wire().send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    return client.send(SETTINGS, 0, 0, new byte[0]);
  }

  /** The bytes. */
  public Wire wire() {
    return frames.wire();
  }

  /** Sends a frame. */
  public FrameClient send(int type, int flags, int stream, byte[] payload) throws IOException {
    frames.send(type, flags, stream, payload);
    return this;
  }

  /** The bytes of a frame. */
  public static byte[] bytes(int type, int flags, int stream, byte[] payload) {
    return Frames.bytes(type, flags, stream, payload);
  }

  /** A number as a payload holds it. */
  public static byte[] number(int value) {
    return Frames.number(value);
  }

  /** Sends a header list. */
  public FrameClient headers(int stream, boolean end, String... fields)
      throws IOException, Http2Exception {
    return send(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(stream, fields));
  }

  /** The compressed form of a header list, which is checked by nobody. */
  public byte[] block(int stream, String... fields) throws Http2Exception {
    return frames.block(stream, fields);
  }

  /** Sends a request of a page of {@code https://blog.foo.com}. */
  public FrameClient request(int stream, boolean end, String method, String path, String... more)
      throws IOException, Http2Exception {
    String[] first = {
      ":method",
      method,
      ":scheme",
      "http",
      ":authority",
      "gate",
      ":path",
      path,
      "origin",
      "https://blog.foo.com"
    };
    String[] all = new String[first.length + more.length];
    System.arraycopy(first, 0, all, 0, first.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return headers(stream, end, all);
  }

  /** Sends a piece of a body. */
  public FrameClient data(int stream, boolean end, String text) throws IOException {
    return send(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Reads a frame. */
  public Frame frame() throws IOException {
    return frames.frame();
  }

  /** Reads up to the next frame of a type. */
  public Frame next(int type) throws IOException {
    return frames.next(type);
  }

  /** Reads the header list of a frame. */
  public Http2Headers list(Frame frame) throws Http2Exception {
    return frames.list(frame);
  }

  /** Reads the answer on a stream, giving back what it takes of windows. */
  public Answer answer(int stream) throws IOException, Http2Exception {
    Http2Headers head = new DefaultHttp2Headers();
    Http2Headers trailers = new DefaultHttp2Headers();
    StringBuilder body = new StringBuilder();
    boolean inBody = false;
    while (true) {
      Frame frame = frame();
      if (frame.stream() == stream && frame.type() == RST_STREAM) {
        throw new AssertionError("reset by " + frame.number(0) + " behind " + head);
      } else if (frame.type() == HEADERS && inBody) {
        trailers = list(frame);
      } else if (frame.type() == HEADERS) {
        head = list(frame);
        inBody = !head.status().toString().startsWith("1");
      } else if (frame.type() == DATA) {
        body.append(frame.payload().toString(StandardCharsets.ISO_8859_1));
        if (frame.payload().readableBytes() > 0) {
          send(WINDOW_UPDATE, 0, 0, number(frame.payload().readableBytes()));
          if (!frame.ends()) {
            send(WINDOW_UPDATE, 0, frame.stream(), number(frame.payload().readableBytes()));
          }
        }
      }
      if (frame.stream() == stream && frame.ends()) {
        return new Answer(head, body.toString(), trailers);
      }
    }
  }

  /** The error of the GOAWAY that ends the connection, or -1 when it ends without one. */
  public int goAway() throws IOException {
    int error = -1;
    try {
      while (true) {
        Frame frame = frame();
        error = frame.type() == GOAWAY ? frame.number(4) : error;
      }
    } catch (EOFException | java.net.SocketException end) {
      return error;
    }
  }

  @Override
  public void close() throws IOException {
    frames.wire().close();
  }
}
