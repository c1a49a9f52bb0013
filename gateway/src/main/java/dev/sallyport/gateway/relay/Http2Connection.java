package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.answer.Problem;
import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.http.FrameWriter;
import dev.sallyport.gateway.limits.Deadline;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of a client that speaks HTTP/2: many streams at once, each with its exchange. */
// What fails on a channel is told to its pipeline, or ends it.
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2Connection extends ChannelInboundHandlerAdapter implements ServedConnection {
  private static final Logger LOG = LoggerFactory.getLogger(Http2Connection.class);

  private static final int MOST_STREAMS = 128;

  /** Streams that are reset, by the client or because of it, within {@link #RESET_WINDOW}. */
  private static final int MOST_RESETS = 200;

  private static final int RESET_WINDOW = (int) Duration.ofSeconds(30).toSeconds();

  private final Worker worker;
  private final Channel channel;
  private final InetSocketAddress address;
  private final boolean secure;
  private final Optional<Problem> excess;
  private final Http2FrameCodec codec;
  private final FrameWriter frames;
  private final Deadline idle;
  private final long idleNanos;
  private final long writeNanos;
  private final Map<Http2FrameStream, Http2Stream> streams = new HashMap<>();

  private boolean ended;
  private boolean saidGoodbye;

  /** A connection whose preface has just been read. */
  Http2Connection(
      Worker worker,
      Channel channel,
      InetSocketAddress address,
      boolean secure,
      Optional<Problem> excess,
      Http2FrameCodec codec) {
    this.worker = worker;
    this.channel = channel;
    this.address = address;
    this.secure = secure;
    this.excess = excess;
    this.codec = codec;
    this.frames = new FrameWriter(codec);
    this.idle = new Deadline(channel.eventLoop(), this::idlePassed);
    ConnectionLimits limits = worker.relay().limits();
    this.idleNanos = limits.idleTimeout().toNanos();
    this.writeNanos = limits.writeTimeout().toNanos();
  }

  /** The codec in front of such a connection. */
  static Http2FrameCodec codec(ConnectionLimits limits) {
    return FrameWriter.bounded(Http2FrameCodecBuilder.forServer())
        .initialSettings(
            Http2Settings.defaultSettings()
                .maxConcurrentStreams(MOST_STREAMS)
                .maxHeaderListSize(limits.requestHead()))
        .decoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESET_WINDOW)
        .encoderEnforceMaxRstFramesPerWindow(MOST_RESETS, RESET_WINDOW)
        // The grace of the gateway as a whole holds.
        .gracefulShutdownTimeoutMillis(-1)
        .build();
  }

  Worker worker() {
    return worker;
  }

  Channel channel() {
    return channel;
  }

  InetSocketAddress address() {
    return address;
  }

  boolean isSecure() {
    return secure;
  }

  Optional<Problem> excess() {
    return excess;
  }

  long idleNanos() {
    return idleNanos;
  }

  long writeNanos() {
    return writeNanos;
  }

  /**
   * Whether the client may send any body at all. It may not while bodies that wait for their
   * upstreams fill the window that all of its streams share.
   */
  boolean hasWindow() {
    io.netty.handler.codec.http2.Http2Connection inCodec = codec.connection();
    return inCodec.local().flowController().windowSize(inCodec.connectionStream()) > 0;
  }

  /** Where its streams write. */
  FrameWriter frames() {
    return frames;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    frames.begin(ctx);
    worker.add(this);
    if (worker.isStopping()) {
      channel.close();
    } else {
      idle.in(idleNanos);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    frames.readBegun();
    if (message instanceof Http2HeadersFrame headers) {
      readHeaders(headers);
    } else if (message instanceof Http2DataFrame data) {
      Http2Stream stream = streams.get(data.stream());
      if (stream == null) {
        // Answered and reset; the codec gives the window back with the stream.
        data.release();
      } else {
        stream.data(data);
      }
    } else if (message instanceof Http2ResetFrame reset) {
      cancel(reset.stream());
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void readHeaders(Http2HeadersFrame headers) {
    Http2FrameStream id = headers.stream();
    Http2Stream known = streams.get(id);
    if (known != null) {
      known.trailers(headers.headers());
    } else if (!ended) {
      Http2Stream opened = new Http2Stream(this, id);
      streams.put(id, opened);
      idle.lift();
      opened.begin(headers.headers(), headers.isEndStream());
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    frames.readEnded();
    if (!streams.isEmpty()) {
      new ArrayList<>(streams.values()).forEach(Http2Stream::readComplete);
    }
    frames.flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
    ctx.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    end();
  }

  private void end() {
    ended = true;
    frames.end();
    idle.end();
    new ArrayList<>(streams.keySet()).forEach(this::cancel);
    worker.remove(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Http2FrameStreamException broken) {
      LOG.debug("a client broke the rules on a stream", cause);
      cancel(broken.stream());
      reset(broken.stream(), broken.error());
      frames.flush();
      return;
    }
    if (cause instanceof Http2Exception) {
      // The codec says GOAWAY with the error and closes; a client that does not read it has to go
      // too.
      LOG.debug("a client broke the rules", cause);
      saidGoodbye = true;
      idle.in(idleNanos);
      return;
    }
    if (cause instanceof IOException || cause instanceof DecoderException) {
      LOG.debug("a client's connection broke", cause);
    } else {
      LOG.error("a fault of the gateway ended a client's connection: {}", cause.toString());
      LOG.debug("the fault", cause);
    }
    abort();
  }

  private void cancel(Http2FrameStream id) {
    Http2Stream stream = streams.remove(id);
    if (stream != null) {
      stream.gone();
      restIfIdle();
    }
  }

  /** The exchange on a stream is over, and all of its answer written. */
  void completed(Http2FrameStream id) {
    streams.remove(id);
    restIfIdle();
    if (excess.isPresent()) {
      frames.flush();
      channel.close();
    }
  }

  private void restIfIdle() {
    if (streams.isEmpty() && !ended) {
      idle.in(idleNanos);
    }
  }

  private void idlePassed() {
    if (saidGoodbye) {
      abort();
    } else {
      saidGoodbye = true;
      channel.close();
      // It may not even read that.
      idle.in(idleNanos);
    }
  }

  /**
   * Resets a stream, whose answer is over or cannot be finished.
   *
   * <p>What was written of it before goes first: the codec holds bodies until they are flushed, and
   * would let the reset overtake them.
   */
  void reset(Http2FrameStream id, Http2Error error) {
    frames.flush();
    frames.reset(id, error);
  }

  /** Gives so many bytes of a request's body back to the client's window. */
  void consume(Http2FrameStream id, int bytes) {
    boolean couldSend = hasWindow();
    frames.consume(id, bytes);
    if (!couldSend && hasWindow()) {
      streams.values().forEach(Http2Stream::maySendAgain);
    }
    frames.flushSoon();
  }

  /** Says GOAWAY; the codec closes when the last stream has ended. */
  @Override
  public void stop() {
    channel.close();
  }

  @Override
  public void abort() {
    // Not through the codec, which would wait for its streams.
    channel.pipeline().firstContext().close();
  }
}
