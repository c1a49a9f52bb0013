package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginPatternException;
import dev.sallyport.origin.OriginSyntaxException;
import dev.sallyport.origin.Printable;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code upstream}: the URL of the server that a route calls. */
final class UpstreamReader {
  static final String EXAMPLE = "https://photos.bar.com/api";

  private UpstreamReader() {}

  /** The upstream that {@code value} says; otherwise a problem. */
  static Optional<Upstream> read(Reading reading, Value value) {
    Optional<Scalar> url = reading.text(value, "upstream", EXAMPLE);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(url.get().text()));
    } catch (Fault e) {
      reading.error(
          value.place(),
          "upstream \"" + Printable.of(withoutSecrets(url.get().text())) + "\" " + e.text());
      return Optional.empty();
    }
  }

  /** The URL as it may be shown: without what may be a password or a key in it. */
  private static String withoutSecrets(String url) {
    int at = url.lastIndexOf('@');
    int schemeEnd = url.indexOf("://");
    String open =
        at < 0
            ? url
            : url.substring(0, schemeEnd < 0 ? 0 : schemeEnd + 3) + "***" + url.substring(at);
    int query = open.indexOf('?');
    return query < 0 ? open : open.substring(0, query) + "?***";
  }

  private static Upstream parse(String url) throws Fault {
    int schemeEnd = url.indexOf("://");
    if (schemeEnd < 0) {
      throw new Fault(
          url.indexOf('@') < 0
              ? "has no scheme. Did you mean https://" + Printable.of(url) + "?"
              : "has no scheme. Write one such as " + EXAMPLE + ".");
    }
    boolean tls = isTls(url.substring(0, schemeEnd).toLowerCase(Locale.ROOT));
    int authorityEnd = authorityEnd(url, schemeEnd + 3);
    String authority = url.substring(schemeEnd + 3, authorityEnd);
    if (authority.indexOf('@') >= 0) {
      throw new Fault(
          "has a user or password, which would be shown in logs. Remove it, and set the authorization header in"
              + " request.setHeaders.");
    }
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = (hasPort ? authority.substring(0, colon) : authority).toLowerCase(Locale.ROOT);
    checkHost(host, tls, url.substring(schemeEnd + 3 + host.length()));
    OptionalInt port = hasPort ? port(authority.substring(colon + 1), tls) : OptionalInt.empty();
    return new Upstream(tls, host, port, path(url.substring(authorityEnd)));
  }

  private static boolean isTls(String scheme) throws Fault {
    return switch (scheme) {
      case "https" -> true;
      case "http" -> false;
      case "wss", "ws" ->
          throw new Fault(
              "has the scheme of WebSockets. Write "
                  + (scheme.equals("wss") ? "https" : "http")
                  + ":// instead.");
      default -> throw new Fault("is neither http nor https. Write one such as " + EXAMPLE + ".");
    };
  }

  private static int authorityEnd(String url, int start) {
    int end = start;
    while (end < url.length() && "/?#\\".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static void checkHost(String host, boolean tls, String rest) throws Fault {
    if (host.indexOf('*') >= 0) {
      throw new Fault(
          "has \"*\", and an upstream is one server. Name it, such as " + EXAMPLE + ".");
    }
    String origin = (tls ? "https://" : "http://") + host;
    try {
      Origin.parse(origin);
    } catch (OriginSyntaxException e) {
      throw new Fault("is not valid: " + e.why() + ". " + hostFix(origin, Printable.of(rest)));
    }
    if (CloudMetadata.isAt(host)) {
      throw new Fault(
          "is the metadata service of a cloud, which hands out the machine's credentials; it is never called."
              + " Name the API itself.");
    }
  }

  private static String hostFix(String origin, String rest) {
    try {
      OriginPattern.parse(origin);
    } catch (OriginPatternException e) {
      return e.suggestion()
          .map(suggestion -> "Did you mean " + suggestion + rest + "?")
          .orElse("Write one such as " + EXAMPLE + ".");
    }
    return "Write one such as " + EXAMPLE + ".";
  }

  private static OptionalInt port(String digits, boolean tls) throws Fault {
    int port =
        digits.length() <= 5 && !digits.startsWith("-")
            ? Quantity.wholeNumber(digits).orElse(0L).intValue()
            : 0;
    if (port < 1 || port > 65_535) {
      throw new Fault("has no port from 1 to 65535. Write one, or none for the scheme's own.");
    }
    return port == (tls ? 443 : 80) ? OptionalInt.empty() : OptionalInt.of(port);
  }

  private static String path(String path) throws Fault {
    return path.isEmpty() ? "" : UrlPath.parse(path);
  }
}
