package dev.sallyport.peers;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Vert.x Web's handler, in a server of its own. */
public final class VertxPeer implements Peer {
  private final Vertx vertx;

  /** On an event loop that is there. */
  public VertxPeer(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public String title() {
    return "Vert.x";
  }

  /** Vert.x Web's handler with {@code policy}. */
  public static CorsHandler handler(PeerPolicy policy) {
    CorsHandler handler = CorsHandler.create();
    for (String origin : policy.origins()) {
      if (PeerPolicy.isPattern(origin)) {
        handler.addOriginWithRegex(PeerPolicy.regex(origin));
      } else {
        handler.addOrigin(origin);
      }
    }
    handler.allowedMethods(
        policy.allMethods().stream()
            .map(HttpMethod::valueOf)
            .collect(Collectors.toCollection(LinkedHashSet::new)));
    handler.allowedHeaders(new LinkedHashSet<>(policy.headers()));
    handler.exposedHeaders(new LinkedHashSet<>(policy.exposed()));
    handler.allowCredentials(policy.credentials());
    policy.maxAge().ifPresent(handler::maxAgeSeconds);
    return handler;
  }

  @Override
  public Optional<Served> configure(PeerPolicy policy) throws Exception {
    if (policy.excludes() || policy.methods().contains("*")) {
      return Optional.empty();
    }
    AtomicInteger calls = new AtomicInteger();
    Router router = Router.router(vertx);
    router.route().handler(handler(policy));
    router
        .route()
        .handler(
            context -> {
              calls.incrementAndGet();
              context.response().headers().add("Vary", "Accept-Encoding");
              context.response().setStatusCode(204).end();
            });
    HttpServer server =
        vertx
            .createHttpServer(
                new HttpServerOptions().setHost("127.0.0.1").setMaxHeaderSize(64 * 1024))
            .requestHandler(router)
            .listen(0)
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    return Optional.of(
        new ServedOverSocket(
            server.actualPort(),
            calls,
            () -> server.close().toCompletionStage().toCompletableFuture().join()));
  }
}
