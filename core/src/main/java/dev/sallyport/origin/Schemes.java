package dev.sallyport.origin;

/**
 * What is known of schemes.
 *
 * @see <a href="https://url.spec.whatwg.org/#special-scheme">URL, special scheme</a>
 */
final class Schemes {
  private Schemes() {}

  /** The port that is left out when serializing, or -1 when the scheme has none. */
  static int defaultPort(String scheme) {
    return switch (scheme) {
      case "http", "ws" -> 80;
      case "https", "wss" -> 443;
      case "ftp" -> 21;
      default -> -1;
    };
  }

  /**
   * Whether the URL standard parses the host of such a URL, so that only a canonical one can stand
   * in an origin.
   */
  static boolean isSpecial(String scheme) {
    return defaultPort(scheme) >= 0;
  }

  /** The same text, in one object for all that use the usual schemes. */
  static String shared(String scheme) {
    return switch (scheme) {
      case "https" -> "https";
      case "http" -> "http";
      default -> scheme;
    };
  }

  /** Whether whoever answers under the scheme is known to be who it says. */
  static boolean isAuthenticated(String scheme) {
    return scheme.equals("https") || scheme.equals("wss");
  }
}
