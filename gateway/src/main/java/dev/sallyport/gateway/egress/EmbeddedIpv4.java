package dev.sallyport.gateway.egress;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The IPv4 addresses that stand within an IPv6 address, to which a packet for it may be delivered.
 *
 * <table>
 * <caption>Where 192.0.2.33 is found</caption>
 * <tr><td>{@code ::ffff:192.0.2.33}</td><td>IPv4-mapped</td><td>RFC 4291, 2.5.5.2</td></tr>
 * <tr><td>{@code ::192.0.2.33}</td><td>IPv4-compatible</td><td>RFC 4291, 2.5.5.1</td></tr>
 * <tr><td>{@code 64:ff9b::192.0.2.33}</td><td>NAT64</td><td>RFC 6052, 2.1</td></tr>
 * <tr><td>{@code 64:ff9b:1::192.0.2.33}, {@code 64:ff9b:1:c000:2:2100::}</td>
 *     <td>NAT64 of one's own network</td><td>RFC 8215</td></tr>
 * <tr><td>{@code 2002:c000:221::}</td><td>6to4</td><td>RFC 3056, 2</td></tr>
 * <tr><td>{@code 2001:0:c000:221:0:0:3fff:fdde}</td><td>Teredo: its server, and its client with all
 *     bits turned</td><td>RFC 4380, 4</td></tr>
 * </table>
 */
final class EmbeddedIpv4 {
  private static final Network MAPPED =
      new Network(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1, 0, 0, 0, 0}, 96);
  private static final Network COMPATIBLE = Network.of("::/96");
  private static final Network NAT64 = Network.of("64:ff9b::/96");
  private static final Network LOCAL_NAT64 = Network.of("64:ff9b:1::/48");
  private static final Network SIX_TO_FOUR = Network.of("2002::/16");
  private static final Network TEREDO = Network.of("2001::/32");

  private EmbeddedIpv4() {}

  /**
   * The addresses in {@code address}, each of 4 bytes; none when it is IPv4 itself.
   *
   * @param address of 4 or 16 bytes
   */
  static List<byte[]> in(byte[] address) {
    // Of those that begin with 96 bits of 0, the unspecified and the loopback address are no
    // others.
    boolean compatible = COMPATIBLE.contains(address) && address[12] != 0;
    if (MAPPED.contains(address) || compatible || NAT64.contains(address)) {
      return List.of(Arrays.copyOfRange(address, 12, 16));
    }
    if (SIX_TO_FOUR.contains(address)) {
      return List.of(Arrays.copyOfRange(address, 2, 6));
    }
    if (TEREDO.contains(address)) {
      return List.of(Arrays.copyOfRange(address, 4, 8), turned(address));
    }
    return LOCAL_NAT64.contains(address) ? ofLocalNat64(address) : List.of();
  }

  private static byte[] turned(byte[] address) {
    byte[] client = Arrays.copyOfRange(address, 12, 16);
    for (int i = 0; i < client.length; i++) {
      client[i] = (byte) ~client[i];
    }
    return client;
  }

  /**
   * The network may be split further before it is put in front of an address, and by how much
   * cannot be seen; so every place counts in which there is anything.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6052#section-2.2">RFC 6052, section 2.2</a>
   */
  private static List<byte[]> ofLocalNat64(byte[] address) {
    List<byte[]> found = new ArrayList<>();
    // Byte 8 is always left out.
    for (int[] places : new int[][] {{6, 7, 9, 10}, {7, 9, 10, 11}, {9, 10, 11, 12}}) {
      byte[] candidate = new byte[4];
      for (int i = 0; i < candidate.length; i++) {
        candidate[i] = address[places[i]];
      }
      if (candidate[0] != 0) {
        found.add(candidate);
      }
    }
    byte[] end = Arrays.copyOfRange(address, 12, 16);
    if (found.isEmpty() || end[0] != 0) {
      found.add(end);
    }
    return found;
  }
}
