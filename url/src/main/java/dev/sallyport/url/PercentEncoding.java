package dev.sallyport.url;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Percent-encoding and -decoding.
 *
 * @see <a href="https://url.spec.whatwg.org/#percent-encoded-bytes">URL, percent-encoded bytes</a>
 */
final class PercentEncoding {
  private static final String UPPER_HEX_DIGITS = "0123456789ABCDEF";

  private PercentEncoding() {}

  /**
   * Writes a byte as a percent sign and two digits.
   *
   * @see <a href="https://url.spec.whatwg.org/#percent-encode">URL, percent-encode a byte</a>
   */
  private static void percentEncode(int value, StringBuilder output) {
    output
        .append('%')
        .append(UPPER_HEX_DIGITS.charAt(value >> 4 & 0xf))
        .append(UPPER_HEX_DIGITS.charAt(value & 0xf));
  }

  /**
   * Appends the result to {@code output}.
   *
   * @see <a href="https://url.spec.whatwg.org/#utf-8-percent-encode">URL, UTF-8 percent-encode a
   *     code point</a>
   */
  static void utf8PercentEncode(int scalarValue, PercentEncodeSet set, StringBuilder output) {
    if (!set.contains(scalarValue)) {
      output.appendCodePoint(scalarValue);
    } else if (scalarValue < 0x80) {
      percentEncode(scalarValue, output);
    } else {
      for (byte value : Character.toString(scalarValue).getBytes(StandardCharsets.UTF_8)) {
        percentEncode(value, output);
      }
    }
  }

  /**
   * Appends the result to {@code output}.
   *
   * @see <a href="https://url.spec.whatwg.org/#string-utf-8-percent-encode">URL, UTF-8
   *     percent-encode a string</a>
   */
  static void utf8PercentEncode(CharSequence input, PercentEncodeSet set, StringBuilder output) {
    for (int i = 0; i < input.length(); ) {
      int c = Character.codePointAt(input, i);
      utf8PercentEncode(c, set, output);
      i += Character.charCount(c);
    }
  }

  /**
   * The bytes of the text, with each percent sign and two digits made a byte.
   *
   * @see <a href="https://url.spec.whatwg.org/#string-percent-decode">URL, percent-decode a
   *     string</a>
   */
  static byte[] percentDecode(String input) {
    // 1.
    byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
    // 2.
    return percentDecode(bytes);
  }

  /**
   * The bytes, with each percent sign and two digits made a byte.
   *
   * @see <a href="https://url.spec.whatwg.org/#percent-decode">URL, percent-decode a byte
   *     sequence</a>
   */
  private static byte[] percentDecode(byte[] input) {
    // 1.
    ByteArrayOutputStream output = new ByteArrayOutputStream(input.length);
    // 2.
    for (int i = 0; i < input.length; i++) {
      if (input[i] == '%'
          && i + 2 < input.length
          && Ascii.isHexDigit(input[i + 1])
          && Ascii.isHexDigit(input[i + 2])) {
        // 2.3.
        output.write(Character.digit(input[i + 1], 16) << 4 | Character.digit(input[i + 2], 16));
        i += 2;
      } else {
        // 2.1, 2.2.
        output.write(input[i]);
      }
    }
    // 3.
    return output.toByteArray();
  }
}
