package dev.sallyport.gateway.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
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

  private CloudMetadata() {}

  /**
   * Whether {@code host}, as it stands in an origin, is one of them, or an IPv6 address that leads
   * to one.
   */
  public static boolean isAt(String host) {
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
        || IPV6.contains(withoutZone(address.getHostAddress()))
        || EmbeddedIpv4.in(address.getAddress()).stream()
            .anyMatch(each -> IPV4.contains(dotted(each)));
  }

  private static String withoutZone(String address) {
    int zone = address.indexOf('%');
    return zone < 0 ? address : address.substring(0, zone);
  }

  private static String dotted(byte[] four) {
    return (four[0] & 0xff)
        + "."
        + (four[1] & 0xff)
        + "."
        + (four[2] & 0xff)
        + "."
        + (four[3] & 0xff);
  }
}
