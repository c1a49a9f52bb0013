package dev.sallyport.origin;

/** Makes any text fit to be quoted in one line of a message. */
public final class Printable {
  private static final int MOST = 128;

  private Printable() {}

  /**
   * At most 128 characters, with everything outside printable ASCII escaped, so that a log line
   * stays a line.
   */
  public static String of(String text) {
    StringBuilder printable = new StringBuilder(Math.min(text.length(), MOST) + 16);
    for (int i = 0; i < text.length() && i < MOST; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c > 0x7e) {
        printable.append("\\u").append(String.format("%04x", (int) c));
      } else {
        printable.append(c);
      }
    }
    return text.length() > MOST ? printable.append('…').toString() : printable.toString();
  }
}
