package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.http.FrameBudget;
import dev.sallyport.gateway.http.FrameWriter;
import dev.sallyport.gateway.limits.Deadline;
import dev.sallyport.gateway.upstream.UpstreamFailure.Kind;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpScheme;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2ChannelDuplexHandler;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/2 to an upstream: many exchanges at once, each on a stream.
 *
 * <p>It is of use once the upstream's SETTINGS have come, which say how many streams it takes. The
 * window of the connection is as large as those of all its streams, so that a client that does not
 * read holds up its own stream and no other's.
 */
// What fails on a channel is told to its pipeline, or ends it.
@SuppressWarnings("FutureReturnValueIgnored")
final class Http2UpstreamConnection extends Http2ChannelDuplexHandler {
  private static final int MOST_STREAMS = 128;

  private static final int CONNECTION_WINDOW = MOST_STREAMS * Http2CodecUtil.DEFAULT_WINDOW_SIZE;

  private static final long LONGEST_BEGINNING = Duration.ofSeconds(5).toNanos();
  private static final long LONGEST_REST = Duration.ofSeconds(30).toNanos();
  private static final long LONGEST_GOODBYE = Duration.ofSeconds(1).toNanos();

  /** Who has said nothing for so long, while being asked, may be gone. */
  private static final long SUSPICIOUS_SILENCE = Duration.ofSeconds(5).toNanos();

  /** How many frames that do nothing may come because of a head, or of a piece of a body. */
  private static final int EARNED = 4;

  private final Server server;
  private final Channel channel;
  private final Http2FrameCodec codec;
  private final FrameBudget budget;
  private final FrameWriter frames;
  private final Deadline idle;
  private final Map<Http2FrameStream, Http2UpstreamStream> streams = new HashMap<>();
  private final List<Http2UpstreamStream> touched = new ArrayList<>();

  private @Nullable Beginning beginning;
  private @Nullable Http2Connections owner;
  private boolean used;
  private boolean retired;
  private boolean closing;
  private boolean silent;
  private long silentSince;
  private String trouble = "";

  /** Who waits for a connection to be of use. */
  interface Beginning {
    void ready(Http2UpstreamConnection connection);

    void failed(UpstreamFailure failure);
  }

  Http2UpstreamConnection(
      Server server,
      Channel channel,
      Http2FrameCodec codec,
      FrameBudget budget,
      Beginning beginning) {
    this.server = server;
    this.channel = channel;
    this.codec = codec;
    this.budget = budget;
    this.frames = new FrameWriter(codec);
    this.beginning = beginning;
    this.idle = new Deadline(channel.eventLoop(), this::idlePassed);
  }

  // ── for those who share it ───────────────────────────────────────────────────────────────────

  /** Tells {@code connections} of room from now on, and of the end. */
  void belongTo(Http2Connections connections) {
    owner = connections;
    restIfIdle();
  }

  /** Whether another stream may be opened. */
  boolean hasRoom() {
    return !retired
        && streams.size() < MOST_STREAMS
        && codec.connection().local().canOpenStream()
        && channel.isActive();
  }

  /** A stream for one exchange, which may be released unused. */
  Http2UpstreamStream open() {
    return new Http2UpstreamStream(this, newStream());
  }

  /** Ends it when its last stream has ended. */
  void retire() {
    if (!retired) {
      retired = true;
      if (owner != null) {
        owner.remove(this);
      }
      restIfIdle();
    }
  }

  /** Ends it at once. */
  void abort() {
    // Not through the codec, which would wait for its streams.
    channel.pipeline().firstContext().close();
  }

  // ── for its streams ──────────────────────────────────────────────────────────────────────────

  CharSequence scheme() {
    return server.tls() ? HttpScheme.HTTPS.name() : HttpScheme.HTTP.name();
  }

  /** Whether an answer has come on it before. */
  boolean isUsed() {
    return used;
  }

  /** Where its streams write. */
  FrameWriter frames() {
    return frames;
  }

  void begin(Http2UpstreamStream stream, Http2HeadersFrame head) {
    if (!frames.isOpen()) {
      return;
    }
    streams.put(stream.id(), stream);
    idle.lift();
    if (!silent) {
      silent = true;
      silentSince = System.nanoTime();
    }
    budget.earn(EARNED);
    frames.write(
        head,
        written -> {
          if (!written.isSuccess() && streams.remove(stream.id()) != null) {
            stream.gone("The stream could not be opened.", true);
            retire();
          }
        });
  }

  /** Writes a piece of a body, and tells {@code stream} when it has left. */
  void write(Http2DataFrame data, int length, Http2UpstreamStream stream) {
    budget.earn(EARNED);
    frames.write(data, written -> stream.left(length));
  }

  /** The answer on a stream is complete. */
  void completed(Http2UpstreamStream stream) {
    used = true;
    leave(stream, Http2Error.CANCEL);
  }

  /**
   * Nobody waits for the answer on a stream any more.
   *
   * @param received whether any of it has come
   */
  void cancel(Http2UpstreamStream stream, boolean received) {
    boolean suspicious = silent && System.nanoTime() - silentSince > SUSPICIOUS_SILENCE;
    leave(stream, Http2Error.CANCEL);
    if (suspicious && !received) {
      // Others would wait in vain, too.
      retire();
    }
  }

  /** The answer on a stream breaks the rules. */
  void spoiled(Http2UpstreamStream stream) {
    leave(stream, Http2Error.PROTOCOL_ERROR);
  }

  private void leave(Http2UpstreamStream stream, Http2Error error) {
    if (streams.remove(stream.id()) == null) {
      return;
    }
    if (!stream.isComplete()) {
      frames.reset(stream.id(), error);
    }
    released();
  }

  /** There is room again. */
  void released() {
    restIfIdle();
    Http2Connections sharing = owner;
    if (sharing != null && !retired) {
      // A stream that has just been left may count until its frames are handled.
      sharing.roomLater();
    }
  }

  /** Ends it if it has no stream and none is to come; otherwise it rests, or its streams go on. */
  void restIfIdle() {
    if (!streams.isEmpty() || closing || beginning != null) {
      return;
    }
    if (retired || owner != null && owner.isClosed()) {
      close();
    } else {
      idle.in(LONGEST_REST);
    }
  }

  private void close() {
    closing = true;
    channel.close();
    // It may not even read that it is the end.
    idle.in(LONGEST_GOODBYE);
  }

  private void idlePassed() {
    if (closing) {
      abort();
    } else if (beginning != null) {
      failBeginning(Kind.TIMEOUT, "it did not begin to speak HTTP/2 in time");
      abort();
    } else {
      retire();
    }
  }

  // ── what comes ───────────────────────────────────────────────────────────────────────────────

  @Override
  protected void handlerAdded0(ChannelHandlerContext ctx) {
    frames.begin(ctx);
    idle.in(2 * LONGEST_BEGINNING);
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    idle.in(LONGEST_BEGINNING);
    ctx.fireChannelActive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    frames.readBegun();
    silent = false;
    if (message instanceof Http2HeadersFrame headers) {
      Http2UpstreamStream stream = touch(headers);
      if (stream != null) {
        stream.headers(headers.headers(), headers.isEndStream());
      }
    } else if (message instanceof Http2DataFrame data) {
      Http2UpstreamStream stream = touch(data);
      if (stream == null) {
        // Left already; the codec gives the window back with the stream.
        data.release();
      } else {
        stream.data(data);
      }
    } else if (message instanceof Http2ResetFrame reset) {
      Http2UpstreamStream stream = streams.remove(reset.stream());
      if (stream != null) {
        stream.reset(reset.errorCode());
        released();
      }
    } else if (message instanceof Http2GoAwayFrame goAway) {
      readGoAway(goAway.lastStreamId());
      goAway.release();
    } else if (message instanceof Http2SettingsFrame) {
      readSettings();
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private @Nullable Http2UpstreamStream touch(Http2StreamFrame frame) {
    Http2UpstreamStream stream = streams.get(frame.stream());
    if (stream != null && (touched.isEmpty() || touched.get(touched.size() - 1) != stream)) {
      touched.add(stream);
    }
    return stream;
  }

  private void readSettings() {
    Beginning waiting = beginning;
    if (waiting != null) {
      beginning = null;
      idle.lift();
      frames.write(
          new DefaultHttp2WindowUpdateFrame(
              CONNECTION_WINDOW - Http2CodecUtil.DEFAULT_WINDOW_SIZE));
      waiting.ready(this);
    } else if (owner != null) {
      owner.roomLater();
    }
  }

  /** Streams above the last one were not looked at. */
  private void readGoAway(int last) {
    retire();
    for (Http2UpstreamStream stream : List.copyOf(streams.values())) {
      if (stream.id().id() > last && streams.remove(stream.id()) != null) {
        stream.gone("The upstream is closing the connection.", true);
      }
    }
    restIfIdle();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    frames.readEnded();
    for (int i = 0; i < touched.size(); i++) {
      touched.get(i).readComplete();
    }
    touched.clear();
    frames.flush();
  }

  // ── what goes wrong ──────────────────────────────────────────────────────────────────────────

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
    ctx.fireChannelInactive();
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    end();
  }

  private void end() {
    frames.end();
    closing = true;
    retire();
    idle.end();
    String detail = "The connection was closed" + (trouble.isEmpty() ? "." : ": " + trouble + ".");
    failBeginning(Kind.CLOSED, detail);
    for (Http2UpstreamStream stream : List.copyOf(streams.values())) {
      if (streams.remove(stream.id()) != null) {
        stream.gone(detail, false);
      }
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof Http2FrameStreamException broken) {
      Http2UpstreamStream stream = streams.get(broken.stream());
      if (stream != null) {
        stream.fail(
            Kind.BAD_ANSWER, "It breaks the rules of HTTP/2: " + UpstreamFailure.text(broken));
      }
      return;
    }
    SSLException ofTls = TlsTrouble.in(cause);
    trouble = ofTls == null ? UpstreamFailure.text(cause) : TlsTrouble.text(ofTls);
    if (ofTls != null) {
      // With TLS 1.3 a server refuses the gateway's certificate, or that there is none, only now.
      failBeginning(Kind.TLS, "the upstream ended TLS: " + trouble);
    } else if (cause instanceof Http2Exception) {
      failBeginning(Kind.BAD_ANSWER, "It does not speak HTTP/2.");
      retire();
      failAll("It breaks the rules of HTTP/2: " + trouble);
      closing = true;
      // The codec says GOAWAY with the error.
      idle.in(LONGEST_GOODBYE);
      return;
    }
    abort();
  }

  private void failAll(String detail) {
    for (Http2UpstreamStream stream : List.copyOf(streams.values())) {
      if (streams.containsKey(stream.id())) {
        stream.fail(Kind.BAD_ANSWER, detail);
      }
    }
  }

  private void failBeginning(Kind kind, String detail) {
    Beginning waiting = beginning;
    if (waiting != null) {
      beginning = null;
      retired = true;
      waiting.failed(UpstreamFailure.of(kind, detail));
    }
  }
}
