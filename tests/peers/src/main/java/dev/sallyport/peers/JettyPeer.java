package dev.sallyport.peers;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Jetty's handler, in a server of its own. */
public final class JettyPeer implements Peer {
  @Override
  public String title() {
    return "Jetty";
  }

  /** Jetty's handler with {@code policy}. */
  public static CrossOriginHandler handler(PeerPolicy policy) {
    CrossOriginHandler handler = new CrossOriginHandler();
    Set<String> patterns = new LinkedHashSet<>();
    policy
        .origins()
        .forEach(each -> patterns.add(each.equals("*") ? each : PeerPolicy.regex(each)));
    handler.setAllowedOriginPatterns(patterns);
    handler.setAllowedMethods(
        policy.methods().contains("*") ? Set.of("*") : new LinkedHashSet<>(policy.allMethods()));
    handler.setAllowedHeaders(new LinkedHashSet<>(policy.headers()));
    handler.setExposedHeaders(new LinkedHashSet<>(policy.exposed()));
    handler.setAllowCredentials(policy.credentials());
    handler.setPreflightMaxAge(Duration.ofSeconds(policy.maxAge().orElse(-1)));
    return handler;
  }

  @Override
  public Optional<Served> configure(PeerPolicy policy) throws Exception {
    if (policy.excludes()) {
      return Optional.empty();
    }
    Server server = new Server(new QueuedThreadPool(8));
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setRequestHeaderSize(64 * 1024);
    ServerConnector connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(configuration));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    AtomicInteger calls = new AtomicInteger();
    CrossOriginHandler handler = handler(policy);
    handler.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            calls.incrementAndGet();
            response.getHeaders().add("Vary", "Accept-Encoding");
            response.setStatus(204);
            callback.succeeded();
            return true;
          }
        });
    server.setHandler(handler);
    server.start();
    return Optional.of(new ServedOverSocket(connector.getLocalPort(), calls, () -> stop(server)));
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
