package dev.sallyport.doctor.probe;

import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.WireRequest;
import dev.sallyport.origin.TupleOrigin;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines that a browser sends beside those of the model. */
final class BrowserHeaders {
  static final Header USER_AGENT =
      new Header("User-Agent", "Mozilla/5.0 (compatible; Sallyport probe)");

  private BrowserHeaders() {}

  static List<Header> of(WireRequest request, Url page, RequestMode mode) {
    List<Header> lines = new ArrayList<>();
    lines.add(USER_AGENT);
    if (request.headers().stream().noneMatch(h -> h.name().equalsIgnoreCase("accept"))) {
      lines.add(new Header("Accept", "*/*"));
    }
    lines.addAll(request.headers());
    referrer(request.url(), page).ifPresent(value -> lines.add(new Header("Referer", value)));
    if (request.url().isPotentiallyTrustworthy()) {
      lines.add(new Header("Sec-Fetch-Site", site(request.url(), page)));
      lines.add(new Header("Sec-Fetch-Mode", mode.keyword()));
      lines.add(new Header("Sec-Fetch-Dest", "empty"));
    }
    return lines;
  }

  /**
   * Under the policy {@code strict-origin-when-cross-origin}, which is every browser's.
   *
   * @see <a
   *     href="https://w3c.github.io/webappsec-referrer-policy/#referrer-policy-strict-origin-when-cross-origin">Referrer
   *     Policy</a>
   */
  private static Optional<String> referrer(Url url, Url page) {
    if (!(page.origin() instanceof TupleOrigin origin)) {
      return Optional.empty();
    }
    if (origin.isSameOrigin(url.origin())) {
      return Optional.of(page.withoutCredentials().hrefWithoutFragment());
    }
    return page.isPotentiallyTrustworthy() && !url.isPotentiallyTrustworthy()
        ? Optional.empty()
        : Optional.of(origin.serialize() + "/");
  }

  /**
   * How near the page is.
   *
   * @see <a href="https://w3c.github.io/webappsec-fetch-metadata/#sec-fetch-site-header">Fetch
   *     Metadata, Sec-Fetch-Site</a>
   */
  private static String site(Url url, Url page) {
    if (page.origin().isSameOrigin(url.origin())) {
      return "same-origin";
    }
    return page.origin().isSameSite(url.origin()) ? "same-site" : "cross-site";
  }
}
