package dev.sallyport.gateway.upstream;

import java.net.InetAddress;
import java.util.Set;

/**
 * The addresses under which clouds hand credentials to whoever asks from inside a machine.
 *
 * <p>The configuration refuses them by name; this refuses them where a name leads to one.
 */
final class CloudMetadataAddresses {
  private static final Set<String> ADDRESSES =
      Set.of(
          "169.254.169.254",
          "169.254.170.2",
          "169.254.170.23",
          "100.100.100.200",
          "168.63.129.16",
          "192.0.0.192",
          "fd00:ec2:0:0:0:0:0:254",
          "fd00:ec2:0:0:0:0:0:23",
          "fd20:ce:0:0:0:0:0:254");

  private CloudMetadataAddresses() {}

  static boolean contains(InetAddress address) {
    return ADDRESSES.contains(address.getHostAddress());
  }
}
