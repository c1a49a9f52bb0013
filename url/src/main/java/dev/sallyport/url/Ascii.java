package dev.sallyport.url;

/**
 * The classes of ASCII code points that the standards name.
 *
 * @see <a href="https://infra.spec.whatwg.org/#code-points">Infra, code points</a>
 */
final class Ascii {
  private Ascii() {}

  static boolean isAlpha(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isHexDigit(int c) {
    return isDigit(c) || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }

  static boolean isAlphanumeric(int c) {
    return isAlpha(c) || isDigit(c);
  }

  static boolean isC0ControlOrSpace(int c) {
    return c >= 0 && c <= ' ';
  }

  static boolean isTabOrNewline(int c) {
    return c == '\t' || c == '\n' || c == '\r';
  }

  static int lowercase(int c) {
    return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
  }

  static boolean isAsciiString(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }
}
