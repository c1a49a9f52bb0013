package dev.sallyport.gateway.upstream;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How servers are trusted: by the JDK's certificate authorities, and only under the name that was
 * asked for.
 *
 * <p>Reading the authorities takes long, so it is done beside the event loops, and not at all where
 * no upstream speaks TLS.
 */
public final class UpstreamTls {
  private final @Nullable TrustManagerFactory authorities;
  private @Nullable CompletableFuture<SslContext> context;

  private UpstreamTls(@Nullable TrustManagerFactory authorities) {
    this.authorities = authorities;
  }

  /** Trusts the JDK's certificate authorities. */
  public static UpstreamTls trustingTheJdks() {
    return new UpstreamTls(null);
  }

  /** Trusts {@code authorities} only. */
  public static UpstreamTls trusting(TrustManagerFactory authorities) {
    return new UpstreamTls(authorities);
  }

  /** What connections are made with; begins to read the authorities if nobody has. */
  public synchronized CompletionStage<SslContext> context() {
    CompletableFuture<SslContext> known = context;
    if (known == null) {
      CompletableFuture<SslContext> made = new CompletableFuture<>();
      Thread maker =
          new Thread(
              () -> {
                try {
                  made.complete(make());
                } catch (SSLException | RuntimeException e) {
                  made.completeExceptionally(new CompletionException(e));
                }
              },
              "sallyport-tls");
      maker.setDaemon(true);
      maker.start();
      context = made;
      return made;
    }
    return known;
  }

  private SslContext make() throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
    if (authorities != null) {
      builder.trustManager(authorities);
    }
    return builder.build();
  }
}
