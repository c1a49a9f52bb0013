package dev.sallyport.gateway.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/**
 * The addresses under which clouds hand credentials to whoever asks from inside a machine. A
 * gateway that called them would pass those on.
 */
public final class CloudMetadata {
  private static final Set<String> NAMES =
      Set.of("metadata.google.internal", "metadata.goog", "instance-data.ec2.internal");

  private static final Set<String> IPV4 =
      Set.of(
          "169.254.169.254",
          // The credentials of tasks and pods in AWS.
          "169.254.170.2",
          "169.254.170.23",
          "100.100.100.200",
          "168.63.129.16",
          "192.0.0.192");

  private static final Set<String> IPV6 =
      Set.of("fd00:ec2:0:0:0:0:0:254", "fd00:ec2:0:0:0:0:0:23", "fd20:ce:0:0:0:0:0:254");

  /** IPv6 prefixes whose last 32 bits are an IPv4 address. */
  private static final Set<String> IPV4_AT_END =
      Set.of("000000000000000000000000", "0064ff9b0000000000000000");

  private CloudMetadata() {}

  /**
   * Whether {@code host}, as it stands in an origin, is one of them, or an IPv6 address that leads
   * to one.
   */
  static boolean isAt(String host) {
    String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    if (NAMES.contains(name) || IPV4.contains(name)) {
      return true;
    }
    try {
      // A literal address: nothing is looked up.
      return name.startsWith("[") && isAt(InetAddress.getByName(name));
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Whether {@code address} is one of them, or an IPv6 address that leads to one. */
  public static boolean isAt(InetAddress address) {
    return IPV4.contains(address.getHostAddress())
        || IPV6.contains(address.getHostAddress())
        || embeddedIpv4(address.getAddress()).filter(IPV4::contains).isPresent();
  }

  /**
   * The IPv4 address within an IPv6 one: compatible, NAT64 or 6to4; the JDK unwraps mapped ones.
   */
  private static Optional<String> embeddedIpv4(byte[] bytes) {
    if (bytes.length == 4) {
      return Optional.empty();
    }
    String prefix = HexFormat.of().formatHex(bytes, 0, 12);
    if (IPV4_AT_END.contains(prefix) || prefix.startsWith("0064ff9b0001")) {
      return Optional.of(dotted(bytes, 12));
    }
    return prefix.startsWith("2002") ? Optional.of(dotted(bytes, 2)) : Optional.empty();
  }

  private static String dotted(byte[] bytes, int start) {
    byte[] four = Arrays.copyOfRange(bytes, start, start + 4);
    return (four[0] & 0xff)
        + "."
        + (four[1] & 0xff)
        + "."
        + (four[2] & 0xff)
        + "."
        + (four[3] & 0xff);
  }
}
