package dev.sallyport.gateway.route;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.gateway.call.Calls;
import dev.sallyport.gateway.call.RedirectTargets;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.Route.Rate;
import dev.sallyport.gateway.config.RouteCors;
import dev.sallyport.gateway.config.Targets;
import dev.sallyport.gateway.limits.Quota;
import dev.sallyport.gateway.limits.QuotaStore;
import dev.sallyport.gateway.rewrite.RequestRewriter;
import dev.sallyport.gateway.rewrite.RequestTrailers;
import dev.sallyport.gateway.rewrite.ResponseRewriter;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A route of the configuration, and what serving it takes. */
public final class ServedRoute {
  private final Route route;
  private final @Nullable CorsPolicy policy;
  private final RequestRewriter requests;
  private final RequestTrailers requestTrailers;
  private final ResponseRewriter responses;
  private final Optional<Quota> perClient;
  private final Optional<Quota> perOrigin;
  private final long timeoutNanos;
  private final Calls calls;
  private final RedirectTargets redirectTargets;

  /**
   * Makes ready what {@code route} says.
   *
   * @param store keeps the counts of its quotas
   * @param before the same route before a reload, whose quotas go on counting where they are still
   *     the same; null when there was none
   */
  ServedRoute(Route route, QuotaStore store, @Nullable ServedRoute before) {
    this.route = route;
    this.policy = route.cors() instanceof RouteCors.Policy of ? of.policy() : null;
    this.requests = new RequestRewriter(route);
    this.requestTrailers = new RequestTrailers(route);
    this.responses = new ResponseRewriter(route, leavesCorsToUpstream());
    this.perClient =
        route
            .perClient()
            .map(rate -> quota("perClient", rate, store, before, ServedRoute::perClient));
    this.perOrigin =
        route
            .perOrigin()
            .map(rate -> quota("perOrigin", rate, store, before, ServedRoute::perOrigin));
    this.timeoutNanos = route.timeout().toNanos();
    this.calls = Calls.of(route);
    this.redirectTargets = new RedirectTargets(route);
  }

  private Quota quota(
      String key,
      Rate rate,
      QuotaStore store,
      @Nullable ServedRoute before,
      Function<ServedRoute, Optional<Quota>> same) {
    return Optional.ofNullable(before)
        .flatMap(same)
        .filter(quota -> quota.rate().equals(rate))
        .orElseGet(() -> store.open(key + " " + route.claim(), rate));
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
  public Optional<Quota> perClient() {
    return perClient;
  }

  /** How often the pages of one origin may call; empty for any. */
  public Optional<Quota> perOrigin() {
    return perOrigin;
  }

  /** What its requests call. */
  public Calls calls() {
    return calls;
  }

  /** Where it follows redirects to. */
  public RedirectTargets redirectTargets() {
    return redirectTargets;
  }

  /** Whether what is called is not the route's to say, but the request's. */
  public boolean isRelay() {
    return route.destination() instanceof Targets;
  }

  /** How long the upstream may take to begin its answer. */
  public long timeoutNanos() {
    return timeoutNanos;
  }
}
