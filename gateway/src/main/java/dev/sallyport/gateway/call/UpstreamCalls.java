package dev.sallyport.gateway.call;

import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.http.RequestTarget;
import dev.sallyport.gateway.upstream.Server;

/** The calls of a route to one upstream. */
final class UpstreamCalls implements Calls {
  private final Server server;
  private final String base;
  private final RestOfPath rest;

  UpstreamCalls(Upstream upstream, RestOfPath rest) {
    this.server = Server.of(upstream);
    this.base = upstream.path();
    this.rest = rest;
  }

  /** The upstream's path, then what the request's path has behind the route's, then the query. */
  @Override
  public Call of(RequestTarget target) {
    if (rest.isAll() && base.isEmpty()) {
      return new Call(server, target.raw());
    }
    String behind = rest.of(target);
    return new Call(
        server, behind.startsWith("/") || !base.isEmpty() ? base + behind : "/" + behind);
  }
}
