package dev.sallyport.origin;

/** Makes any text fit to be quoted in one line of a message. */
final class Quote {
  private static final int MOST = 128;

  private Quote() {}

  /**
   * At most 128 characters, with everything outside printable ASCII escaped, so that a log line
   * stays a line.
   */
  static String shorten(String text) {
    StringBuilder quoted = new StringBuilder(Math.min(text.length(), MOST) + 16);
    for (int i = 0; i < text.length() && i < MOST; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        quoted.append("\\u").append(String.format("%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return text.length() > MOST ? quoted.append('…').toString() : quoted.toString();
  }
}
