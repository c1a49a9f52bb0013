package dev.sallyport.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameTypes;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Counts the frames of an HTTP/2 connection that cost their sender next to nothing, and ends the
 * connection that sends too many: SETTINGS, PING, PRIORITY, RST_STREAM, CONTINUATION, GOAWAY,
 * frames of unknown types, and window updates too small to be of use.
 *
 * <p>It looks at the headers of frames in front of the codec, so that no frame is missed, whatever
 * the codec makes of it. Window updates that are not small need no budget: a window that grows
 * without being used overflows, which ends the connection.
 */
public final class FrameBudget extends ChannelInboundHandlerAdapter {
  /** As many as a browser does not send in minutes. */
  static final int MOST = 400;

  static final long WINDOW = Duration.ofSeconds(10).toNanos();

  /** A client frees at least as much at a time, if it reads at all. */
  private static final int SMALL_UPDATE = 1024;

  private static final int HEADER = Http2CodecUtil.FRAME_HEADER_LENGTH;

  private final LongSupplier clock;
  private final byte[] header = new byte[HEADER + Integer.BYTES];
  private int toSkip;
  private int held;
  private int frames;
  private long windowBegan;
  private boolean spent;

  private FrameBudget(LongSupplier clock, int prefaceLength) {
    this.clock = clock;
    this.toSkip = prefaceLength;
    this.windowBegan = clock.getAsLong();
  }

  /** The budget of a client's connection, whose preface has yet to be read. */
  public static FrameBudget ofClient() {
    return ofClient(System::nanoTime);
  }

  static FrameBudget ofClient(LongSupplier clock) {
    return new FrameBudget(clock, Http2CodecUtil.connectionPrefaceBuf().readableBytes());
  }

  /** The budget of a connection to an upstream, which sends frames from the first byte on. */
  public static FrameBudget ofUpstream() {
    return new FrameBudget(System::nanoTime, 0);
  }

  /**
   * So many frames may come because of what was sent: a busy upstream acknowledges with small
   * window updates what many clients send.
   */
  public void earn(int earned) {
    frames = Math.max(0, frames - earned);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!spent && message instanceof ByteBuf bytes) {
      look(bytes);
    }
    if (!spent) {
      ctx.fireChannelRead(message);
    } else {
      ((ByteBuf) message).release();
      if (frames > MOST) {
        frames = 0;
        ctx.fireExceptionCaught(
            Http2Exception.connectionError(
                Http2Error.ENHANCE_YOUR_CALM, "too many frames that do nothing"));
      }
    }
  }

  private void look(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end && !spent) {
      if (toSkip > 0) {
        int skipped = Math.min(toSkip, end - at);
        toSkip -= skipped;
        at += skipped;
        continue;
      }
      header[held++] = bytes.getByte(at++);
      if (held == needed()) {
        frameBegun();
      }
    }
  }

  /** A window update is looked at with its increment. */
  private int needed() {
    return held >= HEADER && type() == Http2FrameTypes.WINDOW_UPDATE && length() >= Integer.BYTES
        ? HEADER + Integer.BYTES
        : HEADER;
  }

  private void frameBegun() {
    boolean counts =
        switch (type()) {
          case Http2FrameTypes.DATA, Http2FrameTypes.HEADERS -> false;
          case Http2FrameTypes.WINDOW_UPDATE -> held == HEADER || increment() < SMALL_UPDATE;
          default -> true;
        };
    toSkip = length() - (held - HEADER);
    held = 0;
    if (counts) {
      count();
    }
  }

  private void count() {
    long now = clock.getAsLong();
    if (now - windowBegan > WINDOW) {
      windowBegan = now;
      frames = 0;
    }
    spent = ++frames > MOST;
  }

  private int length() {
    return (header[0] & 0xff) << 16 | (header[1] & 0xff) << 8 | header[2] & 0xff;
  }

  private int type() {
    return header[3];
  }

  private int increment() {
    return (header[HEADER] & 0x7f) << 24
        | (header[HEADER + 1] & 0xff) << 16
        | (header[HEADER + 2] & 0xff) << 8
        | header[HEADER + 3] & 0xff;
  }
}
