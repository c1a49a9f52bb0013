package dev.sallyport.url;

/** Makes any text fit to be quoted in one line of a message. */
final class Quote {
  private static final int MOST = 128;

  private Quote() {}

  /**
   * At most 128 characters between quotation marks, with everything outside printable ASCII
   * escaped, so that a log line stays a line.
   */
  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(Math.min(text.length(), MOST) + 16).append('"');
    for (int i = 0; i < text.length() && i < MOST; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append(text.length() > MOST ? "…\"" : "\"").toString();
  }

  static String quote(int codePoint) {
    return quote(Character.toString(codePoint));
  }
}
