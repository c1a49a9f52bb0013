package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pages of the internet from what is in the user's own network, unless the user lets them.
 *
 * <p>The Fetch standard knows nothing of it yet; Chromium does it. Of most pages and servers only
 * DNS tells where they are, and the model does not ask: it goes by what the hosts say by
 * themselves, and by what is said of the page.
 *
 * @see <a href="https://wicg.github.io/local-network-access/">Local Network Access</a>
 */
final class LocalNetworkAccess {
  private static final String STEP = "Local Network Access";
  private static final String ANCHOR =
      "https://wicg.github.io/local-network-access/#local-network-access-check";

  private LocalNetworkAccess() {}

  /** What is wrong with a request; null when nothing is known to be. */
  static @Nullable Failure check(Fetching fetching, Request request) {
    // DEVIATION LOCAL_NETWORK_ASKED_FOR
    if (!fetching.does(Deviation.LOCAL_NETWORK_ASKED_FOR)) {
      return null;
    }
    Url url = request.currentUrl();
    AddressSpace target = AddressSpace.named(url).orElse(AddressSpace.PUBLIC);
    boolean isHome = request.isSameOrigin() && url.isPotentiallyTrustworthy();
    if (target == AddressSpace.PUBLIC || isHome) {
      return null;
    }
    Optional<AddressSpace> page = fetching.initiator.addressSpace();
    String where =
        url.href()
            + " is "
            + (target == AddressSpace.LOCAL ? "of the local network" : "this machine");
    if (page.isEmpty()) {
      fetching.step(
          STEP,
          ANCHOR,
          where + ": of a page of the internet, the user would be asked whether it may");
      return null;
    }
    if (page.get().compareTo(target) <= 0) {
      return null;
    }
    boolean isSecure = request.origin.isPotentiallyTrustworthy();
    fetching.step(
        STEP,
        ANCHOR,
        where
            + ", and the page is not: "
            + (isSecure ? "the user has to let it" : "only a page of https may ask the user"));
    return new Failure(
        isSecure ? Reason.LOCAL_NETWORK_PERMISSION_DENIED : Reason.INSECURE_LOCAL_NETWORK,
        false,
        url,
        "",
        Optional.of(url.href()),
        "");
  }
}
