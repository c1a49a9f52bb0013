package dev.sallyport.url;

import dev.sallyport.origin.Origin;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A URL as browsers read it: parsed once, canonical and immutable. Two are equal when they
 * serialize alike.
 *
 * @see <a href="https://url.spec.whatwg.org/#concept-url">URL, URL</a>
 */
public final class Url {
  private final String scheme;
  private final String username;
  private final String password;
  private final @Nullable Host host;
  private final int port;
  private final List<String> segments;
  private final boolean opaquePath;
  private final String path;
  private final @Nullable String query;
  private final @Nullable String fragment;
  private final String href;

  private Url(UrlRecord url) {
    scheme = url.scheme();
    username = url.username.toString();
    password = url.password.toString();
    host = url.host;
    port = url.port;
    opaquePath = url.opaquePath() != null;
    segments = opaquePath ? List.of() : List.copyOf(url.path());
    path = UrlSerializer.urlPathSerializer(url);
    query = url.query() == null ? null : url.query().toString();
    fragment = url.fragment() == null ? null : url.fragment().toString();
    href = UrlSerializer.urlSerializer(this);
  }

  /** All of {@code url} but what is given. */
  private Url(Url url, String username, String password, @Nullable String fragment) {
    scheme = url.scheme;
    this.username = username;
    this.password = password;
    host = url.host;
    port = url.port;
    segments = url.segments;
    opaquePath = url.opaquePath;
    path = url.path;
    query = url.query;
    this.fragment = fragment;
    href = UrlSerializer.urlSerializer(this);
  }

  /**
   * Parses an absolute URL, as an address bar's text or an attribute of a page would be: white
   * space around it is dropped, and what browsers mend is mended.
   *
   * <table>
   * <caption>What comes of it</caption>
   * <tr><th>input</th><th>{@link #href}</th></tr>
   * <tr><td>{@code https://foo.com}</td><td>{@code https://foo.com/}</td></tr>
   * <tr><td>{@code HTTPS:\\Foo.com:443\a\..\b}</td><td>{@code https://foo.com/b}</td></tr>
   * <tr><td>{@code http://0x7f.1/}</td><td>{@code http://127.0.0.1/}</td></tr>
   * <tr><td>{@code https://faß.example/}</td><td>{@code https://xn--fa-hia.example/}</td></tr>
   * <tr><td>{@code foo.com}</td><td>rejected: no scheme</td></tr>
   * <tr><td>{@code https://foo.com:70000/}, {@code https://foo bar/}, {@code https://1.2.3.4.5/},
   *     {@code https://[::1/}</td><td>rejected</td></tr>
   * </table>
   *
   * @throws UrlSyntaxException when {@code input} is no absolute URL
   * @see <a href="https://url.spec.whatwg.org/#concept-url-parser">URL, URL parser</a>
   */
  public static Url parse(String input) {
    return parseAgainst(input, null);
  }

  /**
   * Parses a URL that may be relative to {@code base}, as a link in the page {@code base} is: for
   * {@code https://foo.com/a/b}, {@code c} is {@code https://foo.com/a/c} and {@code //bar.com} is
   * {@code https://bar.com/}.
   *
   * @throws UrlSyntaxException when {@code input} is no URL
   * @see <a href="https://url.spec.whatwg.org/#concept-url-parser">URL, URL parser</a>
   */
  public static Url parse(String input, Url base) {
    return parseAgainst(input, base);
  }

  private static Url parseAgainst(String input, @Nullable Url base) {
    try {
      return new Url(UrlParser.basicUrlParser(input, base));
    } catch (ParsingFailure failure) {
      throw new UrlSyntaxException(input, base, failure);
    }
  }

  /** Like {@link #parse(String)}, but empty instead of an exception. */
  public static Optional<Url> tryParse(String input) {
    return tryParseAgainst(input, null);
  }

  /** Like {@link #parse(String, Url)}, but empty instead of an exception. */
  public static Optional<Url> tryParse(String input, Url base) {
    return tryParseAgainst(input, base);
  }

  private static Optional<Url> tryParseAgainst(String input, @Nullable Url base) {
    try {
      return Optional.of(new Url(UrlParser.basicUrlParser(input, base)));
    } catch (ParsingFailure failure) {
      return Optional.empty();
    }
  }

  /** The scheme in lower case, without the colon: {@code https}. */
  public String scheme() {
    return scheme;
  }

  /**
   * Whether the scheme is {@code http}, {@code https}, {@code ws}, {@code wss}, {@code ftp} or
   * {@code file}.
   *
   * @see <a href="https://url.spec.whatwg.org/#is-special">URL, is special</a>
   */
  public boolean isSpecial() {
    return SpecialScheme.isSpecial(scheme);
  }

  /** The user before {@code @}, percent-encoded; empty when there is none. */
  public String username() {
    return username;
  }

  /** The password before {@code @}, percent-encoded; empty when there is none. */
  public String password() {
    return password;
  }

  /**
   * Whether there is a user or a password.
   *
   * @see <a href="https://url.spec.whatwg.org/#include-credentials">URL, includes credentials</a>
   */
  public boolean includesCredentials() {
    return !username.isEmpty() || !password.isEmpty();
  }

  /**
   * The host as it is serialized: {@code foo.com}, {@code 127.0.0.1}, {@code [::1]}; the empty
   * string in {@code file:///etc/hosts}, empty in {@code data:,} and other URLs without {@code //}.
   */
  public Optional<String> host() {
    return Optional.ofNullable(host).map(Host::serialize);
  }

  /** The IP address that the host is, if it is one; no name is resolved. */
  public Optional<InetAddress> ipAddress() {
    if (host instanceof Ipv4Address ipv4) {
      return Optional.of(inetAddress(ipv4.bytes()));
    }
    if (host instanceof Ipv6Address ipv6) {
      return Optional.of(inetAddress(ipv6.bytes()));
    }
    return Optional.empty();
  }

  private static InetAddress inetAddress(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 bytes are an address", e);
    }
  }

  /** The port; empty when there is none or it is the scheme's default. */
  public OptionalInt port() {
    return port == SpecialScheme.NO_PORT ? OptionalInt.empty() : OptionalInt.of(port);
  }

  /** The port, or the scheme's default one; empty when the scheme has none. */
  public OptionalInt effectivePort() {
    int standard = SpecialScheme.defaultPort(scheme);
    return port != SpecialScheme.NO_PORT || standard == SpecialScheme.NO_PORT
        ? port()
        : OptionalInt.of(standard);
  }

  /**
   * The path as it is serialized: {@code /a/b}, or {@code text/plain,hello} of {@code
   * data:text/plain,hello}.
   *
   * @see <a href="https://url.spec.whatwg.org/#url-path-serializer">URL, URL path serializer</a>
   */
  public String path() {
    return path;
  }

  /**
   * Whether the path is one text and not a list of segments, as in {@code data:,} and {@code
   * mailto:me}; nothing but a fragment can be relative to such a URL.
   *
   * @see <a href="https://url.spec.whatwg.org/#url-opaque-path">URL, opaque path</a>
   */
  public boolean hasOpaquePath() {
    return opaquePath;
  }

  /** What follows the question mark; the empty string when nothing does, empty without one. */
  public Optional<String> query() {
    return Optional.ofNullable(query);
  }

  /** What follows the hash; the empty string when nothing does, empty without one. */
  public Optional<String> fragment() {
    return Optional.ofNullable(fragment);
  }

  /**
   * The serialization, fragment included. Parsing it gives an equal URL.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-url-serializer">URL, URL serializer</a>
   */
  public String href() {
    return href;
  }

  /**
   * The serialization with <i>exclude fragment</i>, as it goes over the wire.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-url-serializer">URL, URL serializer</a>
   */
  public String hrefWithoutFragment() {
    return fragment == null ? href : href.substring(0, href.length() - fragment.length() - 1);
  }

  /** This URL without its fragment. */
  public Url withoutFragment() {
    return fragment == null ? this : new Url(this, username, password, null);
  }

  /** This URL with the fragment of {@code other}, or without one if that has none. */
  public Url withFragmentOf(Url other) {
    return new Url(this, username, password, other.fragment);
  }

  /** This URL without user and password. */
  public Url withoutCredentials() {
    return includesCredentials() ? new Url(this, "", "", fragment) : this;
  }

  /**
   * The origin of this URL.
   *
   * <table>
   * <caption>Origins</caption>
   * <tr><th>URL</th><th>origin</th></tr>
   * <tr><td>http, https, ws, wss, ftp</td><td>tuple of scheme, host and port</td></tr>
   * <tr><td>{@code blob:https://foo.com/…}</td><td>that of the http or https URL within</td></tr>
   * <tr><td>{@code file:}, {@code data:}, {@code about:} and all others</td>
   *     <td>opaque, and a new one at each call</td></tr>
   * </table>
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-url-origin">URL, origin</a>
   */
  public Origin origin() {
    return UrlOrigin.origin(this);
  }

  /**
   * Whether what comes from this URL cannot have been changed on the way: {@code https:}, {@code
   * wss:}, loopback addresses, {@code localhost} and names under it, {@code about:blank}, {@code
   * about:srcdoc}, {@code data:}, and {@code blob:} of those with an origin. {@code file:} too: the
   * standard leaves that to the browser, and Chromium, Firefox and WebKit all trust it.
   *
   * @see <a href="https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy">Secure
   *     Contexts, is url potentially trustworthy</a>
   */
  public boolean isPotentiallyTrustworthy() {
    return UrlOrigin.isUrlPotentiallyTrustworthy(this);
  }

  @Nullable Host hostOrNull() {
    return host;
  }

  /** The segments of the path; none when it is opaque. */
  List<String> segments() {
    return segments;
  }

  /** The path if it is opaque, or else null. */
  @Nullable String opaquePath() {
    return opaquePath ? path : null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Url url && href.equals(url.href);
  }

  @Override
  public int hashCode() {
    return href.hashCode();
  }

  /** The serialization. */
  @Override
  public String toString() {
    return href;
  }
}
