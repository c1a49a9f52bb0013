package dev.sallyport.origin;

import java.util.OptionalInt;

/**
 * An origin of scheme, host and port.
 *
 * <p>It holds every origin that a URL can have, which is more than {@link Origin#parse} reads from
 * a header: URLs know hosts that cannot be registered, such as {@code a!b.com}, {@code a..b} and
 * names longer than the DNS allows. Whoever matches hosts by their shape, as a wildcard does, must
 * refuse those.
 *
 * @param scheme lower case: {@code https}
 * @param host as serialized: {@code foo.com}, {@code 127.0.0.1}, {@code [::1]}
 * @param port empty when it is the scheme's default
 * @see <a href="https://html.spec.whatwg.org/multipage/browsers.html#concept-origin-tuple">HTML,
 *     tuple origin</a>
 */
public record TupleOrigin(String scheme, String host, OptionalInt port) implements Origin {

  /**
   * @throws OriginSyntaxException when no URL has an origin of these three, in this spelling
   */
  public TupleOrigin {
    OriginParser.checkTuple(scheme, host, port);
  }

  /** The tuple of these three; a {@code port} that is the scheme's default is left out. */
  public static TupleOrigin of(String scheme, String host, int port) {
    return new TupleOrigin(
        scheme,
        host,
        port == Schemes.defaultPort(scheme) ? OptionalInt.empty() : OptionalInt.of(port));
  }

  /** The tuple of these two, at the scheme's default port. */
  public static TupleOrigin of(String scheme, String host) {
    return new TupleOrigin(scheme, host, OptionalInt.empty());
  }

  /** The port, or the scheme's default one; empty when the scheme has none. */
  public OptionalInt effectivePort() {
    int standard = Schemes.defaultPort(scheme);
    return port.isPresent() || standard < 0 ? port : OptionalInt.of(standard);
  }

  @Override
  public String serialize() {
    return port.isPresent() ? scheme + "://" + host + ":" + port.getAsInt() : scheme + "://" + host;
  }

  @Override
  public boolean isSameOrigin(Origin other) {
    return equals(other);
  }

  @Override
  public boolean isSameSite(Origin other) {
    return other instanceof TupleOrigin tuple
        && scheme.equals(tuple.scheme)
        && isSchemelesslySameSite(other);
  }

  @Override
  public boolean isSchemelesslySameSite(Origin other) {
    if (!(other instanceof TupleOrigin tuple)) {
      return false;
    }
    return host.equals(tuple.host)
        || PublicSuffixes.get()
            .registrableDomain(host)
            .filter(
                mine ->
                    PublicSuffixes.get()
                        .registrableDomain(tuple.host)
                        .filter(mine::equals)
                        .isPresent())
            .isPresent();
  }

  @Override
  public boolean isPotentiallyTrustworthy() {
    return Schemes.isAuthenticated(scheme) || Hosts.isLoopback(host);
  }

  @Override
  public String toString() {
    return serialize();
  }
}
