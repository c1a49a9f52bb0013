package dev.sallyport.embed;

import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.ServerAnswer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Whether a page may have an answer that the CORS protocol let through. */
final class AnswerCheck {
  private final Profile profile;
  private final EmbeddingPage page;
  private final Embedding embedding;
  private final boolean opaque;

  /** Why it may not. */
  record Fault(Rules rule, String detail) {}

  AnswerCheck(Profile profile, EmbeddingPage page, Embedding embedding, boolean opaque) {
    this.profile = profile;
    this.page = page;
    this.embedding = embedding;
    this.opaque = opaque;
  }

  /** The first fault of what was seen, redirects included; empty when the page may have it. */
  Optional<Fault> firstFault(Witness witness) {
    ServerAnswer answer = witness.last().orElseThrow();
    List<Header> headers = answer.headers();
    return Stream.<Supplier<Optional<Fault>>>of(
            () -> resourcePolicy(witness),
            () -> mimeType(headers),
            () -> nosniff(headers),
            () -> opaqueResponseBlocking(headers),
            () -> embedderPolicy(headers),
            () -> embedding.demand().missing(answer).map(this::demanded))
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Fault demanded(String missing) {
    return new Fault(Rules.ofDemand(embedding), missing);
  }

  private Optional<Fault> resourcePolicy(Witness witness) {
    if (!opaque) {
      return Optional.empty();
    }
    return witness.seen().stream()
        .filter(seen -> !page.url().origin().isSameOrigin(seen.url().origin()))
        .map(seen -> ResourcePolicyCheck.blocked(page, seen.url(), seen.answer(), false))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * @see <a
   *     href="https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-mime-type?">Fetch,
   *     should response to request be blocked due to its MIME type?</a>
   */
  private Optional<Fault> mimeType(List<Header> headers) {
    return Headers.essence(headers)
        .filter(
            essence ->
                embedding.destination().isScriptLike()
                    && (essence.startsWith("audio/")
                        || essence.startsWith("image/")
                        || essence.startsWith("video/")
                        || essence.equals("text/csv")))
        .map(essence -> new Fault(Rules.MIME, essence + " is never run as a script"));
  }

  /**
   * @see <a
   *     href="https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?">Fetch,
   *     should response to request be blocked due to nosniff?</a>
   */
  private Optional<Fault> nosniff(List<Header> headers) {
    if (!Headers.nosniff(headers)) {
      return Optional.empty();
    }
    Optional<String> essence = Headers.essence(headers);
    if (embedding.destination().isScriptLike()
        && essence.filter(MimeTypes::isJavaScript).isEmpty()) {
      return Optional.of(
          new Fault(Rules.NOSNIFF, "with nosniff, a script's type must be one of JavaScript"));
    }
    if (embedding.destination() == Destination.STYLE
        && essence.filter("text/css"::equals).isEmpty()) {
      return Optional.of(
          new Fault(Rules.NOSNIFF, "with nosniff, a style sheet's type must be text/css"));
    }
    return Optional.empty();
  }

  /** What Chromium and Firefox do beside the standards, before a page's process has the answer. */
  private Optional<Fault> opaqueResponseBlocking(List<Header> headers) {
    if (!opaque || profile == Profile.STANDARD || profile == Profile.WEBKIT) {
      return Optional.empty();
    }
    return Headers.essence(headers)
        .filter(
            essence ->
                MimeTypes.isNeverSniffed(essence)
                    || Headers.nosniff(headers)
                        && (essence.equals("text/html")
                            || essence.equals("text/plain")
                            || MimeTypes.isJson(essence)
                            || MimeTypes.isXml(essence) && !essence.equals("image/svg+xml")))
        .map(
            essence ->
                new Fault(
                    Rules.ORB, essence + " without CORS does not reach a page of another origin"));
  }

  /** A worker of a page that demands something must demand it too. */
  private Optional<Fault> embedderPolicy(List<Header> headers) {
    boolean isWorker = embedding.destination() == Destination.WORKER;
    return isWorker
            && page.embedderPolicy() != EmbedderPolicy.UNSAFE_NONE
            && EmbedderPolicy.of(headers) == EmbedderPolicy.UNSAFE_NONE
        ? Optional.of(
            new Fault(
                Rules.COEP,
                "the page says Cross-Origin-Embedder-Policy: "
                    + page.embedderPolicy().keyword()
                    + ", the worker does not"))
        : Optional.empty();
  }
}
