package dev.sallyport.origin;

import dev.sallyport.origin.OriginPattern.Any;
import dev.sallyport.origin.OriginPattern.Exact;
import dev.sallyport.origin.OriginPattern.Except;
import dev.sallyport.origin.OriginPattern.Null;
import dev.sallyport.origin.OriginPattern.Wildcard;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a pattern means, in words and by examples that the pattern was asked about: for people who
 * wonder what theirs does.
 *
 * @param pattern the pattern
 * @param meaning what it matches, as a sentence without its full stop
 * @param matches origins that it matches
 * @param misses origins that look as if, and that it does not match
 * @param dangers what its author would want to know, a sentence each
 */
public record PatternReading(
    OriginPattern pattern,
    String meaning,
    List<String> matches,
    List<Miss> misses,
    List<String> dangers) {

  /**
   * An origin that a pattern does not match.
   *
   * @param origin its serialization
   * @param why a clause: {@code the port is another}
   */
  public record Miss(String origin, String why) {}

  /** Keeps copies of the lists. */
  public PatternReading {
    matches = List.copyOf(matches);
    misses = List.copyOf(misses);
    dangers = List.copyOf(dangers);
  }

  /** Reads {@code pattern}. */
  public static PatternReading of(OriginPattern pattern) {
    OriginPattern read = pattern instanceof Except except ? except.excluded() : pattern;
    List<String> matches = new ArrayList<>();
    List<Miss> misses = new ArrayList<>();
    for (Miss each : candidates(read)) {
      if (Origin.tryParse(each.origin()).filter(read::matches).isPresent()) {
        matches.add(each.origin());
      } else {
        misses.add(each);
      }
    }
    String meaning = meaning(read);
    return new PatternReading(
        pattern,
        pattern instanceof Except ? "takes out of the other patterns: " + meaning : meaning,
        matches,
        misses,
        pattern instanceof Except ? List.of() : dangers(read));
  }

  private static String meaning(OriginPattern pattern) {
    if (pattern instanceof Any) {
      return "every origin";
    }
    if (pattern instanceof Null) {
      return "every opaque origin, which is sent as null: sandboxed frames, data: URLs, files";
    }
    if (pattern instanceof Exact exact) {
      return "the origin " + exact.origin().serialize() + " and no other";
    }
    Wildcard wildcard = (Wildcard) pattern;
    String host = "the host " + wildcard.domain();
    if (wildcard.label().equals("*")) {
      host =
          "every host under " + wildcard.domain() + ", at any depth, but not " + wildcard.domain();
    } else if (wildcard.subdomains()) {
      int star = wildcard.label().indexOf('*');
      host =
          "the hosts "
              + wildcard.label()
              + "."
              + wildcard.domain()
              + ", where * is one or more of a to z, 0 to 9, hyphen and "
              + "underscore, within one label";
      if (star == 0) {
        host += ", and the label is no punycode";
      }
    }
    String port =
        wildcard.anyPort()
            ? "at any port"
            : wildcard.port().isPresent()
                ? "at port " + wildcard.port().getAsInt()
                : "at the default port";
    return host + ", by " + wildcard.scheme() + ", " + port;
  }

  private static List<String> dangers(OriginPattern pattern) {
    List<String> dangers = new ArrayList<>();
    pattern
        .publicSuffix()
        .ifPresent(
            suffix ->
                dangers.add(
                    "Anybody can register a name that it matches: "
                        + suffix
                        + " is a public suffix."));
    if (pattern.isInsecure()) {
      dangers.add("Its pages are not encrypted: whoever is on the way can write into them.");
    }
    if (pattern instanceof Any) {
      dangers.add("It cannot be had with credentials.");
    }
    if (pattern instanceof Null) {
      dangers.add("Any site can make a frame whose origin is null.");
    }
    return dangers;
  }

  /** Origins that are worth asking about; why each is no match, should it be none. */
  private static List<Miss> candidates(OriginPattern pattern) {
    if (pattern instanceof Exact exact) {
      return around(exact.origin().scheme(), exact.origin().host(), portOf(exact), "");
    }
    if (pattern instanceof Wildcard wildcard) {
      return wildcard.subdomains()
          ? under(wildcard)
          : around(wildcard.scheme(), wildcard.domain(), portOf(wildcard), ":8443");
    }
    return List.of(
        new Miss("https://foo.com", "it is a tuple origin"),
        new Miss("null", "the origin is opaque"));
  }

  private static String portOf(OriginPattern pattern) {
    OptionalInt port =
        pattern instanceof Exact exact ? exact.origin().port() : ((Wildcard) pattern).port();
    return port.isPresent() ? ":" + port.getAsInt() : "";
  }

  private static List<Miss> around(String scheme, String host, String port, String otherPort) {
    List<Miss> around = new ArrayList<>();
    around.add(new Miss(scheme + "://" + host + port, ""));
    if (!otherPort.isEmpty()) {
      around.add(new Miss(scheme + "://" + host + otherPort, ""));
    }
    addOtherScheme(scheme, host + port, around);
    if (!Hosts.isIpAddress(host)) {
      around.add(new Miss(scheme + "://www." + host + port, "a host under it is another host"));
      around.add(new Miss(scheme + "://evil" + host + port, "the host is another"));
      around.add(new Miss(scheme + "://" + host + ".evil.com" + port, "the host is another"));
    }
    around.add(
        new Miss(
            scheme + "://" + host + (port.equals(":8444") ? ":8445" : ":8444"),
            "the port is another"));
    return around;
  }

  private static List<Miss> under(Wildcard pattern) {
    String scheme = pattern.scheme();
    String domain = pattern.domain();
    String port = portOf(pattern);
    List<Miss> under = new ArrayList<>();
    String label = pattern.label().equals("*") ? "a" : pattern.label().replace("*", "1");
    under.add(new Miss(scheme + "://" + label + "." + domain + port, ""));
    String longer = pattern.label().equals("*") ? "a.b" : pattern.label().replace("*", "1-2");
    under.add(new Miss(scheme + "://" + longer + "." + domain + port, ""));
    if (!pattern.label().equals("*")) {
      under.add(new Miss(scheme + "://a." + label + "." + domain + port, "it is a label too many"));
      under.add(
          new Miss(
              scheme + "://" + pattern.label().replace("*", "") + "." + domain + port,
              "nothing stands for *"));
    }
    under.add(new Miss(scheme + "://" + domain + port, "the domain is not under itself"));
    under.add(
        new Miss(
            scheme + "://" + label + domain + port,
            "a dot is missing, so that the domain is another"));
    under.add(
        new Miss(
            scheme + "://" + label + "." + domain + ".evil.com" + port, "the domain is another"));
    addOtherScheme(scheme, label + "." + domain + port, under);
    under.add(
        new Miss(
            scheme + "://" + label + "." + domain + (port.equals(":8444") ? ":8445" : ":8444"),
            "the port is another"));
    return under;
  }

  private static void addOtherScheme(String scheme, String rest, List<Miss> to) {
    Optional<String> other =
        scheme.equals("https")
            ? Optional.of("http")
            : scheme.equals("http") ? Optional.of("https") : Optional.empty();
    other
        .map(name -> name + "://" + rest)
        .filter(text -> Origin.tryParse(text).isPresent())
        .ifPresent(text -> to.add(new Miss(text, "the scheme is another")));
  }
}
