package dev.sallyport.gateway.route;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsDecision.Outcome;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsRequest;
import dev.sallyport.cors.CorsResponse;
import java.util.List;
import java.util.Optional;

/**
 * Lets scripts read why a request came to no route: it was malformed, or for a path or host that no
 * route takes.
 *
 * <p>Such a request has no policy of its own. The first route that could serve its host and allows
 * its origin lends one, so that the page's author reads the 404 instead of a CORS error that would
 * send them looking in the wrong place.
 */
public final class UnroutedCors {
  private final Router router;

  /** For the routes of {@code router}. */
  public UnroutedCors(Router router) {
    this.router = router;
  }

  /**
   * What the first policy says that allows the origin; empty when none does.
   *
   * @param host the request's host; empty when it is not known
   */
  public Optional<CorsDecision> decide(CorsRequest request, String host) {
    for (ServedRoute served : routes(host)) {
      CorsPolicy policy = served.policy();
      if (policy != null && !policy.isReportOnly()) {
        CorsDecision decision = policy.decide(request);
        if (allowsOrigin(decision.outcome())) {
          return Optional.of(decision);
        }
      }
    }
    return Optional.empty();
  }

  private List<ServedRoute> routes(String host) {
    return host.isEmpty() || !router.knows(host) ? router.all() : router.candidates(host);
  }

  private static boolean allowsOrigin(Outcome outcome) {
    return outcome == Outcome.ACTUAL_ALLOWED
        || outcome == Outcome.PREFLIGHT_ALLOWED
        || outcome == Outcome.PREFLIGHT_FAILS_AFTER_CORS_CHECK;
  }

  /** Writes that the answer may be another for another origin, where any policy makes it so. */
  public void writeVary(CorsResponse response) {
    for (ServedRoute served : router.all()) {
      CorsPolicy policy = served.policy();
      if (policy != null && !policy.isReportOnly() && policy.variesByOrigin()) {
        response.addVary("Origin");
        return;
      }
    }
  }
}
