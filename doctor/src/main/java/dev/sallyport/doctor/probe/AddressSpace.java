package dev.sallyport.doctor.probe;

import dev.sallyport.url.Url;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * How far away an address is.
 *
 * @see <a href="https://wicg.github.io/local-network-access/#ip-address-space-heading">Local
 *     Network Access, IP address space</a>
 */
enum AddressSpace {
  /** This machine. */
  LOOPBACK,
  /** The local network. */
  LOCAL,
  /** The internet. */
  PUBLIC;

  static AddressSpace of(InetAddress address) {
    if (address.isLoopbackAddress() || address.isAnyLocalAddress()) {
      return LOOPBACK;
    }
    if (address.isSiteLocalAddress() || address.isLinkLocalAddress()) {
      return LOCAL;
    }
    byte[] bytes = address.getAddress();
    boolean isShared =
        address instanceof Inet4Address && (bytes[0] & 0xff) == 100 && (bytes[1] & 0xc0) == 64;
    boolean isUniqueLocal = address instanceof Inet6Address && (bytes[0] & 0xfe) == 0xfc;
    return isShared || isUniqueLocal ? LOCAL : PUBLIC;
  }

  /** That of the host of a URL; empty when it has none, or no address. */
  static Optional<AddressSpace> of(Url url) {
    String host = url.host().orElse("");
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return Optional.of(LOOPBACK);
    }
    if (url.ipAddress().isPresent()) {
      return url.ipAddress().map(AddressSpace::of);
    }
    try {
      return host.isEmpty() ? Optional.empty() : Optional.of(of(InetAddress.getByName(host)));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
