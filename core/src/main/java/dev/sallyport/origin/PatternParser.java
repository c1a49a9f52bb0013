package dev.sallyport.origin;

import dev.sallyport.origin.OriginPattern.Any;
import dev.sallyport.origin.OriginPattern.Exact;
import dev.sallyport.origin.OriginPattern.Except;
import dev.sallyport.origin.OriginPattern.Null;
import dev.sallyport.origin.OriginPattern.Wildcard;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads origin patterns. */
final class PatternParser {
  private static final Set<String> WITHOUT_PAGES = Set.of("ws", "wss", "ftp");
  private static final Set<String> WITHOUT_ORIGIN =
      Set.of("about", "blob", "data", "javascript", "view-source");

  private PatternParser() {}

  static OriginPattern parse(String text) {
    return switch (text) {
      case "*" -> new Any();
      case "null" -> new Null();
      default -> text.startsWith("!") ? parseExclusion(text) : parseWithHost(text);
    };
  }

  private static OriginPattern parseExclusion(String text) {
    String excluded = text.substring(1);
    if (excluded.startsWith("!")) {
      throw new OriginPatternException(text, "it is excluded more than once", Optional.empty());
    }
    OriginPattern pattern;
    try {
      pattern = parse(excluded);
    } catch (OriginPatternException e) {
      throw new OriginPatternException(text, e.why(), e.suggestion().map(mended -> "!" + mended));
    }
    if (pattern instanceof Exact || pattern instanceof Wildcard) {
      return new Except(pattern);
    }
    throw new OriginPatternException(
        text, "only an origin or a pattern with a host can be excluded", Optional.empty());
  }

  private static OriginPattern parseWithHost(String text) {
    try {
      return parseOrigin(text);
    } catch (OriginSyntaxException e) {
      throw new OriginPatternException(text, e.why(), OriginRepair.suggest(text));
    }
  }

  static OriginPattern parseOrigin(String text) {
    OriginParser.Split split = OriginParser.split(text);
    String scheme = Schemes.shared(split.scheme());
    OriginParser.checkScheme(text, scheme);
    checkThatPagesHave(text, scheme);
    boolean anyPort = "*".equals(split.port());
    OptionalInt port =
        anyPort ? OptionalInt.empty() : OriginParser.port(text, scheme, split.port());
    String label = label(text, split.host());
    String domain = label.isEmpty() ? split.host() : split.host().substring(label.length() + 1);
    if (!label.isEmpty() && Hosts.isIpAddress(domain)) {
      throw new OriginSyntaxException(text, "an IP address has no subdomains");
    }
    OriginParser.check(scheme, domain, port);
    return anyPort || !label.isEmpty()
        ? new Wildcard(scheme, label, domain, anyPort, port)
        : new Exact(new TupleOrigin(scheme, domain, port));
  }

  /** The left-most label if it holds the wildcard; empty when it does not. */
  private static String label(String text, String host) {
    int dot = host.indexOf('.');
    String label = dot < 0 ? "" : host.substring(0, dot);
    int star = label.indexOf('*');
    if (star < 0 || label.equals("*")) {
      return star < 0 ? "" : "*";
    }
    String prefix = label.substring(0, star);
    String suffix = label.substring(star + 1);
    if (!(prefix.isEmpty() || prefix.length() > 1 && prefix.endsWith("-"))
        || !(suffix.isEmpty() || suffix.length() > 1 && suffix.startsWith("-"))
        || suffix.indexOf('*') >= 0) {
      throw new OriginSyntaxException(text, Hosts.WILDCARD_FAULT);
    }
    // What stands around the wildcard is held to what a label can be, with a letter in its place.
    String fault = Hosts.fault(prefix + "a" + suffix, false);
    if (fault != null) {
      throw new OriginSyntaxException(text, fault);
    }
    return label;
  }

  /** Browsers know origins of these schemes, and load no page from them that could ask. */
  private static void checkThatPagesHave(String text, String scheme) {
    if (WITHOUT_PAGES.contains(scheme)) {
      throw new OriginSyntaxException(
          text, "no page is of " + scheme + ":, and what opens a WebSocket is of http: or https:");
    }
    if (WITHOUT_ORIGIN.contains(scheme)) {
      throw new OriginSyntaxException(
          text,
          "pages of " + scheme + ": have the origin of the page that made them, or an opaque one");
    }
  }
}
