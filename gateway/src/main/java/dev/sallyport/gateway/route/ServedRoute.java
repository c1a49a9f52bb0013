package dev.sallyport.gateway.route;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.RouteCors;
import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.limits.ClientAddress;
import dev.sallyport.gateway.limits.Quota;
import dev.sallyport.gateway.rewrite.RequestRewriter;
import dev.sallyport.gateway.rewrite.RequestTrailers;
import dev.sallyport.gateway.rewrite.ResponseRewriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A route of the configuration, and what serving it takes. */
public final class ServedRoute {
  private final Route route;
  private final @Nullable CorsPolicy policy;
  private final RequestRewriter requests;
  private final RequestTrailers requestTrailers;
  private final ResponseRewriter responses;
  private final Optional<Quota<ClientAddress>> perClient;
  private final Optional<Quota<String>> perOrigin;
  private final long timeoutNanos;
  private final Upstream server;

  /** Makes ready what {@code route} says. */
  public ServedRoute(Route route) {
    this.route = route;
    this.policy = route.cors() instanceof RouteCors.Policy of ? of.policy() : null;
    this.requests = new RequestRewriter(route);
    this.requestTrailers = new RequestTrailers(route);
    this.responses = new ResponseRewriter(route, leavesCorsToUpstream());
    this.perClient = route.perClient().map(Quota::new);
    this.perOrigin = route.perOrigin().map(Quota::new);
    this.timeoutNanos = route.timeout().toNanos();
    Upstream upstream = route.upstream();
    this.server = new Upstream(upstream.tls(), upstream.host(), upstream.port(), "");
  }

  /** What the configuration says. */
  public Route route() {
    return route;
  }

  /** The policy that decides; null when the route has none. */
  public @Nullable CorsPolicy policy() {
    return policy;
  }

  /** Whether no page of another origin may use the route. */
  public boolean isClosed() {
    return route.cors() instanceof RouteCors.Closed;
  }

  /**
   * Whether the upstream's own CORS headers pass: because the route says so, or because its policy
   * only reports and changes nothing.
   */
  private boolean leavesCorsToUpstream() {
    CorsPolicy deciding = policy;
    return route.cors() instanceof RouteCors.Passthrough
        || deciding != null && deciding.isReportOnly();
  }

  /** Rewrites requests. */
  public RequestRewriter requests() {
    return requests;
  }

  /** Rewrites the trailers of requests. */
  public RequestTrailers requestTrailers() {
    return requestTrailers;
  }

  /** Rewrites responses. */
  public ResponseRewriter responses() {
    return responses;
  }

  /** How often one client may call; empty for any. */
  public Optional<Quota<ClientAddress>> perClient() {
    return perClient;
  }

  /** How often the pages of one origin may call; empty for any. */
  public Optional<Quota<String>> perOrigin() {
    return perOrigin;
  }

  /** The server that is called, whose connections serve other routes to it too. */
  public Upstream server() {
    return server;
  }

  /** How long the upstream may take to begin its answer. */
  public long timeoutNanos() {
    return timeoutNanos;
  }
}
