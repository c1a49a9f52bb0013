package dev.sallyport.gateway.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who listens where already: no two listeners can have one address of the machine.
 *
 * <p>A name of this machine is its IPv4 loopback address. {@code 0.0.0.0} takes every IPv4 address
 * and every other name, {@code ::} takes IPv6 beside.
 */
final class ListenerClaims {
  /** A listener and where it stands. */
  private record Claim(Address address, Place place) {}

  /** The claims on one port that another may collide with. */
  private static final class Port {
    private final Map<String, Claim> hosts = new HashMap<>();
    private Optional<Claim> every = Optional.empty();
    private Optional<Claim> firstIpv4 = Optional.empty();
    private Optional<Claim> first = Optional.empty();
  }

  private final Map<Integer, Port> ports = new HashMap<>();

  /** Claims an address; if it is another's already, why not, as a problem says it. */
  Optional<String> claim(Address address, Place place) {
    // 0 is any port that is free.
    if (address.port() == 0) {
      return Optional.empty();
    }
    Port port = ports.computeIfAbsent(address.port(), number -> new Port());
    Claim claim = new Claim(address, place);
    String host = address.isLocalName() ? "127.0.0.1" : address.host();
    Optional<String> collision =
        Optional.ofNullable(port.hosts.get(host))
            .map(other -> same(claim, other))
            .or(() -> widest(claim, port).map(other -> included(claim, other)));
    if (collision.isEmpty()) {
      port.hosts.put(host, claim);
      port.every = port.every.or(() -> Optional.of(claim).filter(each -> address.isAny()));
      port.first = port.first.or(() -> Optional.of(claim));
      port.firstIpv4 =
          port.firstIpv4.or(() -> Optional.of(claim).filter(each -> !isIpv6Alone(address)));
    }
    return collision;
  }

  /** The claim that includes this one, or that this one includes. */
  private static Optional<Claim> widest(Claim claim, Port port) {
    if (claim.address().isAny()) {
      return claim.address().isIpv6() ? port.first : port.firstIpv4;
    }
    return port.every.filter(every -> every.address().isIpv6() || !isIpv6Alone(claim.address()));
  }

  private static boolean isIpv6Alone(Address address) {
    return address.isIpv6() && !address.isAny();
  }

  private static String same(Claim claim, Claim other) {
    Address address = claim.address();
    return address.equals(other.address())
        ? "listen has "
            + address.host()
            + " port "
            + address.port()
            + " twice"
            + other.place().first()
            + ". Remove one."
        : "listen "
            + address
            + " is the address of "
            + other.address()
            + " too"
            + other.place().first()
            + ". Remove one.";
  }

  private static String included(Claim claim, Claim other) {
    boolean wider = claim.address().isAny();
    return "listen "
        + claim.address()
        + (wider ? " includes " : " is included in ")
        + other.address()
        + other.place().first()
        + ", because "
        + (wider ? claim : other).address().host()
        + " takes every interface. Remove one.";
  }
}
