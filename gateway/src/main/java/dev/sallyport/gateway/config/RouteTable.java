package dev.sallyport.gateway.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks what routes and listeners say together. */
final class RouteTable {
  private final Reading reading;
  private final List<RouteReader.Placed> routes;
  private final List<ListenersReader.Placed> listeners;

  RouteTable(
      Reading reading, List<RouteReader.Placed> routes, List<ListenersReader.Placed> listeners) {
    this.reading = reading;
    this.routes = routes;
    this.listeners = listeners;
  }

  void check() {
    checkClashes();
    routes.forEach(this::checkLoop);
    checkExposure();
    checkOpenRelay();
    routes.forEach(route -> RouteLint.check(reading, route));
  }

  private record Reach(String path, Optional<String> host) {}

  /** Two routes for one request: only one of them could ever answer it. */
  private void checkClashes() {
    Map<Reach, List<RouteReader.Placed>> same = new HashMap<>();
    for (RouteReader.Placed route :
        routes.stream().filter(RouteReader.Placed::reachKnown).toList()) {
      List<RouteReader.Placed> before =
          same.computeIfAbsent(
              new Reach(route.route().path(), route.route().host()), reach -> new ArrayList<>());
      for (RouteReader.Placed other : before) {
        Optional<String> shared = shared(other.route().methods(), route.route().methods());
        if (shared.isPresent()) {
          tellClash(route, other, shared.get());
          break;
        }
      }
      before.add(route);
    }
  }

  /**
   * What methods two routes compete for, as a message says it; empty for none. One that names a
   * method goes before one that takes every method, so that those two do not compete.
   */
  private static Optional<String> shared(Set<String> first, Set<String> second) {
    if (first.isEmpty() && second.isEmpty()) {
      return Optional.of("every method");
    }
    return first.stream().filter(second::contains).sorted().findFirst();
  }

  private void tellClash(RouteReader.Placed route, RouteReader.Placed other, String shared) {
    reading.error(
        route.place(),
        route.name()
            + route.route().host().map(host -> " of host " + host).orElse("")
            + " takes "
            + shared
            + ", and so does "
            + other.place().one()
            + ": only one of them could answer. Give them other paths, hosts or methods, or remove one.");
  }

  /** A gateway that calls itself would do so until its connections are used up. */
  private void checkLoop(RouteReader.Placed route) {
    if (!(route.route().destination() instanceof Upstream upstream)) {
      return;
    }
    for (ListenersReader.Placed listener : listeners) {
      if (upstream.dialledPort() == listener.address().port() && isSelf(upstream, listener)) {
        reading.error(
            route.destination(),
            "upstream \""
                + upstream
                + "\" is this gateway itself, which listens on port "
                + listener.address().port()
                + ". Name the server of the API.");
        return;
      }
    }
  }

  private static boolean isSelf(Upstream upstream, ListenersReader.Placed listener) {
    Address called = new Address(bare(upstream.host()), upstream.dialledPort());
    Address address = listener.address();
    return called.host().equals(bare(address.host()))
        || called.isAny() && (address.isAny() || address.isLoopback())
        || called.isLoopback() && address.isAny()
        || called.isLocalName() && address.isLoopback()
        || called.isLoopback() && address.isLocalName();
  }

  /** A host without the brackets of IPv6 and without the dot that may end a name. */
  private static String bare(String host) {
    if (host.startsWith("[")) {
      return host.substring(1, host.length() - 1);
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** CORS keeps browsers from reading; who has no browser is kept from nothing. */
  private void checkExposure() {
    for (RouteReader.Placed route : routes) {
      Optional<String> secret = RouteLint.secret(route.route());
      if (secret.isPresent()) {
        listeners.stream()
            .filter(listener -> !listener.address().isLoopback())
            .forEach(listener -> tellExposure(listener, route, secret.get()));
        return;
      }
    }
  }

  private void tellExposure(
      ListenersReader.Placed listener, RouteReader.Placed route, String secret) {
    reading.warning(
        listener.place(),
        "listen \""
            + listener.address().host()
            + "\" can be reached from other machines, and "
            + route.name()
            + " adds the secret "
            + secret
            + ": whoever connects can use it, because CORS holds browsers only. Listen on 127.0.0.1, or let"
            + " only those connect who may.");
  }

  /** Whoever connects may have the gateway call any target in the gateway's name. */
  private void checkOpenRelay() {
    for (RouteReader.Placed route : routes) {
      if (route.route().destination() instanceof Targets && route.route().perClient().isEmpty()) {
        listeners.stream()
            .filter(listener -> !listener.address().isLoopback())
            .findFirst()
            .ifPresent(
                listener ->
                    reading.warning(
                        route.place(),
                        "relay can be reached from other machines by listen \""
                            + listener.address().host()
                            + "\", and nothing bounds how often one of them calls. Add limits: {perClient:"
                            + " 120/min}."));
      }
    }
  }
}
