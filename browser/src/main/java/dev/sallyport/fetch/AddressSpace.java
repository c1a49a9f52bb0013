package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * How far away an address is, from near to far.
 *
 * @see <a href="https://wicg.github.io/local-network-access/#ip-address-space-heading">Local
 *     Network Access, IP address space</a>
 */
public enum AddressSpace implements Keyword {
  /** This machine. */
  LOOPBACK,
  /** The local network. */
  LOCAL,
  /** The internet. */
  PUBLIC;

  /** {@code loopback}, {@code local}, {@code public}. */
  @Override
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of this {@link #keyword}; empty when there is none. */
  public static Optional<AddressSpace> of(String keyword) {
    return Keyword.find(values(), keyword);
  }

  /** That of an address. */
  public static AddressSpace of(InetAddress address) {
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

  /** That of a URL as far as its host says it by itself; empty when it takes DNS to know. */
  public static Optional<AddressSpace> named(Url url) {
    String host = url.host().orElse("");
    if (host.equals("localhost") || host.endsWith(".localhost")) {
      return Optional.of(LOOPBACK);
    }
    return host.endsWith(".local") ? Optional.of(LOCAL) : url.ipAddress().map(AddressSpace::of);
  }
}
