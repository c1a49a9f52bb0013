package dev.sallyport.embed;

import dev.sallyport.embed.AnswerCheck.Fault;
import dev.sallyport.fetch.EmbedderPolicy;
import dev.sallyport.fetch.ResourcePolicyCheck;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.url.Url;
import java.util.Optional;

/**
 * The cross-origin resource policy check of what is loaded as frames are.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cross-origin-resource-policy-check">Fetch,
 *     cross-origin resource policy check</a>
 */
final class FramePolicyCheck {
  private FramePolicyCheck() {}

  /** Why the page may not have the answer; empty when it may. */
  static Optional<Fault> blocked(
      EmbeddingPage page, Url url, ServerAnswer answer, boolean forNavigation) {
    EmbedderPolicy embedderPolicy = page.embedderPolicy();
    Optional<String> policy = Headers.get(answer.headers(), "cross-origin-resource-policy");
    return ResourcePolicyCheck.broken(
            page.url().origin(), embedderPolicy, url, policy, forNavigation)
        .map(broken -> new Fault(Rules.CORP, why(policy.filter(broken::equals), embedderPolicy)));
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
