package dev.sallyport.origin;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which origins a policy means: one, every host under a domain, every port of a host, or all.
 *
 * <table>
 * <caption>The whole grammar</caption>
 * <tr><th>pattern</th><th>matches</th><th>does not match</th></tr>
 * <tr><td>{@code https://foo.com}</td><td>{@code https://foo.com}</td>
 *     <td>{@code http://foo.com}, {@code https://www.foo.com}, {@code https://foo.com:8443}</td></tr>
 * <tr><td>{@code https://*.foo.com}</td><td>{@code https://a.foo.com}, {@code https://a.b.foo.com}</td>
 *     <td>{@code https://foo.com}, {@code https://barfoo.com}, {@code https://a.foo.com:8443}</td></tr>
 * <tr><td>{@code http://localhost:*}</td><td>{@code http://localhost}, {@code http://localhost:3000}</td>
 *     <td>{@code https://localhost}</td></tr>
 * <tr><td>{@code https://*.foo.com:*}</td><td>{@code https://a.foo.com:8443}</td><td>{@code https://foo.com:8443}</td></tr>
 * <tr><td>{@code null}</td><td>every opaque origin: sandboxed frames, {@code data:}, files</td><td></td></tr>
 * <tr><td>{@code *}</td><td>every origin</td><td></td></tr>
 * </table>
 *
 * <p>There are no regular expressions: the faults that browsers' users met most (unanchored,
 * unescaped, guessed) cannot be written.
 */
public sealed interface OriginPattern {

  /** What {@code *} means. */
  record Any() implements OriginPattern {
    @Override
    public boolean matches(Origin origin) {
      return true;
    }

    @Override
    public String toString() {
      return "*";
    }
  }

  /** What {@code null} means. */
  record Null() implements OriginPattern {
    @Override
    public boolean matches(Origin origin) {
      return origin instanceof OpaqueOrigin;
    }

    @Override
    public String toString() {
      return "null";
    }
  }

  /** One origin. */
  record Exact(TupleOrigin origin) implements OriginPattern {
    @Override
    public boolean matches(Origin other) {
      return origin.equals(other);
    }

    @Override
    public boolean isInsecure() {
      return OriginPattern.isInsecure(origin.scheme(), origin.host());
    }

    @Override
    public String toString() {
      return origin.serialize();
    }
  }

  /**
   * The hosts under {@code domain}, or {@code domain} itself at any port.
   *
   * @param scheme as in an origin
   * @param subdomains whether one or more labels stand before {@code domain}; otherwise the host is
   *     {@code domain}
   * @param domain the host, or what follows {@code *.}
   * @param anyPort whether every port will do; {@code port} is empty then
   * @param port as in an origin: empty for the scheme's default
   */
  record Wildcard(
      String scheme, boolean subdomains, String domain, boolean anyPort, OptionalInt port)
      implements OriginPattern {
    @Override
    public boolean matches(Origin origin) {
      return origin instanceof TupleOrigin tuple
          && tuple.scheme().equals(scheme)
          && (anyPort || tuple.port().equals(port))
          && matchesHost(tuple.host());
    }

    private boolean matchesHost(String host) {
      return subdomains
          ? host.length() > domain.length() + 1
              && host.endsWith(domain)
              && host.charAt(host.length() - domain.length() - 1) == '.'
              && Hosts.fault(host, Schemes.isSpecial(scheme)) == null
          : host.equals(domain);
    }

    @Override
    public boolean isInsecure() {
      return OriginPattern.isInsecure(scheme, domain);
    }

    @Override
    public Optional<String> publicSuffix() {
      return subdomains && Schemes.isSpecial(scheme) && !Hosts.isLoopback(domain)
          ? PublicSuffixes.get().publicSuffixWithin(domain)
          : Optional.empty();
    }

    @Override
    public String toString() {
      String suffix = anyPort ? ":*" : port.isPresent() ? ":" + port.getAsInt() : "";
      return scheme + "://" + (subdomains ? "*." : "") + domain + suffix;
    }
  }

  /** Whether {@code origin} is among those that this pattern means. */
  boolean matches(Origin origin);

  /**
   * Parses a pattern.
   *
   * @throws OriginPatternException when {@code text} is none; it carries what to write instead,
   *     where that is clear
   */
  static OriginPattern parse(String text) {
    if (text.equals("*")) {
      return new Any();
    }
    if (text.equals("null")) {
      return new Null();
    }
    try {
      return parseOrigin(text);
    } catch (OriginSyntaxException e) {
      throw new OriginPatternException(text, e.why(), OriginRepair.suggest(text));
    }
  }

  private static OriginPattern parseOrigin(String text) {
    OriginParser.Split split = OriginParser.split(text);
    String scheme = split.scheme();
    OriginParser.checkScheme(text, scheme);
    checkThatPagesHave(text, scheme);
    boolean anyPort = "*".equals(split.port());
    OptionalInt port =
        anyPort ? OptionalInt.empty() : OriginParser.port(text, scheme, split.port());
    boolean subdomains = split.host().startsWith("*.");
    String domain = subdomains ? split.host().substring(2) : split.host();
    if (subdomains && Hosts.isIpAddress(domain)) {
      throw new OriginSyntaxException(text, "an IP address has no subdomains");
    }
    OriginParser.check(scheme, domain, port);
    return anyPort || subdomains
        ? new Wildcard(scheme, subdomains, domain, anyPort, port)
        : new Exact(new TupleOrigin(scheme, domain, port));
  }

  /** Browsers know origins of these schemes, and load no page from them that could ask. */
  private static void checkThatPagesHave(String text, String scheme) {
    if (Set.of("ws", "wss", "ftp").contains(scheme)) {
      throw new OriginSyntaxException(
          text, "no page is of " + scheme + ":, and what opens a WebSocket is of http: or https:");
    }
    if (Set.of("about", "blob", "data", "javascript", "view-source").contains(scheme)) {
      throw new OriginSyntaxException(
          text,
          "pages of " + scheme + ": have the origin of the page that made them, or an opaque one");
    }
  }

  /**
   * Whether what an origin of this pattern sends or reads can be changed on the way: a scheme
   * without encryption, and not the machine itself. Schemes of applications, such as {@code
   * capacitor}, are not judged.
   */
  default boolean isInsecure() {
    return false;
  }

  /**
   * The public suffix under which this pattern means all hosts, so that anybody can register a name
   * that it matches; empty when there is none.
   */
  default Optional<String> publicSuffix() {
    return Optional.empty();
  }

  private static boolean isInsecure(String scheme, String host) {
    return Schemes.isSpecial(scheme) && !Schemes.isAuthenticated(scheme) && !Hosts.isLoopback(host);
  }
}
