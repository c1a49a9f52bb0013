package dev.sallyport.fetch;

import dev.sallyport.origin.TupleOrigin;
import dev.sallyport.url.Url;

/**
 * Keeps a page that came encrypted from what does not.
 *
 * @see <a href="https://w3c.github.io/webappsec-mixed-content/#should-block-fetch">Mixed
 *     Content</a>
 */
final class MixedContent {
  private static final String ANCHOR =
      "https://w3c.github.io/webappsec-mixed-content/#should-block-fetch";

  private MixedContent() {}

  static boolean isBlocked(Fetching fetching, Request request) {
    Url url = request.currentUrl();
    boolean encrypted = request.origin instanceof TupleOrigin page && page.scheme().equals("https");
    if (!encrypted || !url.scheme().equals("http")) {
      return false;
    }
    // DEVIATION LOCALHOST_IS_MIXED_CONTENT
    boolean trusted =
        url.isPotentiallyTrustworthy()
            && !(fetching.does(Deviation.LOCALHOST_IS_MIXED_CONTENT)
                && url.host().filter(host -> host.endsWith("localhost")).isPresent());
    fetching.step(
        "mixed content",
        ANCHOR,
        "the page is of https, and "
            + url.href()
            + (trusted ? " never leaves the machine" : " is not encrypted"));
    return !trusted;
  }
}
