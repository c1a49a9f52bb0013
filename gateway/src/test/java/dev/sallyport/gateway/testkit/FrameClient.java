package dev.sallyport.gateway.testkit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of HTTP/2 that sends the frames that it is told, right or wrong. */
public final class FrameClient implements AutoCloseable {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int RST_STREAM = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GOAWAY = 7;
  public static final int WINDOW_UPDATE = 8;
  public static final int CONTINUATION = 9;

  public static final int END_STREAM = 1;
  public static final int ACK = 1;
  public static final int END_HEADERS = 4;

  private final Wire wire;
  private final DataInputStream in;
  private final DefaultHttp2HeadersEncoder encoder =
      new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE);
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder(false);

  private FrameClient(Wire wire) {
    this.wire = wire;
    this.in = new DataInputStream(wire.in());
  }

  /** One frame as it came. */
  public record Frame(int type, int flags, int stream, ByteBuf payload) {
    /** The number that a payload holds at {@code at}. */
    public int number(int at) {
      return payload.getInt(at);
    }

    public boolean ends() {
      return (type == DATA || type == HEADERS) && (flags & END_STREAM) != 0;
    }
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
    client.wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    return client.send(SETTINGS, 0, 0, new byte[0]);
  }

  /** The bytes. */
  public Wire wire() {
    return wire;
  }

  /** Sends a frame. */
  public FrameClient send(int type, int flags, int stream, byte[] payload) throws IOException {
    wire.send(bytes(type, flags, stream, payload));
    return this;
  }

  /** The bytes of a frame. */
  public static byte[] bytes(int type, int flags, int stream, byte[] payload) {
    ByteBuf frame = Unpooled.buffer(9 + payload.length);
    frame.writeMedium(payload.length).writeByte(type).writeByte(flags).writeInt(stream);
    return ByteBufUtil.getBytes(frame.writeBytes(payload));
  }

  /** A number as a payload holds it. */
  public static byte[] number(int value) {
    return ByteBufUtil.getBytes(Unpooled.buffer(4).writeInt(value));
  }

  /** Sends a header list. */
  public FrameClient headers(int stream, boolean end, String... fields)
      throws IOException, Http2Exception {
    return send(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(stream, fields));
  }

  /** The compressed form of a header list, which is checked by nobody. */
  public byte[] block(int stream, String... fields) throws Http2Exception {
    Http2Headers list = new DefaultHttp2Headers(false);
    for (int i = 0; i < fields.length; i += 2) {
      list.add(fields[i], fields[i + 1]);
    }
    ByteBuf block = Unpooled.buffer();
    encoder.encodeHeaders(stream, list, block);
    return ByteBufUtil.getBytes(block);
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
    int lengthAndType = in.readInt();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    ByteBuf payload = Unpooled.wrappedBuffer(in.readNBytes(lengthAndType >>> 8));
    return new Frame(lengthAndType & 0xff, flags, stream, payload);
  }

  /** Reads up to the next frame of a type. */
  public Frame next(int type) throws IOException {
    Frame frame = frame();
    while (frame.type() != type || type == SETTINGS && frame.flags() == ACK) {
      frame = frame();
    }
    return frame;
  }

  /** Reads the header list of a frame. */
  public Http2Headers list(Frame frame) throws Http2Exception {
    return decoder.decodeHeaders(frame.stream(), frame.payload().duplicate());
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
    wire.close();
  }
}
