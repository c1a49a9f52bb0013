package dev.sallyport.origin;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which origins a policy means: one, every host under a domain, every port of a host, or all; or,
 * behind {@code !}, which of them it does not mean.
 *
 * <table>
 * <caption>The whole grammar</caption>
 * <tr><th>pattern</th><th>matches</th><th>does not match</th></tr>
 * <tr><td>{@code https://foo.com}</td><td>{@code https://foo.com}</td>
 *     <td>{@code http://foo.com}, {@code https://www.foo.com}, {@code https://foo.com:8443}</td></tr>
 * <tr><td>{@code https://*.foo.com}</td><td>{@code https://a.foo.com}, {@code https://a.b.foo.com}</td>
 *     <td>{@code https://foo.com}, {@code https://barfoo.com}, {@code https://a.foo.com:8443}</td></tr>
 * <tr><td>{@code https://pr-*.foo.com}, {@code https://*-web.foo.com}, {@code https://pr-*-web.foo.com}</td>
 *     <td>{@code https://pr-7.foo.com}, {@code https://pr-7-a.foo.com}</td>
 *     <td>{@code https://pr-.foo.com}, {@code https://pr-7.a.foo.com}, {@code https://production.foo.com}</td></tr>
 * <tr><td>{@code http://localhost:*}</td><td>{@code http://localhost}, {@code http://localhost:3000}</td>
 *     <td>{@code https://localhost}</td></tr>
 * <tr><td>{@code https://*.foo.com:*}</td><td>{@code https://a.foo.com:8443}</td><td>{@code https://foo.com:8443}</td></tr>
 * <tr><td>{@code null}</td><td>every opaque origin: sandboxed frames, {@code data:}, files</td><td></td></tr>
 * <tr><td>{@code *}</td><td>every origin</td><td></td></tr>
 * <tr><td>{@code !https://evil.foo.com}, {@code !https://*.users.foo.com}</td>
 *     <td>takes out of a policy what the pattern behind {@code !} matches</td><td></td></tr>
 * </table>
 *
 * <p>There are no regular expressions: the faults that browsers' users met most (unanchored,
 * unescaped, guessed) cannot be written. Within a label {@code *} stands next to a hyphen, so that
 * nobody writes {@code pr*} and means less than {@code production}; it never crosses a dot.
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
   * @param label what stands before {@code domain} and its dot: {@code *} for one or more whole
   *     labels, {@code pr-*} for one label that begins so; empty when the host is {@code domain}
   * @param domain the host, or what follows the label
   * @param anyPort whether every port will do; {@code port} is empty then
   * @param port as in an origin: empty for the scheme's default
   */
  record Wildcard(String scheme, String label, String domain, boolean anyPort, OptionalInt port)
      implements OriginPattern {

    /** Whether the host is one under {@code domain}; otherwise it is {@code domain}. */
    public boolean subdomains() {
      return !label.isEmpty();
    }

    @Override
    public boolean matches(Origin origin) {
      return origin instanceof TupleOrigin tuple
          && tuple.scheme().equals(scheme)
          && (anyPort || tuple.port().equals(port))
          && Hosts.fault(tuple.host(), Schemes.isSpecial(scheme)) == null
          && matchesHost(tuple.host(), 0, tuple.host().length());
    }

    /**
     * Whether the host that stands in {@code text} from {@code start} to {@code end} is meant.
     *
     * @param text where the host's characters and the lengths of its labels have been checked
     */
    boolean matchesHost(String text, int start, int end) {
      int domainStart = end - domain.length();
      if (domainStart < start || !text.startsWith(domain, domainStart)) {
        return false;
      }
      if (label.isEmpty()) {
        return domainStart == start;
      }
      int dot = domainStart - 1;
      return dot > start && text.charAt(dot) == '.' && matchesLabels(text, start, dot);
    }

    private boolean matchesLabels(String text, int start, int end) {
      int prefix = label.indexOf('*');
      int suffix = label.length() - prefix - 1;
      if (prefix == 0 && suffix == 0) {
        return true;
      }
      int firstDot = text.indexOf('.', start);
      return firstDot == end
          && end - start > prefix + suffix
          && text.regionMatches(start, label, 0, prefix)
          && text.regionMatches(end - suffix, label, prefix + 1, suffix)
          // What reads as ASCII must not become another script.
          && (!text.startsWith("xn--", start) || label.startsWith("xn--"));
    }

    @Override
    public boolean isInsecure() {
      return OriginPattern.isInsecure(scheme, domain);
    }

    @Override
    public Optional<String> publicSuffix() {
      if (label.isEmpty() || !Schemes.isSpecial(scheme) || Hosts.isLoopback(domain)) {
        return Optional.empty();
      }
      return label.equals("*")
          ? PublicSuffixes.get().publicSuffixWithin(domain)
          : Optional.of(domain).filter(PublicSuffixes.get()::isPublicSuffix);
    }

    @Override
    public String toString() {
      String suffix = anyPort ? ":*" : port.isPresent() ? ":" + port.getAsInt() : "";
      return scheme + "://" + (label.isEmpty() ? "" : label + ".") + domain + suffix;
    }
  }

  /**
   * What is taken out of the other patterns, wherever it stands among them.
   *
   * @param excluded an {@link Exact} or a {@link Wildcard}
   */
  record Except(OriginPattern excluded) implements OriginPattern {
    /** Whether {@code origin} is among those that are taken out. */
    @Override
    public boolean matches(Origin origin) {
      return excluded.matches(origin);
    }

    @Override
    public String toString() {
      return "!" + excluded;
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
    return PatternParser.parse(text);
  }

  /**
   * Whether {@code text} is one origin of {@code https}, which nothing can be wrong with; false
   * does not say that it is none. It is found much faster than by parsing.
   */
  static boolean isSecureOrigin(String text) {
    return text.startsWith("https://") && OriginScan.scan(text) != OriginScan.INVALID;
  }

  /**
   * The patterns that match all that this one matches, itself left out: {@code https://*.foo.com},
   * {@code https://a.foo.com:*} and others for {@code https://a.foo.com}.
   *
   * <p>They are few, so that a set of patterns can be asked for each of them. What several patterns
   * match together, one of them matches alone, because each leaves out hosts of any depth, labels
   * of any ending or some port; only all 65,536 ports of a host, listed one by one, are not seen to
   * be {@code :*}.
   */
  default List<OriginPattern> wider() {
    return WiderPatterns.of(this);
  }

  /** Whether this pattern matches all that {@code other} matches. */
  default boolean covers(OriginPattern other) {
    return equals(other) || other.wider().contains(this);
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
   * The public suffix under which this pattern means hosts that anybody can register; empty when
   * there is none.
   */
  default Optional<String> publicSuffix() {
    return Optional.empty();
  }

  private static boolean isInsecure(String scheme, String host) {
    return Schemes.isSpecial(scheme) && !Schemes.isAuthenticated(scheme) && !Hosts.isLoopback(host);
  }
}
