package dev.sallyport.gateway.http;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Frame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of one connection of HTTP/2, whichever side of it the gateway is, and flushes
 * together those that one read has caused.
 */
// What cannot be written ends the connection, which its handler hears of.
@SuppressWarnings("FutureReturnValueIgnored")
public final class FrameWriter {
  private static final int MOST_EMPTY_DATA = 2;
  private static final int MOST_SMALL_CONTINUATIONS = 16;

  private final Http2FrameCodec codec;
  private @Nullable ChannelHandlerContext place;
  private boolean reading;
  private boolean unflushed;

  /** Writes to {@code codec}, from {@link #begin} on. */
  public FrameWriter(Http2FrameCodec codec) {
    this.codec = codec;
  }

  /** Bounds what the other side may send that costs it nothing, and checks the headers it sends. */
  public static Http2FrameCodecBuilder bounded(Http2FrameCodecBuilder builder) {
    return builder
        .validateHeaders(true)
        .decoderEnforceMaxConsecutiveEmptyDataFrames(MOST_EMPTY_DATA)
        .decoderEnforceMaxSmallContinuationFrames(MOST_SMALL_CONTINUATIONS);
  }

  /** What is written goes out through {@code handler}. */
  public void begin(ChannelHandlerContext handler) {
    place = handler;
  }

  /** What is written from now on is dropped. */
  public void end() {
    place = null;
  }

  /** Whether what is written goes out. */
  public boolean isOpen() {
    return place != null;
  }

  /** Frames are being read, until {@link #readEnded}. */
  public void readBegun() {
    reading = true;
  }

  /** Whether frames are being read at this moment. */
  public boolean isReading() {
    return reading;
  }

  /** What was there is read; {@link #flush} is next. */
  public void readEnded() {
    reading = false;
  }

  /** Writes a frame, which this owns; {@link #flush} is next. */
  public void write(Http2Frame frame) {
    ChannelHandlerContext ctx = place;
    if (ctx == null) {
      ReferenceCountUtil.release(frame);
      return;
    }
    unflushed = true;
    ctx.write(frame);
  }

  /** Writes a frame likewise, and tells {@code written} what became of it unless it is dropped. */
  public void write(Http2Frame frame, ChannelFutureListener written) {
    ChannelHandlerContext ctx = place;
    if (ctx == null) {
      ReferenceCountUtil.release(frame);
      return;
    }
    unflushed = true;
    ctx.write(frame).addListener(written);
  }

  /** Gives so many bytes of a body back to the other side's window. */
  public void consume(Http2FrameStream id, int bytes) {
    write(new DefaultHttp2WindowUpdateFrame(bytes).stream(id));
  }

  /**
   * Resets a stream. What waits for the other side's window is dropped, since nothing may follow a
   * reset (RFC 9113, 5.1).
   */
  public void reset(Http2FrameStream id, Http2Error error) {
    write(new DefaultHttp2ResetFrame(error).stream(id));
    Http2Stream stream = codec.connection().stream(id.id());
    if (stream != null) {
      stream.close();
    }
    flushSoon();
  }

  /** Puts on the wire what was written. */
  public void flush() {
    ChannelHandlerContext ctx = place;
    if (unflushed && ctx != null) {
      unflushed = false;
      ctx.flush();
    }
  }

  /** Flushes now, unless frames are being read, behind which it is done anyway. */
  public void flushSoon() {
    if (!reading) {
      flush();
    }
  }
}
