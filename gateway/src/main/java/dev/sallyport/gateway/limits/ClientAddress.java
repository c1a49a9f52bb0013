package dev.sallyport.gateway.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Whom a quota takes for one client: an IPv4 address, or the 64 bits of an IPv6 address that name a
 * network, because whoever has one has all the addresses in it.
 */
public record ClientAddress(String key) {
  private static final int NETWORK_BYTES = 8;

  /** The client at {@code address}. */
  public static ClientAddress of(InetAddress address) {
    byte[] bytes = address.getAddress();
    return new ClientAddress(
        address instanceof Inet6Address
            ? HexFormat.of().formatHex(Arrays.copyOf(bytes, NETWORK_BYTES))
            : address.getHostAddress());
  }
}
