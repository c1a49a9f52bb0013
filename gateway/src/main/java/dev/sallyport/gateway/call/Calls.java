package dev.sallyport.gateway.call;

import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.Targets;
import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.http.RequestTarget;

/** What the requests of a route call. */
public sealed interface Calls permits UpstreamCalls, RelayCalls {

  /** That of {@code route}. */
  static Calls of(Route route) {
    RestOfPath rest = new RestOfPath(route.path());
    return route.destination() instanceof Upstream upstream
        ? new UpstreamCalls(upstream, rest)
        : new RelayCalls(new TargetCheck((Targets) route.destination()), rest);
  }

  /**
   * The call of a request.
   *
   * @throws TargetException when it names a URL that is none, or one that may not be called
   */
  Call of(RequestTarget target);
}
