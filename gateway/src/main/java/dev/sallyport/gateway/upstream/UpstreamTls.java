package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.config.OwnTls;
import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.config.Upstream.Protocol;
import dev.sallyport.gateway.tls.Alpn;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * How servers are trusted: by the JDK's certificate authorities or by those of their own, and only
 * under the name that was asked for.
 *
 * <p>Reading the authorities takes long, so it is done beside the event loops, and not at all where
 * no upstream speaks TLS.
 */
public final class UpstreamTls {
  private final @Nullable TrustManagerFactory authorities;
  private final Map<TlsOffer, CompletableFuture<SslContext>> contexts = new HashMap<>();

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

  /**
   * Begins to make ready what these upstreams need, and forgets what others needed.
   *
   * @param anyOther whether servers may be called that the configuration does not name
   */
  public synchronized void prepare(Collection<Upstream> upstreams, boolean anyOther) {
    Set<TlsOffer> needed = new HashSet<>();
    if (anyOther) {
      needed.add(new TlsOffer(Optional.empty(), Protocol.AUTO));
    }
    for (Upstream upstream : upstreams) {
      if (upstream.tls()) {
        needed.add(new TlsOffer(upstream.ownTls(), upstream.protocol()));
      }
    }
    contexts.keySet().retainAll(needed);
    needed.forEach(this::context);
  }

  /** What connections are made with; begins to make it if nobody has. */
  synchronized CompletionStage<SslContext> context(TlsOffer offer) {
    CompletableFuture<SslContext> known = contexts.get(offer);
    if (known == null) {
      CompletableFuture<SslContext> made = new CompletableFuture<>();
      Thread maker =
          new Thread(
              () -> {
                try {
                  made.complete(make(offer));
                } catch (SSLException | RuntimeException e) {
                  made.completeExceptionally(new CompletionException(e));
                }
              },
              "sallyport-tls");
      maker.setDaemon(true);
      maker.start();
      contexts.put(offer, made);
      return made;
    }
    return known;
  }

  private SslContext make(TlsOffer offer) throws SSLException {
    Optional<OwnTls> own = offer.own();
    SslContextBuilder builder =
        SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
    if (own.isPresent() && !own.get().trust().isEmpty()) {
      builder.trustManager(own.get().trust().toArray(X509Certificate[]::new));
    } else if (authorities != null) {
      builder.trustManager(authorities);
    }
    own.flatMap(OwnTls::identity)
        .ifPresent(
            identity ->
                builder.keyManager(
                    identity.key(), identity.chain().toArray(X509Certificate[]::new)));
    if (!offer.protocols().isEmpty()) {
      builder.applicationProtocolConfig(Alpn.of(offer.protocols()));
    }
    return builder.build();
  }
}
