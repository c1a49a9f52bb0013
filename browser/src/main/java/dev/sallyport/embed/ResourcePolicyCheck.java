package dev.sallyport.embed;

import dev.sallyport.embed.AnswerCheck.Fault;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.origin.Origin;
import dev.sallyport.url.Url;
import java.util.Optional;

/**
 * The cross-origin resource policy check.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check">Fetch,
 *     cross-origin resource policy check</a>
 */
final class ResourcePolicyCheck {
  private ResourcePolicyCheck() {}

  /** Why the page may not have the answer; empty when it may. */
  static Optional<Fault> blocked(
      EmbeddingPage page, Url url, ServerAnswer answer, boolean forNavigation) {
    EmbedderPolicy embedderPolicy = page.embedderPolicy();
    // 1.
    if (forNavigation && embedderPolicy == EmbedderPolicy.UNSAFE_NONE) {
      return Optional.empty();
    }
    // 2. to 3.
    Optional<String> policy =
        Headers.get(answer.headers(), "cross-origin-resource-policy")
            .filter(
                value ->
                    value.equals("same-origin")
                        || value.equals("same-site")
                        || value.equals("cross-origin"));
    // 4.
    String effective = policy.orElseGet(() -> implied(embedderPolicy, forNavigation));
    // 5.
    Origin origin = page.url().origin();
    boolean blocked =
        switch (effective) {
          case "same-origin" -> !origin.isSameOrigin(url.origin());
          case "same-site" ->
              !origin.isSchemelesslySameSite(url.origin())
                  || !page.url().scheme().equals("https") && url.scheme().equals("https");
          default -> false;
        };
    return blocked
        ? Optional.of(new Fault(Rules.CORP, why(policy, embedderPolicy)))
        : Optional.empty();
  }

  private static String implied(EmbedderPolicy embedderPolicy, boolean forNavigation) {
    return switch (embedderPolicy) {
      case UNSAFE_NONE -> "";
      case REQUIRE_CORP -> "same-origin";
      // The request went without credentials, unless it navigates.
      case CREDENTIALLESS -> forNavigation ? "same-origin" : "";
    };
  }

  private static String why(Optional<String> policy, EmbedderPolicy embedderPolicy) {
    return policy
        .map(value -> "Cross-Origin-Resource-Policy: " + value + " shuts this page out")
        .orElse(
            "the page says Cross-Origin-Embedder-Policy: "
                + embedderPolicy.keyword()
                + ", and the answer has no Cross-Origin-Resource-Policy: cross-origin");
  }
}
