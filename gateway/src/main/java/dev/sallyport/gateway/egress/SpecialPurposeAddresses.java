package dev.sallyport.gateway.egress;

import java.util.List;
import java.util.Optional;

/**
 * The addresses that are not globally routable unicast, by IANA's registries.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry/">IANA IPv4
 *     Special-Purpose Address Registry</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry/">IANA IPv6
 *     Special-Purpose Address Registry</a>
 * @see <a href="https://www.iana.org/assignments/ipv6-address-space/">IANA IPv6 Address Space: all
 *     global unicast addresses given out begin with 001</a>
 */
final class SpecialPurposeAddresses {
  /**
   * A block of a registry.
   *
   * @param name the registry's
   * @param global whether its column <i>Globally Reachable</i> says so; where it says neither, not
   */
  private record Block(Network network, String name, boolean global) {}

  /** The narrower block stands before the wider one that it lies in. */
  private static final List<Block> BLOCKS =
      List.of(
          reachable("192.0.0.9/32", "port control protocol anycast"),
          reachable("192.0.0.10/32", "TURN anycast"),
          reachable("192.31.196.0/24", "AS112"),
          reachable("192.52.193.0/24", "AMT"),
          reachable("192.175.48.0/24", "direct delegation AS112 service"),
          special("0.0.0.0/8", "this network"),
          special("10.0.0.0/8", "private use"),
          special("100.64.0.0/10", "shared address space"),
          special("127.0.0.0/8", "loopback"),
          special("169.254.0.0/16", "link-local"),
          special("172.16.0.0/12", "private use"),
          special("192.0.0.0/24", "IETF protocol assignments"),
          special("192.0.2.0/24", "documentation"),
          special("192.88.99.0/24", "deprecated 6to4 relay anycast"),
          special("192.168.0.0/16", "private use"),
          special("198.18.0.0/15", "benchmarking"),
          special("198.51.100.0/24", "documentation"),
          special("203.0.113.0/24", "documentation"),
          // Not of the registry: no unicast addresses.
          special("224.0.0.0/4", "multicast"),
          special("240.0.0.0/4", "reserved"),
          special("::/128", "unspecified"),
          special("::1/128", "loopback"),
          special("::/96", "deprecated IPv4-compatible"),
          new Block(new Network(mapped(), 96), "IPv4-mapped", false),
          reachable("64:ff9b::/96", "IPv4-IPv6 translation"),
          special("64:ff9b:1::/48", "local-use IPv4-IPv6 translation"),
          special("100::/64", "discard only"),
          special("100:0:0:1::/64", "dummy prefix"),
          special("2001::/32", "Teredo"),
          reachable("2001:1::1/128", "port control protocol anycast"),
          reachable("2001:1::2/128", "TURN anycast"),
          reachable("2001:1::3/128", "DNS-SD service registration anycast"),
          special("2001:2::/48", "benchmarking"),
          reachable("2001:3::/32", "AMT"),
          reachable("2001:4:112::/48", "AS112"),
          special("2001:10::/28", "deprecated ORCHID"),
          reachable("2001:20::/28", "ORCHIDv2"),
          reachable("2001:30::/28", "drone remote identification"),
          special("2001::/23", "IETF protocol assignments"),
          special("2001:db8::/32", "documentation"),
          special("2002::/16", "6to4"),
          reachable("2620:4f:8000::/48", "direct delegation AS112 service"),
          special("3fff::/20", "documentation"),
          special("5f00::/16", "segment routing"),
          special("fc00::/7", "unique local"),
          special("fe80::/10", "link-local"),
          // Of RFC 3879; neither registry has it any more, and routers may still take it for local.
          special("fec0::/10", "deprecated site-local"),
          special("ff00::/8", "multicast"),
          reachable("2000::/3", "global unicast"),
          special("::/0", "not allocated"));

  private SpecialPurposeAddresses() {}

  private static Block special(String network, String name) {
    return new Block(Network.of(network), name, false);
  }

  private static Block reachable(String network, String name) {
    return new Block(Network.of(network), name, true);
  }

  /** The JDK makes IPv4 addresses of the literals of these. */
  private static byte[] mapped() {
    byte[] address = new byte[16];
    address[10] = -1;
    address[11] = -1;
    return address;
  }

  /**
   * What {@code address} is instead of globally routable unicast: {@code private use, 10.0.0.0/8};
   * empty when it is that.
   *
   * @param address of 4 or 16 bytes; addresses embedded in it are not looked at
   */
  static Optional<String> purpose(byte[] address) {
    for (Block block : BLOCKS) {
      if (block.network().contains(address)) {
        return block.global()
            ? Optional.empty()
            : Optional.of(block.name() + ", " + block.network());
      }
    }
    return Optional.empty();
  }
}
