package dev.sallyport.doctor.probe;

import dev.sallyport.fetch.AddressSpace;
import dev.sallyport.url.Url;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** How far away a URL's host is, which DNS has to be asked. */
final class Distance {
  private Distance() {}

  /** Empty when there is no host, or it has no address. */
  static Optional<AddressSpace> of(Url url) {
    Optional<AddressSpace> named = AddressSpace.named(url);
    String host = url.host().orElse("");
    if (named.isPresent() || host.isEmpty()) {
      return named;
    }
    try {
      return Optional.of(AddressSpace.of(InetAddress.getByName(host)));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
