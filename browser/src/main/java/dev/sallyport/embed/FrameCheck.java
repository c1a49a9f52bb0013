package dev.sallyport.embed;

import dev.sallyport.embed.AnswerCheck.Fault;
import dev.sallyport.fetch.EmbedderPolicy;
import dev.sallyport.fetch.Header;
import dev.sallyport.url.Url;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Whether a document lets a page frame it. */
final class FrameCheck {
  private FrameCheck() {}

  static Optional<Fault> refused(
      Set<EmbeddingDeviation> deviations, EmbeddingPage page, Url url, List<Header> headers) {
    return embedderPolicy(deviations, page, url, headers)
        .or(() -> refusedByDocument(page, url, headers));
  }

  /** By what the document says of who may frame it. */
  static Optional<Fault> refusedByDocument(EmbeddingPage page, Url url, List<Header> headers) {
    return frameAncestors(page, url, headers).or(() -> frameOptions(page, url, headers));
  }

  /**
   * A page that demands something frames only what demands it too.
   *
   * @see <a
   *     href="https://html.spec.whatwg.org/multipage/browsers.html#check-a-navigation-response's-adherence-to-its-embedder-policy">HTML,
   *     check a navigation response's adherence to its embedder policy</a>
   */
  static Optional<Fault> embedderPolicy(
      Set<EmbeddingDeviation> deviations, EmbeddingPage page, Url url, List<Header> headers) {
    // DEVIATION EMBEDDER_POLICY_OF_INSECURE_DOCUMENTS
    boolean heeded =
        url.isPotentiallyTrustworthy()
            || deviations.contains(EmbeddingDeviation.EMBEDDER_POLICY_OF_INSECURE_DOCUMENTS);
    return page.embedderPolicy() != EmbedderPolicy.UNSAFE_NONE
            && (!heeded || EmbedderPolicy.of(headers) == EmbedderPolicy.UNSAFE_NONE)
        ? Optional.of(
            new Fault(
                Rules.COEP,
                "the page says Cross-Origin-Embedder-Policy: "
                    + page.embedderPolicy().keyword()
                    + ", the document in the frame does not"))
        : Optional.empty();
  }

  private static Optional<Fault> frameAncestors(EmbeddingPage page, Url url, List<Header> headers) {
    ContentSecurityPolicy policy = ContentSecurityPolicy.of(headers);
    return policy
        .refusedBy("frame-ancestors", page.url(), url.origin())
        .map(
            directive ->
                new Fault(
                    Rules.FRAME_ANCESTORS,
                    directive + " does not name " + page.url().origin().serialize()));
  }

  /**
   * {@code X-Frame-Options}, where no {@code frame-ancestors} stands in for it.
   *
   * @see <a
   *     href="https://html.spec.whatwg.org/multipage/document-lifecycle.html#check-a-navigation-response's-adherence-to-x-frame-options">HTML,
   *     check a navigation response's adherence to X-Frame-Options</a>
   */
  private static Optional<Fault> frameOptions(EmbeddingPage page, Url url, List<Header> headers) {
    // 2.
    if (ContentSecurityPolicy.of(headers).has("frame-ancestors")) {
      return Optional.empty();
    }
    // 3. to 4.
    Set<String> values = new LinkedHashSet<>();
    Headers.get(headers, "x-frame-options")
        .ifPresent(
            value ->
                Arrays.stream(value.split(",", -1))
                    .map(part -> part.strip().toLowerCase(Locale.ROOT))
                    .forEach(values::add));
    // 5. to 6.
    if (values.size() > 1) {
      return values.contains("deny") || values.contains("sameorigin") || values.contains("allowall")
          ? fault("says several things")
          : Optional.empty();
    }
    // 7. to 8.
    if (values.contains("deny")) {
      return fault("is DENY");
    }
    return values.contains("sameorigin") && !page.url().origin().isSameOrigin(url.origin())
        ? fault("is SAMEORIGIN")
        : Optional.empty();
  }

  private static Optional<Fault> fault(String what) {
    return Optional.of(new Fault(Rules.FRAME_OPTIONS, "X-Frame-Options " + what));
  }
}
