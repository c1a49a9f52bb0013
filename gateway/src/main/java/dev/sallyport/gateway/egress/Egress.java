package dev.sallyport.gateway.egress;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses may be called when somebody else than the configuration decides where a request
 * goes: those that are globally routable unicast, and those of the networks that are listed.
 *
 * <p>An IPv6 address that leads to an IPv4 address has to be allowed for both. Cloud metadata
 * services are refused in listed networks too.
 *
 * @param allow the networks that are listed
 */
public record Egress(List<Network> allow) {

  /** Globally routable addresses only. */
  public static final Egress GLOBAL = new Egress(List.of());

  /** Copies the list. */
  public Egress {
    allow = List.copyOf(allow);
  }

  /**
   * Why {@code address} may not be called, as a clause for a log: {@code 10.0.0.7 is not globally
   * routable (private use, 10.0.0.0/8)}; empty when it may.
   */
  public Optional<String> refusal(InetAddress address) {
    if (CloudMetadata.isAt(address)) {
      return Optional.of(
          Network.text(address.getAddress()) + " is the metadata service of a cloud");
    }
    List<byte[]> reached = new ArrayList<>();
    byte[] itself = address.getAddress();
    reached.add(itself);
    reached.addAll(EmbeddedIpv4.in(itself));
    for (byte[] each : reached) {
      Optional<String> purpose = purpose(each);
      if (purpose.isPresent()) {
        return Optional.of(
            Network.text(itself)
                + (each == itself ? "" : ", which leads to " + Network.text(each) + ",")
                + " is not globally routable ("
                + purpose.get()
                + ")");
      }
    }
    return Optional.empty();
  }

  private Optional<String> purpose(byte[] address) {
    for (Network network : allow) {
      if (network.contains(address)) {
        return Optional.empty();
      }
    }
    return SpecialPurposeAddresses.purpose(address);
  }
}
