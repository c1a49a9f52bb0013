package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.gateway.egress.Network;
import dev.sallyport.origin.Printable;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads networks in CIDR notation. */
final class Networks {
  static final String EXAMPLE = "10.0.0.0/8";

  private Networks() {}

  /** The networks that are written; those that are none are a problem, and left out. */
  static List<Network> read(Reading reading, List<Scalar> written) {
    List<Network> networks = new ArrayList<>();
    for (Scalar each : written) {
      try {
        networks.add(network(each.text()));
      } catch (Fault fault) {
        reading.error(
            each.place(), "network \"" + Printable.of(each.text()) + "\" " + fault.text());
      }
    }
    return networks;
  }

  /**
   * The network that {@code text} says.
   *
   * @throws Fault when it says none
   */
  private static Network network(String text) throws Fault {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    byte[] bytes = bytes(address);
    if (bytes.length == 4 && address.indexOf(':') >= 0) {
      throw new Fault(
          "is one of IPv4-mapped addresses, which are called by IPv4. Write the IPv4 network, such as "
              + EXAMPLE
              + ".");
    }
    int bits = bytes.length * 8;
    if (bits == 0) {
      throw new Fault(
          "is not a network: an address, a slash, and a number of bits. Write one such as "
              + EXAMPLE
              + ".");
    }
    if (slash < 0) {
      throw new Fault(
          "has no number of bits. Write " + Printable.of(address) + "/" + bits + " for it alone.");
    }
    String prefix = text.substring(slash + 1);
    Optional<Long> length =
        prefix.length() <= 3 && !prefix.startsWith("-")
            ? Quantity.wholeNumber(prefix).filter(number -> number <= bits)
            : Optional.empty();
    if (length.isEmpty()) {
      throw new Fault(
          "has no number of bits from 0 to "
              + bits
              + " behind its slash. Write one such as "
              + EXAMPLE
              + ".");
    }
    return new Network(bytes, length.get().intValue());
  }

  /** The bytes of an address; none if it is none, 4 if it is IPv4-mapped. */
  private static byte[] bytes(String address) {
    if (NetUtil.isValidIpV4Address(address)) {
      return NetUtil.createByteArrayFromIpAddressString(address);
    }
    if (address.indexOf('[') >= 0 || address.indexOf('%') >= 0) {
      return new byte[0];
    }
    try {
      // What stands in brackets is never looked up.
      return InetAddress.getByName("[" + address + "]").getAddress();
    } catch (UnknownHostException e) {
      return new byte[0];
    }
  }
}
