package dev.sallyport.url;

import java.nio.ByteBuffer;

/**
 * An IPv6 address.
 *
 * @param high the first four of its eight 16-bit pieces
 * @param low the last four
 * @see <a href="https://url.spec.whatwg.org/#concept-ipv6">URL, IPv6 address</a>
 */
record Ipv6Address(long high, long low) implements Host {

  static Ipv6Address of(int[] pieces) {
    return new Ipv6Address(pack(pieces, 0), pack(pieces, 4));
  }

  private static long pack(int[] pieces, int from) {
    return (long) pieces[from] << 48
        | (long) pieces[from + 1] << 32
        | (long) pieces[from + 2] << 16
        | pieces[from + 3];
  }

  private int piece(int index) {
    long half = index < 4 ? high : low;
    return (int) (half >>> 16 * (3 - index % 4)) & 0xffff;
  }

  /**
   * The one spelling of the address.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-ipv6-serializer">URL, IPv6 serializer</a>
   */
  private String ipv6Serializer() {
    // 1.
    StringBuilder output = new StringBuilder(39);
    // 2.
    int compress = findTheIpv6AddressCompressedPieceIndex();
    // 3.
    boolean ignore0 = false;
    // 4.
    for (int pieceIndex = 0; pieceIndex < 8; pieceIndex++) {
      // 4.1.
      if (ignore0 && piece(pieceIndex) == 0) {
        continue;
      }
      // 4.2.
      ignore0 = false;
      // 4.3.
      if (compress == pieceIndex) {
        output.append(pieceIndex == 0 ? "::" : ":");
        ignore0 = true;
        continue;
      }
      // 4.4.
      output.append(Integer.toHexString(piece(pieceIndex)));
      // 4.5.
      if (pieceIndex != 7) {
        output.append(':');
      }
    }
    // 5.
    return output.toString();
  }

  /**
   * Where the first of the longest runs of two or more pieces of zero begins; -1 for null.
   *
   * @see <a href="https://url.spec.whatwg.org/#find-the-ipv6-address-compressed-piece-index">URL,
   *     find the IPv6 address compressed piece index</a>
   */
  private int findTheIpv6AddressCompressedPieceIndex() {
    // 1, 2, 3, 4.
    int longestIndex = -1;
    int longestSize = 1;
    int foundIndex = -1;
    int foundSize = 0;
    // 5.
    for (int pieceIndex = 0; pieceIndex < 8; pieceIndex++) {
      if (piece(pieceIndex) != 0) {
        // 5.1.
        if (foundSize > longestSize) {
          longestIndex = foundIndex;
          longestSize = foundSize;
        }
        foundIndex = -1;
        foundSize = 0;
      } else {
        // 5.2.
        if (foundIndex < 0) {
          foundIndex = pieceIndex;
        }
        foundSize++;
      }
    }
    // 6, 7.
    return foundSize > longestSize ? foundIndex : longestIndex;
  }

  /** The address in brackets, as the host serializer writes it. */
  @Override
  public String serialize() {
    return "[" + ipv6Serializer() + "]";
  }

  /** The sixteen bytes, as on the wire. */
  byte[] bytes() {
    return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
  }
}
