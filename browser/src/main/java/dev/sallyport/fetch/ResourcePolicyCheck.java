package dev.sallyport.fetch;

import dev.sallyport.origin.Origin;
import dev.sallyport.origin.TupleOrigin;
import dev.sallyport.url.Url;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether an answer may be embedded by pages of other origins.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check">Fetch,
 *     cross-origin resource policy check</a>
 */
final class ResourcePolicyCheck {
  private static final String HEADER = "Cross-Origin-Resource-Policy";

  private ResourcePolicyCheck() {}

  /** Null when it may. */
  static @Nullable Failure check(Fetching fetching, Request request, Response response) {
    // 5. A value that is none of the three says nothing.
    String policy = response.headers().get(HEADER);
    if (policy == null) {
      return null;
    }
    Url url = request.currentUrl();
    Origin target = url.origin();
    Reason reason =
        switch (policy) {
          case "same-origin" ->
              request.origin.isSameOrigin(target) ? null : Reason.RESOURCE_POLICY_SAME_ORIGIN;
          case "same-site" ->
              isOfSite(request.origin, target, url) ? null : Reason.RESOURCE_POLICY_SAME_SITE;
          default -> null;
        };
    fetching.step(
        "cross-origin resource policy check",
        "cross-origin-resource-policy-check",
        HEADER
            + " "
            + policy
            + (reason == null ? " lets " : " keeps it from ")
            + request.origin.serialize()
            + (reason == null ? " have it" : ""));
    return reason == null
        ? null
        : new Failure(reason, false, url, HEADER, Optional.of(policy), "cross-origin");
  }

  private static boolean isOfSite(Origin page, Origin target, Url url) {
    boolean downgraded =
        url.scheme().equals("https")
            && !(page instanceof TupleOrigin tuple && tuple.scheme().equals("https"));
    return page.isSchemelesslySameSite(target) && !downgraded;
  }
}
