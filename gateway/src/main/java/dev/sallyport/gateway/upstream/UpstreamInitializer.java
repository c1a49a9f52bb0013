package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.config.Upstream.Protocol;
import dev.sallyport.gateway.http.FrameBudget;
import dev.sallyport.gateway.http.FrameWriter;
import dev.sallyport.gateway.http.ResponseDecoder;
import dev.sallyport.gateway.upstream.UpstreamFailure.Kind;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.AsciiString;
import io.netty.util.NetUtil;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Builds the pipeline of a connection to an upstream, and tells when it is of use. */
// What fails on a channel is told to its pipeline, or ends it.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpstreamInitializer extends ChannelInitializer<Channel>
    implements Http2UpstreamConnection.Beginning {
  /** What the head of an answer may be large; some servers set many cookies. */
  private static final int MOST_HEAD = 64 * 1024;

  private final Server server;
  private final Protocol protocol;
  private final @Nullable SslContext tls;
  private final UpstreamPool pool;
  private final Dialing dialing;
  private final UpstreamDialer.Outcome outcome;

  /**
   * An initializer of one connection.
   *
   * @param protocol what is to be spoken
   * @param tls null for clear text
   */
  UpstreamInitializer(
      Server server,
      Protocol protocol,
      @Nullable SslContext tls,
      UpstreamPool pool,
      Dialing dialing,
      UpstreamDialer.Outcome outcome) {
    this.server = server;
    this.protocol = protocol;
    this.tls = tls;
    this.pool = pool;
    this.dialing = dialing;
    this.outcome = outcome;
  }

  @Override
  protected void initChannel(Channel channel) {
    dialing.telemetry().upstreamOpened();
    channel.closeFuture().addListener(closed -> dialing.telemetry().upstreamClosed());
    if (tls == null) {
      channel.pipeline().addLast(new WhenConnected());
      return;
    }
    SslHandler handler = tls.newHandler(channel.alloc(), bareHost(), server.dialledPort());
    handler.setHandshakeTimeoutMillis(UpstreamDialer.CONNECT_TIMEOUT_MILLIS);
    nameServer(handler.engine());
    channel.pipeline().addLast(handler, new WhenAgreed());
  }

  /** Says which server is meant, also by names of one label, which the JDK would leave out. */
  private void nameServer(SSLEngine engine) {
    if (!NetUtil.isValidIpV4Address(server.host()) && !server.host().startsWith("[")) {
      SSLParameters parameters = engine.getSSLParameters();
      String host = server.host();
      String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
      // From bytes, which takes an underscore.
      parameters.setServerNames(List.of(new SNIHostName(name.getBytes(StandardCharsets.US_ASCII))));
      engine.setSSLParameters(parameters);
    }
  }

  private String bareHost() {
    String host = server.host();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private void speakHttp1(Channel channel) {
    ResponseDecoder decoder = new ResponseDecoder(MOST_HEAD);
    UpstreamConnection made = new UpstreamConnection(server, channel, decoder, pool);
    channel.pipeline().addLast(new HttpRequestEncoder(), decoder, made);
    outcome.http1(made);
  }

  private void speakHttp2(Channel channel) {
    FrameBudget budget = FrameBudget.ofUpstream();
    Http2FrameCodec codec = codec();
    channel
        .pipeline()
        .addLast(budget, codec, new Http2UpstreamConnection(server, channel, codec, budget, this));
  }

  private static Http2FrameCodec codec() {
    return FrameWriter.bounded(Http2FrameCodecBuilder.forClient())
        .initialSettings(
            Http2Settings.defaultSettings().pushEnabled(false).maxHeaderListSize(MOST_HEAD))
        // Resets are within the budget of frames.
        .decoderEnforceMaxRstFramesPerWindow(0, 0)
        // What clients may cancel is limited on their own connections.
        .encoderEnforceMaxRstFramesPerWindow(0, 0)
        .headerSensitivityDetector((name, value) -> isSecret(name))
        .gracefulShutdownTimeoutMillis(Duration.ofSeconds(1).toMillis())
        .build();
  }

  /** What no hop may put into its table of headers, where others could look for it by guessing. */
  private static boolean isSecret(CharSequence name) {
    return AsciiString.contentEquals(HttpHeaderNames.AUTHORIZATION, name)
        || AsciiString.contentEquals(HttpHeaderNames.COOKIE, name);
  }

  @Override
  public void ready(Http2UpstreamConnection connection) {
    outcome.http2(connection);
  }

  @Override
  public void failed(UpstreamFailure failure) {
    outcome.failed(failure);
  }

  /** Waits for a clear connection. */
  private final class WhenConnected extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      Channel channel = ctx.channel();
      if (protocol == Protocol.HTTP_2) {
        speakHttp2(channel);
        ctx.fireChannelActive();
      } else {
        speakHttp1(channel);
      }
      channel.pipeline().remove(this);
    }
  }

  /** Waits for the end of TLS's handshake, and for what it has agreed on. */
  private final class WhenAgreed extends ChannelInboundHandlerAdapter {
    private boolean told;

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        if (handshake.isSuccess()) {
          agreed(ctx.channel());
          ctx.pipeline().remove(this);
        } else {
          fail(ctx, "no trusted TLS connection: " + UpstreamFailure.text(handshake.cause()));
        }
      }
    }

    private void agreed(Channel channel) {
      told = true;
      SslHandler handler = channel.pipeline().get(SslHandler.class);
      if (ApplicationProtocolNames.HTTP_2.equals(handler.applicationProtocol())) {
        speakHttp2(channel);
      } else if (protocol == Protocol.HTTP_2) {
        told = false;
        fail(channel.pipeline().context(this), "it does not agree to speak HTTP/2 (ALPN h2)");
      } else {
        speakHttp1(channel);
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      fail(ctx, "the connection was closed before TLS had begun");
    }

    /** The handshake tells of it, too. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      SSLException trouble = TlsTrouble.in(cause);
      fail(
          ctx,
          "no trusted TLS connection: "
              + (trouble == null ? UpstreamFailure.text(cause) : TlsTrouble.text(trouble)));
    }

    private void fail(ChannelHandlerContext ctx, String detail) {
      if (!told) {
        told = true;
        ctx.close();
        outcome.failed(UpstreamFailure.of(Kind.TLS, detail));
      }
    }
  }
}
