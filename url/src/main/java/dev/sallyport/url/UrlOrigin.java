package dev.sallyport.url;

import dev.sallyport.origin.OpaqueOrigin;
import dev.sallyport.origin.Origin;
import dev.sallyport.origin.TupleOrigin;
import java.util.Optional;

/** The origin of a URL, and how far a page from it is trusted. */
final class UrlOrigin {
  private UrlOrigin() {}

  /**
   * The origin that a page at the URL has.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-url-origin">URL, origin</a>
   */
  static Origin origin(Url url) {
    return switch (url.scheme()) {
      case "blob" -> blobOrigin(url);
      case "ftp", "http", "https", "ws", "wss" ->
          new TupleOrigin(url.scheme(), url.host().orElseThrow(), url.port());
      // The standard leaves file: open and counsels an opaque origin; so do browsers, which send
      // "Origin: null" from such pages.
      case "file" -> new OpaqueOrigin();
      default -> new OpaqueOrigin();
    };
  }

  /** The case of {@code blob}. */
  private static Origin blobOrigin(Url url) {
    // DEVIATION 1: there is no blob URL store, so no entry to ask.
    return pathUrl(url).map(UrlOrigin::origin).orElseGet(OpaqueOrigin::new);
  }

  /**
   * Steps 2 to 5 of the case of {@code blob}: the URL within, when it is one whose origin is the
   * blob's.
   */
  private static Optional<Url> pathUrl(Url url) {
    return Url.tryParse(url.path())
        .filter(
            pathUrl ->
                switch (pathUrl.scheme()) {
                  case "http", "https", "file" -> true;
                  default -> false;
                });
  }

  /**
   * Whether what comes from the URL cannot have been changed on the way.
   *
   * @see <a href="https://w3c.github.io/webappsec-secure-contexts/#is-url-trustworthy">Secure
   *     Contexts, is url potentially trustworthy</a>
   */
  static boolean isUrlPotentiallyTrustworthy(Url url) {
    // 1.
    if (matchesAboutBlank(url) || matchesAboutSrcdoc(url)) {
      return true;
    }
    return switch (url.scheme()) {
      // 2.
      case "data" -> true;
      // DEVIATION 3: "is origin potentially trustworthy" trusts the scheme file in its step 6, as
      // Chromium, Firefox and WebKit do, but the origin is opaque here and does not tell.
      case "file" -> true;
      case "blob" -> pathUrl(url).filter(UrlOrigin::isUrlPotentiallyTrustworthy).isPresent();
      // 3.
      default -> url.origin().isPotentiallyTrustworthy();
    };
  }

  /**
   * Whether the URL is about:blank, whatever its query and fragment.
   *
   * @see <a
   *     href="https://html.spec.whatwg.org/multipage/urls-and-fetching.html#matches-about:blank">HTML,
   *     matches about:blank</a>
   */
  private static boolean matchesAboutBlank(Url url) {
    return url.scheme().equals("about") && url.path().equals("blank");
  }

  /**
   * Whether the URL is about:srcdoc, whatever its fragment.
   *
   * @see <a
   *     href="https://html.spec.whatwg.org/multipage/urls-and-fetching.html#matches-about:srcdoc">HTML,
   *     matches about:srcdoc</a>
   */
  private static boolean matchesAboutSrcdoc(Url url) {
    return url.scheme().equals("about") && url.path().equals("srcdoc") && url.query().isEmpty();
  }
}
