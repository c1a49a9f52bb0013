package dev.sallyport.url;

/**
 * The IPv6 parser.
 *
 * @see <a href="https://url.spec.whatwg.org/#concept-ipv6-parser">URL, IPv6 parser</a>
 */
final class Ipv6Parser {
  private static final int EOF = -1;

  private final String input;
  private final int[] address = new int[8];
  private int pieceIndex;
  private int pointer;

  private Ipv6Parser(String input) {
    this.input = input;
  }

  private int c() {
    return pointer < input.length() ? input.charAt(pointer) : EOF;
  }

  /**
   * The address that is written between the brackets.
   *
   * @param input what stands between the brackets
   */
  static Ipv6Address ipv6Parser(String input) throws ParsingFailure {
    return new Ipv6Parser(input).ipv6Parser();
  }

  private Ipv6Address ipv6Parser() throws ParsingFailure {
    // 1, 2, 4. The fields.
    // 3.
    int compress = -1;
    // 5.
    if (c() == ':') {
      if (!input.startsWith("::")) {
        throw failure(ValidationError.IPV6_INVALID_COMPRESSION, "begins with a single colon");
      }
      pointer += 2;
      compress = ++pieceIndex;
    }
    // 6.
    while (c() != EOF) {
      // 6.1.
      if (pieceIndex == 8) {
        throw failure(ValidationError.IPV6_TOO_MANY_PIECES, "has more than 8 pieces");
      }
      // 6.2.
      if (c() == ':') {
        if (compress >= 0) {
          throw failure(ValidationError.IPV6_MULTIPLE_COMPRESSION, "has \"::\" more than once");
        }
        pointer++;
        compress = ++pieceIndex;
        continue;
      }
      // 6.3.
      int value = 0;
      int length = 0;
      // 6.4.
      while (length < 4 && Ascii.isHexDigit(c())) {
        value = value * 0x10 + Character.digit(c(), 16);
        pointer++;
        length++;
      }
      // 6.5.
      if (c() == '.') {
        ipv4AtTheEnd(length);
        break;
      }
      // 6.6.
      if (c() == ':') {
        pointer++;
        if (c() == EOF) {
          throw failure(ValidationError.IPV6_INVALID_CODE_POINT, "ends with a single colon");
        }
      } else if (c() != EOF) {
        // 6.7.
        throw failure(
            ValidationError.IPV6_INVALID_CODE_POINT,
            length == 4 && Ascii.isHexDigit(c())
                ? "has a piece of more than 4 digits"
                : "has " + Quote.quote(input.codePointAt(pointer)) + ", which is no hex digit");
      }
      // 6.9, 6.10.
      address[pieceIndex++] = value;
    }
    if (compress >= 0) {
      // 7.
      int swaps = pieceIndex - compress;
      for (pieceIndex = 7; pieceIndex != 0 && swaps > 0; pieceIndex--, swaps--) {
        int other = compress + swaps - 1;
        int piece = address[pieceIndex];
        address[pieceIndex] = address[other];
        address[other] = piece;
      }
    } else if (pieceIndex != 8) {
      // 8.
      throw failure(
          ValidationError.IPV6_TOO_FEW_PIECES,
          "has " + pieceIndex + " of 8 pieces and no \"::\" for the others");
    }
    // 9.
    return Ipv6Address.of(address);
  }

  /**
   * Step 6.5: an address such as {@code ::ffff:127.0.0.1}.
   *
   * @param length how many digits of the first decimal number were taken for a piece
   */
  private void ipv4AtTheEnd(int length) throws ParsingFailure {
    // 6.5.1.
    if (length == 0) {
      throw failure(
          ValidationError.IPV4_IN_IPV6_INVALID_CODE_POINT, "has a dot without a number before it");
    }
    // 6.5.2.
    pointer -= length;
    // 6.5.3.
    if (pieceIndex > 6) {
      throw failure(
          ValidationError.IPV4_IN_IPV6_TOO_MANY_PIECES,
          "has more than 6 pieces before its IPv4 address");
    }
    // 6.5.4.
    int numbersSeen = 0;
    // 6.5.5.
    while (c() != EOF) {
      // 6.5.5.2.
      if (numbersSeen > 0) {
        if (c() != '.' || numbersSeen >= 4) {
          throw failure(
              ValidationError.IPV4_IN_IPV6_INVALID_CODE_POINT,
              numbersSeen >= 4
                  ? "does not end after the four numbers of its IPv4 address"
                  : "has "
                      + Quote.quote(input.codePointAt(pointer))
                      + " in its IPv4 address, which is neither digit nor dot");
        }
        pointer++;
      }
      // 6.5.5.1, 6.5.5.3 to 6.5.5.5.
      address[pieceIndex] = address[pieceIndex] * 0x100 + ipv4Piece();
      // 6.5.5.6.
      numbersSeen++;
      // 6.5.5.7.
      if (numbersSeen == 2 || numbersSeen == 4) {
        pieceIndex++;
      }
    }
    // 6.5.6.
    if (numbersSeen != 4) {
      throw failure(
          ValidationError.IPV4_IN_IPV6_TOO_FEW_PARTS,
          "has " + numbersSeen + " of the 4 numbers of an IPv4 address");
    }
  }

  /** Steps 6.5.5.3 and 6.5.5.4: a decimal number up to 255 without zeros before it. */
  private int ipv4Piece() throws ParsingFailure {
    // 6.5.5.3.
    if (!Ascii.isDigit(c())) {
      throw failure(
          ValidationError.IPV4_IN_IPV6_INVALID_CODE_POINT,
          c() == EOF
              ? "ends with a dot"
              : "has "
                  + Quote.quote(input.codePointAt(pointer))
                  + " in its IPv4 address where a number begins");
    }
    // 6.5.5.4.
    int ipv4Piece = -1;
    while (Ascii.isDigit(c())) {
      int number = c() - '0';
      if (ipv4Piece == 0) {
        throw failure(
            ValidationError.IPV4_IN_IPV6_INVALID_CODE_POINT,
            "has a number with a leading zero in its IPv4 address");
      }
      ipv4Piece = ipv4Piece < 0 ? number : ipv4Piece * 10 + number;
      if (ipv4Piece > 255) {
        throw failure(
            ValidationError.IPV4_IN_IPV6_OUT_OF_RANGE_PART,
            "has a number greater than 255 in its IPv4 address");
      }
      pointer++;
    }
    return ipv4Piece;
  }

  private ParsingFailure failure(ValidationError error, String what) {
    return new ParsingFailure(error, "the IPv6 address " + Quote.quote(input) + " " + what);
  }
}
