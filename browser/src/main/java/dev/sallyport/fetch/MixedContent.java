package dev.sallyport.fetch;

import dev.sallyport.origin.TupleOrigin;
import dev.sallyport.url.Url;
import java.util.Optional;

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
    // DEVIATION LOOPBACK_IS_MIXED_CONTENT
    boolean isTrusted =
        url.isPotentiallyTrustworthy() && !fetching.does(Deviation.LOOPBACK_IS_MIXED_CONTENT);
    // DEVIATION LOCAL_NETWORK_ASKED_FOR
    boolean isLocal =
        fetching.does(Deviation.LOCAL_NETWORK_ASKED_FOR)
            && AddressSpace.named(url).equals(Optional.of(AddressSpace.LOCAL));
    fetching.step(
        "mixed content",
        ANCHOR,
        "the page is of https, and "
            + url.href()
            + (isTrusted
                ? " never leaves the machine"
                : isLocal ? " is of the local network" : " is not encrypted"));
    return !isTrusted && !isLocal;
  }
}
