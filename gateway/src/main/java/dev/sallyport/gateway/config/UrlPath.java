package dev.sallyport.gateway.config;

import dev.sallyport.origin.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A path of whole segments as a browser would send it, without a slash at its end; the root is
 * empty.
 */
final class UrlPath {
  /** What RFC 3986 lets stand in a segment as it is, beside letters and digits; not "*". */
  private static final String MARKS = "-._~!$&'()+,;=:@";

  private UrlPath() {}

  /**
   * The path that {@code text} says.
   *
   * @throws Fault when it is none
   */
  static String parse(String text) throws Fault {
    if (!text.startsWith("/")) {
      throw new Fault("does not begin with a slash. Write /" + Printable.of(text) + ".");
    }
    if (text.indexOf('*') >= 0) {
      String whole = text.replace("/**", "").replace("/*", "");
      throw new Fault(
          "has \"*\", and a path covers everything below it already. "
              + (whole.indexOf('*') < 0
                  ? "Write " + (whole.isEmpty() ? "/" : Printable.of(whole)) + "."
                  : "Remove it."));
    }
    if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
      throw new Fault("has a query or fragment, and only a path can stand here. Remove it.");
    }
    String path = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    StringBuilder written = new StringBuilder(path.length());
    for (String segment : path.isEmpty() ? new String[0] : path.substring(1).split("/", -1)) {
      checkSegment(segment);
      written.append('/').append(upperEscapes(segment));
    }
    return written.toString();
  }

  private static void checkSegment(String segment) throws Fault {
    if (segment.isEmpty()) {
      throw new Fault("has an empty segment, \"//\". Write one slash.");
    }
    if (segment.equals(".") || segment.equals("..")) {
      throw new Fault(
          "has the segment \""
              + segment
              + "\", which browsers resolve before they send a request."
              + " Write the path that is meant.");
    }
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%') {
        checkEscape(segment, i);
        i += 2;
      } else if (!isPlain(c)) {
        int character = segment.codePointAt(i);
        throw new Fault(
            String.format("has the character U+%04X, which browsers send as ", character)
                + encoded(character)
                + ". Write it so.");
      }
    }
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || MARKS.indexOf(c) >= 0;
  }

  /**
   * Lets a percent sign begin only a character that cannot be written otherwise: any other is one
   * that two servers would read as two paths.
   */
  private static void checkEscape(String segment, int at) throws Fault {
    int high = at + 2 < segment.length() ? hexDigit(segment.charAt(at + 1)) : -1;
    int low = high < 0 ? -1 : hexDigit(segment.charAt(at + 2));
    if (low < 0) {
      throw new Fault(
          "has a \"%\" without two hexadecimal digits behind it. Write %25 if it is meant as it stands.");
    }
    int c = high * 16 + low;
    if (c < 0x80 && " \"%<>[]^`{|}".indexOf(c) < 0) {
      throw new Fault(
          "has \""
              + segment.substring(at, at + 3)
              + "\", which some servers take for the character itself and others do not. Write the character,"
              + " or another path.");
    }
  }

  private static int hexDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  private static String encoded(int character) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
      encoded.append(String.format("%%%02X", b & 0xff));
    }
    return encoded.toString();
  }

  private static String upperEscapes(String segment) {
    StringBuilder upper = new StringBuilder(segment);
    for (int i = upper.indexOf("%"); i >= 0; i = upper.indexOf("%", i + 1)) {
      upper.replace(i, i + 3, upper.substring(i, i + 3).toUpperCase(Locale.ROOT));
    }
    return upper.toString();
  }
}
