package dev.sallyport.origin;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Takes the serialization of a tuple origin apart, accepting only what a browser would have
 * written.
 */
final class OriginParser {
  /** No scheme in use comes near this. */
  static final int LONGEST_SCHEME = 64;

  /** Scheme, {@code ://}, a host of 253 characters with a trailing dot, colon and port. */
  static final int LONGEST_ORIGIN = LONGEST_SCHEME + 3 + Hosts.LONGEST + 1 + 6;

  private OriginParser() {}

  static TupleOrigin parseTuple(String text) {
    Split split = split(text);
    OptionalInt port = port(text, split.scheme, split.port);
    check(split.scheme, split.host, port);
    return new TupleOrigin(split.scheme, split.host, port);
  }

  /**
   * The three parts of {@code scheme://host:port}, unchecked; {@code port} is null when there is no
   * colon.
   */
  record Split(String scheme, String host, @Nullable String port) {}

  /**
   * Cuts {@code text} at {@code ://} and at the colon behind the host.
   *
   * @throws OriginSyntaxException when it is too long or has no scheme
   */
  static Split split(String text) {
    if (text.length() > LONGEST_ORIGIN) {
      throw new OriginSyntaxException(text, "it is longer than " + LONGEST_ORIGIN + " characters");
    }
    if (!text.equals(text.strip())) {
      throw new OriginSyntaxException(text, "it begins or ends with a blank");
    }
    if (text.indexOf(' ') >= 0 || text.indexOf(',') >= 0) {
      throw new OriginSyntaxException(text, "it is a list; an origin is only one");
    }
    int schemeEnd = text.indexOf("://");
    if (schemeEnd < 0) {
      throw new OriginSyntaxException(text, "it has no scheme, such as https://");
    }
    int hostStart = schemeEnd + 3;
    int bracket =
        text.startsWith("[", hostStart) || text.startsWith("*.[", hostStart)
            ? text.indexOf(']', hostStart)
            : hostStart;
    if (bracket < 0) {
      throw new OriginSyntaxException(text, "the bracket around the IPv6 address is not closed");
    }
    int colon = text.indexOf(':', bracket);
    return colon < 0
        ? new Split(text.substring(0, schemeEnd), text.substring(hostStart), null)
        : new Split(
            text.substring(0, schemeEnd),
            text.substring(hostStart, colon),
            text.substring(colon + 1));
  }

  /** The port that {@code digits} spell, empty when there are none. */
  static OptionalInt port(String text, String scheme, @Nullable String digits) {
    if (digits == null) {
      return OptionalInt.empty();
    }
    int port =
        digits.isEmpty() || digits.length() > 5 || digits.length() > 1 && digits.charAt(0) == '0'
            ? -1
            : 0;
    for (int i = 0; port >= 0 && i < digits.length(); i++) {
      char c = digits.charAt(i);
      port = c >= '0' && c <= '9' ? port * 10 + c - '0' : -1;
    }
    if (port < 0 || port > 65535) {
      throw new OriginSyntaxException(text, "the port is not a plain number between 0 and 65535");
    }
    if (port == Schemes.defaultPort(scheme)) {
      throw new OriginSyntaxException(
          text, "port " + port + " is the default of " + scheme + " and is left out");
    }
    return OptionalInt.of(port);
  }

  /**
   * Refuses what does not look like a server's origin, even if a URL could have it: what a header
   * or a policy says is untrusted, and nobody serves from {@code https://a!b.com}.
   */
  static void check(String scheme, String host, OptionalInt port) {
    check(scheme, host, port, Hosts.fault(host, Schemes.isSpecial(scheme)));
  }

  /** Holds the invariants of {@link TupleOrigin}, whatever way it came to be. */
  static void checkTuple(String scheme, String host, OptionalInt port) {
    boolean special = Schemes.isSpecial(scheme);
    check(scheme, host, port, special ? Hosts.urlFault(host) : Hosts.fault(host, false));
  }

  private static void check(
      String scheme, String host, OptionalInt port, @Nullable String hostFault) {
    String text = scheme + "://" + host + (port.isPresent() ? ":" + port.getAsInt() : "");
    checkScheme(text, scheme);
    if (hostFault != null) {
      throw new OriginSyntaxException(text, hostFault);
    }
    if (port.isPresent()) {
      port(text, scheme, Integer.toString(port.getAsInt()));
    }
  }

  /**
   * Checks that {@code scheme} is lower case, well formed, and one whose origins are not opaque.
   */
  static void checkScheme(String text, String scheme) {
    boolean wellFormed =
        !scheme.isEmpty() && scheme.length() <= LONGEST_SCHEME && isLowerAlpha(scheme.charAt(0));
    for (int i = 1; wellFormed && i < scheme.length(); i++) {
      char c = scheme.charAt(i);
      wellFormed = isLowerAlpha(c) || c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
    }
    if (!wellFormed) {
      throw new OriginSyntaxException(
          text, "the scheme is not made of lower-case letters, digits, \"+\", \"-\" and \".\"");
    }
    if (scheme.equals("file")) {
      throw new OriginSyntaxException(
          text, "pages of file: have an opaque origin, which browsers send as null");
    }
  }

  private static boolean isLowerAlpha(char c) {
    return c >= 'a' && c <= 'z';
  }
}
