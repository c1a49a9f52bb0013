package dev.sallyport.gateway.config;

import dev.sallyport.origin.Printable;
import io.netty.util.NetUtil;

/** The form of a network in CIDR notation: {@code 10.0.0.0/8}, {@code fd00::/8}. */
final class Network {
  static final String EXAMPLE = "10.0.0.0/8";

  private Network() {}

  /**
   * Checks that {@code text} is one.
   *
   * @throws Fault when it is none
   */
  static void check(String text) throws Fault {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    int bits = bits(address);
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
    boolean number = prefix.length() <= 3 && !prefix.startsWith("-");
    if (!number || Quantity.wholeNumber(prefix).filter(length -> length <= bits).isEmpty()) {
      throw new Fault(
          "has no number of bits from 0 to "
              + bits
              + " behind its slash. Write one such as "
              + EXAMPLE
              + ".");
    }
  }

  /** The bits of an address; 0 if it is none. */
  private static int bits(String address) {
    if (NetUtil.isValidIpV4Address(address)) {
      return 32;
    }
    boolean plain = address.indexOf('[') < 0 && address.indexOf('%') < 0;
    return plain && NetUtil.isValidIpV6Address(address) ? 128 : 0;
  }
}
