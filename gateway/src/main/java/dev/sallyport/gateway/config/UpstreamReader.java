package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Upstream.Protocol;
import dev.sallyport.gateway.config.Value.Mapping;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.gateway.egress.CloudMetadata;
import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginPatternException;
import dev.sallyport.origin.OriginSyntaxException;
import dev.sallyport.origin.Printable;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads {@code upstream}: the URL of the server that a route calls, or that and how it is called.
 */
final class UpstreamReader {
  static final String EXAMPLE = "https://photos.bar.com/api";

  /** Stands for one that is a problem, so that the rest of its route is read. */
  static final Upstream NONE = new Upstream(true, "", OptionalInt.empty(), "");

  private UpstreamReader() {}

  /** The upstream that {@code value} says; otherwise a problem. */
  static Optional<Upstream> read(Reading reading, Value value) {
    return value instanceof Mapping
        ? Fields.open(reading, value, Keys.UPSTREAM, "upstream", EXAMPLE)
            .flatMap(fields -> read(reading, fields))
        : readUrl(reading, value);
  }

  private static Optional<Upstream> read(Reading reading, Fields fields) {
    Optional<Value> url = fields.get("url");
    if (url.isEmpty()) {
      reading.error(fields.place(), "upstream has no url. Add url: " + EXAMPLE + ".");
    }
    Optional<Upstream> named = url.flatMap(value -> readUrl(reading, value));
    Optional<OwnTls> own = fields.get("tls").flatMap(value -> OwnTlsReader.read(reading, value));
    if (fields.get("tls").isPresent() && named.isPresent() && !named.get().tls()) {
      reading.error(
          fields.keyPlace("tls"),
          "tls is for upstreams that are called by https, and \""
              + Printable.of(named.get().toString())
              + "\" is called in clear. Write https:// if it speaks TLS; otherwise remove tls.");
    }
    Protocol protocol =
        fields.choice("protocol", Protocol.values(), Protocol::keyword).orElse(Protocol.AUTO);
    return named.map(upstream -> upstream.with(protocol, own));
  }

  private static Optional<Upstream> readUrl(Reading reading, Value value) {
    if (!(value instanceof Scalar written)) {
      reading.wrongKind(value, "upstream", "text", EXAMPLE);
      return Optional.empty();
    }
    String shown = withoutSecrets(written.text());
    Scalar checked = new Scalar(written.place(), written.kind(), shown);
    if (reading.text(checked, "upstream", EXAMPLE).isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(parse(written.text()));
    } catch (Fault e) {
      reading.error(value.place(), "upstream \"" + Printable.of(shown) + "\" " + e.text());
      return Optional.empty();
    }
  }

  /** The URL as it may be shown: without what may be a password or a key in it. */
  private static String withoutSecrets(String url) {
    int at = url.lastIndexOf('@');
    int schemeEnd = url.indexOf("://");
    int end = pathEnd(url);
    if (at >= 0) {
      String scheme = url.substring(0, schemeEnd < 0 ? 0 : schemeEnd + 3);
      // Behind the query's beginning, the sign may be of a password as well as of the query.
      return scheme + "***" + (at < end ? url.substring(at, end) + masked(url, end) : "");
    }
    return url.substring(0, end) + masked(url, end);
  }

  private static String masked(String url, int end) {
    return end < url.length() ? url.charAt(end) + "***" : "";
  }

  /** Where the query or fragment begins. */
  private static int pathEnd(String url) {
    return endBefore(url, 0, "?#");
  }

  private static int endBefore(String url, int start, String signs) {
    int end = start;
    while (end < url.length() && signs.indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return end;
  }

  private static Upstream parse(String written) throws Fault {
    String url = written.substring(0, pathEnd(written));
    if (url.indexOf('\\') >= 0) {
      throw new Fault(
          "has a backslash, which some servers take for a slash and others do not. Write one such as "
              + EXAMPLE
              + ".");
    }
    int schemeEnd = url.indexOf("://");
    if (schemeEnd < 0) {
      throw withoutScheme(written, url);
    }
    boolean tls = isTls(url.substring(0, schemeEnd).toLowerCase(Locale.ROOT));
    int authorityEnd = endBefore(url, schemeEnd + 3, "/");
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
    if (url.length() < written.length()) {
      throw new Fault(
          "has a "
              + (written.charAt(url.length()) == '?' ? "query" : "fragment")
              + ", and only a path can stand here. Remove it.");
    }
    return new Upstream(tls, host, port, path(url.substring(authorityEnd)));
  }

  /**
   * What is said of a URL without {@code ://}.
   *
   * @param url without query and fragment
   */
  private static Fault withoutScheme(String written, String url) {
    if (written.indexOf('@') >= 0) {
      return new Fault("has no scheme. Write one such as " + EXAMPLE + ".");
    }
    int colon = url.indexOf(':');
    String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    if (scheme.equals("http") || scheme.equals("https")) {
      int host = colon + 1;
      while (host < url.length() && url.charAt(host) == '/') {
        host++;
      }
      return new Fault(
          "has no \"//\" after its scheme. " + fix(scheme + "://" + url.substring(host)));
    }
    boolean port =
        colon + 1 < url.length() && url.charAt(colon + 1) >= '0' && url.charAt(colon + 1) <= '9';
    return colon > 0 && !port && scheme.chars().allMatch(UpstreamReader::isOfScheme)
        ? notHttp()
        : new Fault("has no scheme. " + fix("https://" + url));
  }

  private static boolean isOfScheme(int c) {
    return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '-';
  }

  /** Suggests a URL, if it would be read itself. */
  private static String fix(String url) {
    try {
      parse(url);
      return "Did you mean " + Printable.of(url) + "?";
    } catch (Fault fault) {
      return "Write one such as " + EXAMPLE + ".";
    }
  }

  private static Fault notHttp() {
    return new Fault("is neither http nor https. Write one such as " + EXAMPLE + ".");
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
      default -> throw notHttp();
    };
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
