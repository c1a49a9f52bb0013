package dev.sallyport.origin;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * Guesses what somebody meant who wrote no pattern; only ever offered in a message, never acted
 * upon.
 */
final class OriginRepair {
  private OriginRepair() {}

  /** A pattern close to {@code text}; empty when none is clear. */
  static Optional<String> suggest(String text) {
    String repaired = text.strip();
    if (repaired.startsWith("//")) {
      repaired = "https:" + repaired;
    } else if (repaired.startsWith("localhost")
        || repaired.startsWith("127.")
        || repaired.startsWith("[::1]")) {
      repaired = "http://" + repaired;
    } else if (!repaired.contains("://")) {
      if (repaired.indexOf('.') < 0) {
        return Optional.empty();
      }
      repaired = "https://" + repaired;
    }
    int hostStart = repaired.indexOf("://") + 3;
    String scheme = repaired.substring(0, hostStart - 3).toLowerCase(Locale.ROOT);
    String rest =
        repaired.substring(hostStart).replaceFirst("[/?#\\\\].*$", "").replaceFirst("^.*@", "");
    if (scheme.equals("http*")
        || scheme.equals("*")
        || scheme.equals("http(s)")
        || scheme.equals("https?")) {
      scheme = "https";
    }
    if (scheme.equals("wss") || scheme.equals("ftp")) {
      scheme = "https";
    } else if (scheme.equals("ws")) {
      scheme = "http";
    }
    int portStart =
        rest.lastIndexOf(':') > rest.lastIndexOf(']') ? rest.lastIndexOf(':') : rest.length();
    String port = rest.substring(portStart).replaceFirst("^:0+(?=\\d)", ":");
    if (port.equals(":") || port.equals(":" + Schemes.defaultPort(scheme))) {
      port = "";
    }
    String candidate = scheme + "://" + host(rest.substring(0, portStart)) + port;
    return candidate.equals(text) || !isPattern(candidate)
        ? Optional.empty()
        : Optional.of(candidate);
  }

  private static String host(String host) {
    String lower = host.toLowerCase(Locale.ROOT);
    // "*foo.com" would match evilfoo.com wherever it is understood; "*.foo.com" is what is safe.
    String dotted =
        lower.startsWith("*") && !lower.startsWith("*.") ? "*." + lower.substring(1) : lower;
    try {
      return dotted.startsWith("[") || dotted.startsWith("*.")
          ? dotted.startsWith("*.") ? "*." + IDN.toASCII(dotted.substring(2)) : dotted
          : IDN.toASCII(dotted);
    } catch (IllegalArgumentException e) {
      return dotted;
    }
  }

  private static boolean isPattern(String candidate) {
    try {
      PatternParser.parseOrigin(candidate);
      return true;
    } catch (OriginSyntaxException e) {
      return false;
    }
  }
}
