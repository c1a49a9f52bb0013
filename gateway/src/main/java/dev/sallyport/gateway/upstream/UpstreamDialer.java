package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.egress.CloudMetadata;
import dev.sallyport.gateway.http.ResponseDecoder;
import dev.sallyport.gateway.upstream.UpstreamFailure.Kind;
import dev.sallyport.origin.Printable;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Makes connections to upstreams on one event loop, trying one address of a name after another. */
// What fails on a channel is told to its pipeline, or ends it.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpstreamDialer {
  private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

  /** What the head of an answer may be large; some servers set many cookies. */
  private static final int MOST_HEAD = 64 * 1024;

  private final EventLoop loop;
  private final UpstreamPool pool;
  private final Dialing dialing;
  private final Bootstrap bootstrap;

  UpstreamDialer(EventLoop loop, UpstreamPool pool, Dialing dialing) {
    this.loop = loop;
    this.pool = pool;
    this.dialing = dialing;
    this.bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(dialing.channel())
            .option(ChannelOption.ALLOCATOR, dialing.allocator())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            // An upstream that reads no further may have answered: that has to be read yet.
            .option(ChannelOption.AUTO_CLOSE, false);
  }

  void dial(Server server, UpstreamListener listener) {
    new Attempt(server, listener).begin();
  }

  /** One connection in the making. */
  private final class Attempt {
    private final Server server;
    private final UpstreamListener listener;
    private @Nullable SslContext tls;
    private List<InetAddress> addresses = List.of();
    private int tried;
    private UpstreamFailure failure =
        UpstreamFailure.of(Kind.UNREACHABLE, "its name has no address that may be called");

    Attempt(Server server, UpstreamListener listener) {
      this.server = server;
      this.listener = listener;
    }

    void begin() {
      if (!server.tls()) {
        findAddresses();
        return;
      }
      dialing
          .tls()
          .context(server.ownTls())
          .whenComplete(
              (context, problem) ->
                  loop.execute(
                      () -> {
                        if (problem != null) {
                          fail(Kind.TLS, "TLS cannot be begun: " + text(problem));
                        } else {
                          tls = context;
                          findAddresses();
                        }
                      }));
    }

    private void findAddresses() {
      dialing
          .names(server)
          .find(server.host())
          .whenComplete(
              (found, problem) ->
                  loop.execute(
                      () -> {
                        if (problem != null) {
                          fail(Kind.UNREACHABLE, "its name was not found: " + text(problem));
                        } else {
                          addresses = found;
                          checkAddresses();
                        }
                      }));
    }

    /**
     * One address that may not be called refuses them all: the next answer to the same question
     * could hold that one alone. Those that were checked are dialled, and the name is not asked for
     * again.
     */
    private void checkAddresses() {
      if (server.egress().isPresent()) {
        for (InetAddress address : addresses) {
          Optional<String> refusal = server.egress().get().refusal(address);
          if (refusal.isPresent()) {
            fail(Kind.FORBIDDEN, server.host() + " may not be called: " + refusal.get());
            return;
          }
        }
      }
      tryNext();
    }

    private void tryNext() {
      while (tried < addresses.size() && CloudMetadata.isAt(addresses.get(tried))) {
        tried++;
      }
      if (tried == addresses.size() || !listener.isWaiting()) {
        listener.failed(failure);
        return;
      }
      InetSocketAddress address =
          new InetSocketAddress(addresses.get(tried++), server.dialledPort());
      Initializer initializer = new Initializer(server, tls);
      bootstrap
          .clone()
          .handler(initializer)
          .connect(address)
          .addListener(connected -> connected(connected, initializer, address));
    }

    private void connected(Future<?> future, Initializer initializer, InetSocketAddress address) {
      if (future.isSuccess()) {
        initializer
            .ready()
            .addListener(
                ready -> {
                  if (ready.isSuccess()) {
                    listener.connected(initializer.connection());
                  } else {
                    initializer.connection().close();
                    fail(Kind.TLS, "no trusted TLS connection: " + text(ready.cause()));
                  }
                });
        return;
      }
      boolean late = future.cause() instanceof ConnectTimeoutException;
      failure =
          UpstreamFailure.of(
              late ? Kind.TIMEOUT : Kind.UNREACHABLE,
              "no connection to " + address + ": " + text(future.cause()));
      tryNext();
    }

    private void fail(Kind kind, String detail) {
      listener.failed(UpstreamFailure.of(kind, detail));
    }
  }

  private static String text(Throwable problem) {
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    return Printable.of(String.valueOf(cause.getMessage()));
  }

  /** Builds the pipeline of a connection. */
  private final class Initializer extends ChannelInitializer<Channel> {
    private final Server server;
    private final @Nullable SslContext tls;
    private @Nullable Future<?> ready;
    private @Nullable UpstreamConnection connection;

    Initializer(Server server, @Nullable SslContext tls) {
      this.server = server;
      this.tls = tls;
    }

    @Override
    protected void initChannel(Channel channel) {
      dialing.telemetry().upstreamOpened();
      channel.closeFuture().addListener(closed -> dialing.telemetry().upstreamClosed());
      if (tls != null) {
        SslHandler handler = tls.newHandler(channel.alloc(), bareHost(), server.dialledPort());
        handler.setHandshakeTimeoutMillis(CONNECT_TIMEOUT_MILLIS);
        nameServer(handler.engine());
        channel.pipeline().addLast(handler);
        ready = handler.handshakeFuture();
      } else {
        ready = channel.newSucceededFuture();
      }
      ResponseDecoder decoder = new ResponseDecoder(MOST_HEAD);
      UpstreamConnection made = new UpstreamConnection(server, channel, decoder, pool);
      connection = made;
      channel.pipeline().addLast(new HttpRequestEncoder(), decoder, made);
    }

    /** Says which server is meant, also by names of one label, which the JDK would leave out. */
    private void nameServer(SSLEngine engine) {
      if (!NetUtil.isValidIpV4Address(server.host()) && !server.host().startsWith("[")) {
        SSLParameters parameters = engine.getSSLParameters();
        String host = server.host();
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        // From bytes, which takes an underscore.
        parameters.setServerNames(
            List.of(new SNIHostName(name.getBytes(StandardCharsets.US_ASCII))));
        engine.setSSLParameters(parameters);
      }
    }

    private String bareHost() {
      String host = server.host();
      return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    Future<?> ready() {
      return made(ready);
    }

    UpstreamConnection connection() {
      return made(connection);
    }

    private static <T> T made(@Nullable T part) {
      if (part == null) {
        throw new IllegalStateException("the channel was not initialized");
      }
      return part;
    }
  }
}
