package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.config.Upstream.Protocol;
import dev.sallyport.gateway.egress.CloudMetadata;
import dev.sallyport.gateway.upstream.UpstreamFailure.Kind;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoop;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Makes connections to upstreams on one event loop, trying one address of a name after another. */
// What fails on a channel is told to its pipeline, or ends it.
@SuppressWarnings("FutureReturnValueIgnored")
final class UpstreamDialer {
  static final int CONNECT_TIMEOUT_MILLIS = 5_000;

  /** Relaying 10 MiB takes a quarter less processor time than with Netty's 64 KiB at most. */
  private static final int LARGEST_READ = 256 << 10;

  private static final int MOST_READS_AT_ONCE = 16;

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
            .option(ChannelOption.RECVBUF_ALLOCATOR, reads())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            // An upstream that reads no further may have answered: that has to be read yet.
            .option(ChannelOption.AUTO_CLOSE, false);
  }

  /** Netty's reads, but larger ones where an upstream sends that fast. */
  private static RecvByteBufAllocator reads() {
    return new AdaptiveRecvByteBufAllocator(64, 2048, LARGEST_READ)
        .maxMessagesPerRead(MOST_READS_AT_ONCE);
  }

  /** How dialling went; one of the last three is called, once. */
  interface Outcome {
    /** Whether a connection is still wanted. */
    boolean isWanted();

    void http1(UpstreamConnection connection);

    void http2(Http2UpstreamConnection connection);

    void failed(UpstreamFailure failure);
  }

  /**
   * Begins to make a connection.
   *
   * @param protocol what is to be spoken
   */
  void dial(Server server, Protocol protocol, Outcome outcome) {
    new Attempt(server, protocol, outcome).begin();
  }

  /** One connection in the making. */
  private final class Attempt {
    private final Server server;
    private final Protocol protocol;
    private final Outcome outcome;
    private @Nullable SslContext tls;
    private List<InetAddress> addresses = List.of();
    private int tried;
    private UpstreamFailure failure =
        UpstreamFailure.of(Kind.UNREACHABLE, "its name has no address that may be called");

    Attempt(Server server, Protocol protocol, Outcome outcome) {
      this.server = server;
      this.protocol = protocol;
      this.outcome = outcome;
    }

    void begin() {
      if (!server.tls()) {
        findAddresses();
        return;
      }
      dialing
          .tls()
          .context(new TlsOffer(server.ownTls(), protocol))
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
      if (tried == addresses.size() || !outcome.isWanted()) {
        outcome.failed(failure);
        return;
      }
      InetSocketAddress address =
          new InetSocketAddress(addresses.get(tried++), server.dialledPort());
      bootstrap
          .clone()
          .handler(new UpstreamInitializer(server, protocol, tls, pool, dialing, outcome))
          .connect(address)
          .addListener(connected -> connected(connected, address));
    }

    private void connected(Future<?> future, InetSocketAddress address) {
      if (future.isSuccess()) {
        // What it is good for is told when that is known.
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
      outcome.failed(UpstreamFailure.of(kind, detail));
    }
  }

  private static String text(Throwable problem) {
    Throwable cause =
        problem instanceof CompletionException && problem.getCause() != null
            ? problem.getCause()
            : problem;
    return UpstreamFailure.text(cause);
  }
}
