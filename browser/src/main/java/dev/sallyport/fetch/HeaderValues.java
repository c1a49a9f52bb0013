package dev.sallyport.fetch;

import dev.sallyport.cors.HttpTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the standard says of the bytes in headers' values. */
final class HeaderValues {
  static final int LONGEST_SAFELISTED_VALUE = 128;

  private HeaderValues() {}

  /** {@code value} without the blanks of HTTP around it, line ends among them. */
  static String trim(String value) {
    int start = 0;
    int end = value.length();
    while (start < end && isWhitespace(value.charAt(start))) {
      start++;
    }
    while (end > start && isWhitespace(value.charAt(end - 1))) {
      end--;
    }
    return value.substring(start, end);
  }

  private static boolean isWhitespace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /**
   * Whether a message can carry {@code value}.
   *
   * @param value without blanks around it
   * @see <a href="https://fetch.spec.whatwg.org/#header-value">Fetch, header value</a>
   */
  static boolean isHeaderValue(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == 0 || c == '\n' || c == '\r' || c > 0xff) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether a page may send the line to another origin without asking.
   *
   * @param name in lower case
   * @see <a href="https://fetch.spec.whatwg.org/#cors-safelisted-request-header">Fetch,
   *     CORS-safelisted request-header</a>
   */
  static boolean isCorsSafelistedRequestHeader(String name, String value) {
    // 1.
    if (value.length() > LONGEST_SAFELISTED_VALUE) {
      return false;
    }
    // 2.
    return switch (name) {
      case "accept" -> !hasCorsUnsafeRequestHeaderByte(value);
      case "accept-language", "content-language" -> isOfLanguages(value);
      case "content-type" -> !hasCorsUnsafeRequestHeaderByte(value) && isSafelistedMimeType(value);
      case "range" -> isRangeWithStart(value);
      default -> false;
    };
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte">Fetch, CORS-unsafe
   * request-header byte</a>.
   */
  private static boolean hasCorsUnsafeRequestHeaderByte(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 && c != '\t' || c == 0x7f || "\"():<>?@[\\]{}".indexOf(c) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfLanguages(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean alphanumeric = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      if (!alphanumeric && " *,-.;=".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the essence of the type is one that forms have always sent. */
  private static boolean isSafelistedMimeType(String value) {
    String essence = mimeEssence(value);
    return "application/x-www-form-urlencoded".equals(essence)
        || "multipart/form-data".equals(essence)
        || "text/plain".equals(essence);
  }

  /**
   * Type and subtype in lower case; null when {@code value} has none.
   *
   * @see <a href="https://mimesniff.spec.whatwg.org/#parse-a-mime-type">MIME Sniffing, parse a MIME
   *     type</a>
   */
  static @Nullable String mimeEssence(String value) {
    // 1. to 6.
    String text = trim(value);
    int slash = text.indexOf('/');
    if (slash <= 0 || !HttpTokens.isToken(text.substring(0, slash))) {
      return null;
    }
    // 7. to 9. What follows the semicolon changes no essence.
    int semicolon = text.indexOf(';', slash);
    String subtype =
        trimEnd(semicolon < 0 ? text.substring(slash + 1) : text.substring(slash + 1, semicolon));
    if (!HttpTokens.isToken(subtype)) {
      return null;
    }
    // 10.
    return (text.substring(0, slash) + "/" + subtype).toLowerCase(Locale.ROOT);
  }

  private static String trimEnd(String text) {
    int end = text.length();
    while (end > 0 && isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  /**
   * Whether {@code value} is one range that says where it begins.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#simple-range-header-value">Fetch, parse a single
   *     range header value</a>
   */
  private static boolean isRangeWithStart(String value) {
    if (!value.startsWith("bytes=")) {
      return false;
    }
    int dash = value.indexOf('-');
    if (dash < 0) {
      return false;
    }
    String start = value.substring("bytes=".length(), dash);
    String end = value.substring(dash + 1);
    return !start.isEmpty()
        && isDigits(start)
        && isDigits(end)
        && (end.isEmpty() || compareNumbers(start, end) <= 0);
  }

  /** Whether a run of digits in {@code range} is more than a number of 63 bits. */
  static boolean hasNumberBeyond63Bits(String range) {
    for (String digits : range.split("[^0-9]+", -1)) {
      if (compareNumbers("0" + digits, Long.toString(Long.MAX_VALUE)) > 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether {@code text} is digits, with a dot among them at most. */
  static boolean isDecimal(String text) {
    return !text.isEmpty() && isDigits(text.replaceFirst("\\.", ""));
  }

  static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  /** Compares two numbers of any length. */
  private static int compareNumbers(String one, String other) {
    String a = withoutZeros(one);
    String b = withoutZeros(other);
    return a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
  }

  private static String withoutZeros(String digits) {
    int start = 0;
    while (start < digits.length() - 1 && digits.charAt(start) == '0') {
      start++;
    }
    return digits.substring(start);
  }

  /**
   * The elements of a list; a comma between quotes parts nothing.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#header-value-get-decode-and-split">Fetch, get,
   *     decode, and split</a>
   */
  static List<String> getDecodeAndSplit(String value) {
    List<String> elements = new ArrayList<>();
    int start = 0;
    boolean quoted = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        // What is behind it ends no quotes.
        i++;
      } else if (c == ',' && !quoted) {
        elements.add(trim(value.substring(start, i)));
        start = i + 1;
      }
    }
    elements.add(trim(value.substring(start)));
    return elements;
  }

  /**
   * The tokens of a list, over all of its lines; null when a line is no list of tokens.
   *
   * @param lines none when the header is not there
   * @see <a href="https://fetch.spec.whatwg.org/#extract-header-list-values">Fetch, extract header
   *     list values</a>
   */
  static @Nullable List<String> extractHeaderListValues(List<String> lines) {
    List<String> tokens = new ArrayList<>();
    for (String line : lines) {
      if (!extractHeaderValues(line, tokens)) {
        return null;
      }
    }
    return tokens;
  }

  /** Adds the tokens of one line; false when it is no list of tokens. */
  static boolean extractHeaderValues(String line, List<String> tokens) {
    for (int start = 0; start <= line.length(); ) {
      int comma = line.indexOf(',', start);
      int end = comma < 0 ? line.length() : comma;
      String element = trim(line.substring(start, end));
      if (HttpTokens.isToken(element)) {
        tokens.add(element);
      } else if (!element.isEmpty()) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }
}
