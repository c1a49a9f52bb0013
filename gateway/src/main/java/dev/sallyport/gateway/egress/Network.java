package dev.sallyport.gateway.egress;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A network in CIDR notation: {@code 10.0.0.0/8}, {@code fd00::/8}.
 *
 * @param address any address in it, of 4 or 16 bytes; an IPv4-mapped one is an IPv6 address here
 * @param bits how many of its leading bits all addresses of the network share
 */
// An array of a record is its own; this one is copied on the way in and out.
@SuppressWarnings("ArrayRecordComponent")
public record Network(byte[] address, int bits) {

  /**
   * @throws IllegalArgumentException when {@code address} is none, or has fewer bits
   */
  public Network {
    if (address.length != 4 && address.length != 16 || bits < 0 || bits > address.length * 8) {
      throw new IllegalArgumentException(address.length + " bytes, " + bits + " bits");
    }
    address = address.clone();
  }

  /** The network that a literal says, as tables of networks are written. */
  static Network of(String cidr) {
    int slash = cidr.indexOf('/');
    try {
      // A literal address: nothing is looked up.
      return new Network(
          InetAddress.getByName(cidr.substring(0, slash)).getAddress(),
          Integer.parseInt(cidr.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(cidr, e);
    }
  }

  @Override
  public byte[] address() {
    return address.clone();
  }

  /** Whether {@code other}, of 4 or 16 bytes, lies in it; never for one of the other family. */
  public boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    int whole = bits / 8;
    int rest = bits % 8;
    return Arrays.equals(other, 0, whole, address, 0, whole)
        && (rest == 0 || (other[whole] ^ address[whole]) >> (8 - rest) == 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && bits == network.bits
        && Arrays.equals(address, network.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + bits;
  }

  /** {@code 10.0.0.0/8}. */
  @Override
  public String toString() {
    return text(address) + "/" + bits;
  }

  /** An address as people write it: {@code 10.0.0.7}, {@code fd00::1}. */
  static String text(byte[] address) {
    return NetUtil.bytesToIpAddress(address);
  }
}
