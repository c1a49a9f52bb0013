package dev.sallyport.url;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An IPv4 address.
 *
 * @param bits its 32 bits, the first byte on top
 * @see <a href="https://url.spec.whatwg.org/#concept-ipv4">URL, IPv4 address</a>
 */
record Ipv4Address(int bits) implements Host {
  /** More than any address: what the digits say beyond it does not matter. */
  private static final long TOO_BIG = 1L << 32;

  /**
   * Whether the last label is a number, so that the whole host must be an IPv4 address.
   *
   * @see <a href="https://url.spec.whatwg.org/#ends-in-a-number-checker">URL, ends in a number
   *     checker</a>
   */
  static boolean endsInANumberChecker(String input) {
    // 2, 3, 4. The last part, or the one before a dot at the end.
    int end = input.endsWith(".") ? input.length() - 1 : input.length();
    String last = input.substring(input.lastIndexOf('.', end - 1) + 1, end);
    // 5.
    if (isDigits(last)) {
      return true;
    }
    // 6, 7.
    return ipv4NumberParser(last) >= 0;
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!Ascii.isDigit(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * The address that one to four numbers spell.
   *
   * @param input a domain that {@linkplain #endsInANumberChecker ends in a number}
   * @see <a href="https://url.spec.whatwg.org/#concept-ipv4-parser">URL, IPv4 parser</a>
   */
  static Ipv4Address ipv4Parser(String input) throws ParsingFailure {
    // 1.
    List<String> parts = new ArrayList<>(Arrays.asList(input.split("\\.", -1)));
    // 2.
    if (parts.get(parts.size() - 1).isEmpty() && parts.size() > 1) {
      parts.remove(parts.size() - 1);
    }
    // 4.
    if (parts.size() > 4) {
      throw new ParsingFailure(
          ValidationError.IPV4_TOO_MANY_PARTS,
          "the host "
              + Quote.quote(input)
              + " ends in a number, which makes it an IPv4 address, but has "
              + parts.size()
              + " parts and not 4");
    }
    // 5, 6.
    long[] numbers = new long[parts.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = ipv4NumberParser(parts.get(i));
      if (numbers[i] < 0) {
        throw new ParsingFailure(
            ValidationError.IPV4_NON_NUMERIC_PART,
            "the host "
                + Quote.quote(input)
                + " ends in a number, which makes it an IPv4 address, but its part "
                + Quote.quote(parts.get(i))
                + " is no number");
      }
    }
    // 8, 9.
    for (int i = 0; i < numbers.length; i++) {
      long most = i < numbers.length - 1 ? 255 : (1L << 8 * (5 - numbers.length)) - 1;
      if (numbers[i] > most) {
        throw new ParsingFailure(
            ValidationError.IPV4_OUT_OF_RANGE_PART,
            "the part "
                + Quote.quote(parts.get(i))
                + " of the IPv4 address "
                + Quote.quote(input)
                + " is greater than "
                + most);
      }
    }
    // 10, 11.
    long ipv4 = numbers[numbers.length - 1];
    // 12, 13.
    for (int counter = 0; counter < numbers.length - 1; counter++) {
      ipv4 += numbers[counter] << 8 * (3 - counter);
    }
    // 14.
    return new Ipv4Address((int) ipv4);
  }

  /**
   * The number that {@code input} spells in decimal, hexadecimal ({@code 0x…}) or octal ({@code
   * 0…}); -1 for failure, and {@link #TOO_BIG} for whatever is no less.
   *
   * @see <a href="https://url.spec.whatwg.org/#ipv4-number-parser">URL, IPv4 number parser</a>
   */
  private static long ipv4NumberParser(String input) {
    // 1.
    if (input.isEmpty()) {
      return -1;
    }
    // 3, 4, 5.
    int radix = 10;
    String digits = input;
    if (input.startsWith("0x") || input.startsWith("0X")) {
      digits = input.substring(2);
      radix = 16;
    } else if (input.length() > 1 && input.charAt(0) == '0') {
      digits = input.substring(1);
      radix = 8;
    }
    // 6. Nothing after 0x is 0.
    // 7, 8, 9.
    long output = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = Ascii.isHexDigit(digits.charAt(i)) ? Character.digit(digits.charAt(i), 16) : -1;
      if (digit < 0 || digit >= radix) {
        return -1;
      }
      output = Math.min(output * radix + digit, TOO_BIG);
    }
    return output;
  }

  /**
   * The address as four decimal numbers.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-ipv4-serializer">URL, IPv4 serializer</a>
   */
  @Override
  public String serialize() {
    return (bits >>> 24)
        + "."
        + (bits >>> 16 & 255)
        + "."
        + (bits >>> 8 & 255)
        + "."
        + (bits & 255);
  }

  /** The four bytes, as on the wire. */
  byte[] bytes() {
    return new byte[] {
      (byte) (bits >>> 24), (byte) (bits >>> 16), (byte) (bits >>> 8), (byte) bits
    };
  }
}
