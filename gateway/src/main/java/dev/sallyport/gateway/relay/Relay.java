package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.limits.ConnectionCount;
import dev.sallyport.gateway.route.Router;
import dev.sallyport.gateway.route.UnroutedCors;

/** What all connections of one gateway share. */
public final class Relay {
  private final ConnectionLimits limits;
  private final Router router;
  private final UnroutedCors unrouted;
  private final ConnectionCount connections;

  /** A relay as {@code config} says. */
  public Relay(GatewayConfig config) {
    this.limits = config.limits();
    this.router = new Router(config.routes());
    this.unrouted = new UnroutedCors(router);
    this.connections = new ConnectionCount(limits.connections());
  }

  ConnectionLimits limits() {
    return limits;
  }

  Router router() {
    return router;
  }

  UnroutedCors unrouted() {
    return unrouted;
  }

  ConnectionCount connections() {
    return connections;
  }
}
