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
public final class ResourcePolicyCheck {
  private static final String HEADER = "Cross-Origin-Resource-Policy";

  private ResourcePolicyCheck() {}

  /** Null when it may. */
  static @Nullable Failure check(Fetching fetching, Request request, Response response) {
    EmbedderPolicy embedderPolicy = fetching.initiator.embedderPolicy();
    Optional<String> value = Optional.ofNullable(response.headers().get(HEADER));
    Url url = request.currentUrl();
    Optional<String> broken = broken(request.origin, embedderPolicy, url, value, false);
    if (value.isEmpty() && broken.isEmpty()) {
      return null;
    }
    String said = value.map(found -> HEADER + " " + found).orElse("no " + HEADER);
    String page = request.origin.serialize();
    fetching.step(
        "cross-origin resource policy check",
        "cross-origin-resource-policy-check",
        broken.isEmpty()
            ? said + " lets " + page + " have it"
            : said + " keeps it from " + page + because(value, embedderPolicy));
    return broken
        .map(
            policy -> new Failure(reason(value, policy), false, url, HEADER, value, "cross-origin"))
        .orElse(null);
  }

  private static String because(Optional<String> value, EmbedderPolicy embedderPolicy) {
    return isOne(value)
        ? ""
        : ", whose Cross-Origin-Embedder-Policy is " + embedderPolicy.keyword();
  }

  private static Reason reason(Optional<String> value, String policy) {
    if (!isOne(value)) {
      return Reason.EMBEDDER_POLICY;
    }
    return policy.equals("same-site")
        ? Reason.RESOURCE_POLICY_SAME_SITE
        : Reason.RESOURCE_POLICY_SAME_ORIGIN;
  }

  /**
   * The policy that the answer has, or that the page's demand makes of none, and that keeps it from
   * the page; empty when nothing does.
   *
   * @param value of the header
   */
  public static Optional<String> broken(
      Origin page,
      EmbedderPolicy embedderPolicy,
      Url url,
      Optional<String> value,
      boolean forNavigation) {
    // 1.
    if (forNavigation && embedderPolicy == EmbedderPolicy.UNSAFE_NONE) {
      return Optional.empty();
    }
    // 2. to 4. A value that is none of the three says nothing.
    String policy = isOne(value) ? value.orElseThrow() : implied(embedderPolicy, forNavigation);
    // 5.
    boolean broken =
        switch (policy) {
          case "same-origin" -> !page.isSameOrigin(url.origin());
          case "same-site" -> !isOfSite(page, url.origin(), url);
          default -> false;
        };
    return broken ? Optional.of(policy) : Optional.empty();
  }

  private static boolean isOne(Optional<String> value) {
    return value
        .filter(
            said ->
                said.equals("same-origin")
                    || said.equals("same-site")
                    || said.equals("cross-origin"))
        .isPresent();
  }

  private static String implied(EmbedderPolicy embedderPolicy, boolean forNavigation) {
    return switch (embedderPolicy) {
      case UNSAFE_NONE -> "";
      case REQUIRE_CORP -> "same-origin";
      // The request went without credentials, unless it navigates.
      case CREDENTIALLESS -> forNavigation ? "same-origin" : "";
    };
  }

  private static boolean isOfSite(Origin page, Origin target, Url url) {
    boolean downgraded =
        url.scheme().equals("https")
            && !(page instanceof TupleOrigin tuple && tuple.scheme().equals("https"));
    return page.isSchemelesslySameSite(target) && !downgraded;
  }
}
