package dev.sallyport.gateway.config;

import dev.sallyport.gateway.egress.Network;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything a gateway is told to do.
 *
 * @param listeners where it listens; at least one
 * @param admin where operators ask how it is; empty for nowhere
 * @param accessLog where each request is written down
 * @param workers how many event loops it runs; empty for as many as the process may use processors
 * @param transport which interface of the operating system carries the connections
 * @param limits what one connection may cost
 * @param trustedProxies whose word counts on whom they call for
 * @param routes what it relays, in the order of the file
 */
public record GatewayConfig(
    List<Listener> listeners,
    Optional<Admin> admin,
    AccessLogging accessLog,
    OptionalInt workers,
    Transport transport,
    ConnectionLimits limits,
    List<Network> trustedProxies,
    List<Route> routes) {

  /** Copies the lists. */
  public GatewayConfig {
    listeners = List.copyOf(listeners);
    trustedProxies = List.copyOf(trustedProxies);
    routes = List.copyOf(routes);
  }
}
