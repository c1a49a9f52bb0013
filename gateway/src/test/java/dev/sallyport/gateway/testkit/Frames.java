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
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The frames of HTTP/2 on one end of a connection, sent as they are told, right or wrong. */
public final class Frames {
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

  Frames(Wire wire) {
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

  /** The bytes. */
  public Wire wire() {
    return wire;
  }

  /** Sends a frame. */
  public void send(int type, int flags, int stream, byte[] payload) throws IOException {
    wire.send(bytes(type, flags, stream, payload));
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
  public void headers(int stream, boolean end, String... fields)
      throws IOException, Http2Exception {
    send(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(stream, fields));
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

  /** Sends a piece of a body. */
  public void data(int stream, boolean end, String text) throws IOException {
    send(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
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
}
