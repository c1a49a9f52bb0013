package dev.sallyport.origin;

import java.util.Optional;

/**
 * Who a page is to a browser: a {@linkplain TupleOrigin tuple} of scheme, host and port, or an
 * {@linkplain OpaqueOrigin opaque} value that equals nothing but itself.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/browsers.html#concept-origin">HTML,
 *     origin</a>
 */
public sealed interface Origin permits TupleOrigin, OpaqueOrigin {

  /**
   * Parses the ASCII serialization of an origin, as browsers write it into the {@code Origin}
   * header.
   *
   * <p>The text must be canonical already: nothing is trimmed, lower-cased or guessed, because a
   * browser never sends anything else.
   *
   * <table>
   * <caption>What is accepted</caption>
   * <tr><th>text</th><th>result</th></tr>
   * <tr><td>{@code https://foo.com}, {@code http://localhost:3000}, {@code http://127.0.0.1},
   *     {@code http://[::1]:8080}</td><td>tuple origin</td></tr>
   * <tr><td>{@code chrome-extension://abcdef}, {@code capacitor://localhost}</td><td>tuple origin</td></tr>
   * <tr><td>{@code null}</td><td>a new opaque origin</td></tr>
   * <tr><td>{@code https://foo.com/}, {@code https://foo.com:443}, {@code HTTPS://foo.com}, {@code https://Foo.com},
   *     {@code https://u@foo.com}, {@code foo.com}, {@code https://a.com https://b.com}, {@code https://f%6Fo.com},
   *     {@code http://127.1}, {@code http://[0:0::1]}</td><td>rejected</td></tr>
   * </table>
   *
   * @throws OriginSyntaxException when {@code serialized} is not the serialization of an origin
   * @see <a
   *     href="https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin">HTML,
   *     serialization of an origin</a>
   */
  static Origin parse(String serialized) {
    return serialized.equals("null") ? new OpaqueOrigin() : OriginParser.parseTuple(serialized);
  }

  /** Like {@link #parse}, but empty instead of an exception. */
  static Optional<Origin> tryParse(String serialized) {
    try {
      return Optional.of(parse(serialized));
    } catch (OriginSyntaxException e) {
      return Optional.empty();
    }
  }

  /**
   * The ASCII serialization: {@code https://foo.com}, {@code http://[::1]:8080}, or {@code null}
   * for an opaque origin.
   *
   * @see <a
   *     href="https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin">HTML,
   *     serialization of an origin</a>
   */
  String serialize();

  /**
   * Whether scheme, host and port are all equal, or both are the same opaque origin.
   *
   * @see <a href="https://html.spec.whatwg.org/multipage/browsers.html#same-origin">HTML, same
   *     origin</a>
   */
  boolean isSameOrigin(Origin other);

  /**
   * Whether the schemes are equal and the origins are {@linkplain #isSchemelesslySameSite
   * schemelessly same site}.
   *
   * @see <a href="https://html.spec.whatwg.org/multipage/browsers.html#same-site">HTML, same
   *     site</a>
   */
  boolean isSameSite(Origin other);

  /**
   * Whether the hosts are equal or share a registrable domain, whatever the schemes and ports; or
   * both are the same opaque origin.
   *
   * @see <a
   *     href="https://html.spec.whatwg.org/multipage/browsers.html#schemelessly-same-site">HTML,
   *     schemelessly same site</a>
   */
  boolean isSchemelesslySameSite(Origin other);

  /**
   * Whether what comes from this origin cannot have been changed on the way: {@code https}, {@code
   * wss}, loopback addresses, {@code localhost} and names under it.
   *
   * @see <a href="https://w3c.github.io/webappsec-secure-contexts/#is-origin-trustworthy">Secure
   *     Contexts, is origin potentially trustworthy</a>
   */
  boolean isPotentiallyTrustworthy();
}
