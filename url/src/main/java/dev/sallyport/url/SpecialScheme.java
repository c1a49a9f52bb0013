package dev.sallyport.url;

/**
 * The schemes whose URLs are parsed more leniently, as browsers always have.
 *
 * @see <a href="https://url.spec.whatwg.org/#special-scheme">URL, special scheme</a>
 */
final class SpecialScheme {
  /** Stands for the standard's null. */
  static final int NO_PORT = -1;

  private SpecialScheme() {}

  static boolean isSpecial(String scheme) {
    return scheme.equals("file") || defaultPort(scheme) != NO_PORT;
  }

  /**
   * The port that is left out of URLs, or {@link #NO_PORT}.
   *
   * @see <a href="https://url.spec.whatwg.org/#default-port">URL, default port</a>
   */
  static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      case "ftp" -> 21;
      default -> NO_PORT;
    };
  }
}
