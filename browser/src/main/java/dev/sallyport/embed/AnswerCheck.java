package dev.sallyport.embed;

import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.ServerAnswer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Whether a page may have an answer that the CORS protocol let through. */
final class AnswerCheck {
  private final Set<EmbeddingDeviation> deviations;
  private final EmbeddingPage page;
  private final Embedding embedding;
  private final boolean opaque;

  /** Why it may not. */
  record Fault(Rules rule, String detail) {}

  AnswerCheck(
      Set<EmbeddingDeviation> deviations, EmbeddingPage page, Embedding embedding, boolean opaque) {
    this.deviations = deviations;
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
            () -> demand().missing(answer).map(this::demanded))
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Demand demand() {
    @Nullable EmbeddingDeviation lenient =
        switch (embedding) {
          case WORKER, SHARED_WORKER -> EmbeddingDeviation.WORKER_OF_ANY_TEXT;
          case MODULE_WORKER -> EmbeddingDeviation.MODULE_WORKER_OF_ANY_TEXT;
          case AUDIO_WORKLET -> EmbeddingDeviation.WORKLET_OF_ANY_TEXT;
          case PRELOAD_FONT, PRELOAD_SCRIPT, PRELOAD_STYLE ->
              EmbeddingDeviation.PRELOAD_WANTS_OK_STATUS;
          case TRACK -> EmbeddingDeviation.TRACKS_WANT_OK_STATUS;
          default -> null;
        };
    // DEVIATION each of these
    return lenient != null && deviations.contains(lenient) ? Demand.OK_STATUS : embedding.demand();
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
   * What is never run as a script, whatever says so.
   *
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
   * With nosniff, scripts and style sheets must be of their types.
   *
   * @see <a
   *     href="https://fetch.spec.whatwg.org/#should-response-to-request-be-blocked-due-to-nosniff?">Fetch,
   *     should response to request be blocked due to nosniff?</a>
   */
  private Optional<Fault> nosniff(List<Header> headers) {
    if (!Headers.nosniff(headers)) {
      return Optional.empty();
    }
    Optional<String> essence = Headers.essence(headers);
    // DEVIATION PRELOADED_SCRIPT_OF_ANY_TYPE
    boolean isLate =
        embedding == Embedding.PRELOAD_SCRIPT
            && deviations.contains(EmbeddingDeviation.PRELOADED_SCRIPT_OF_ANY_TYPE);
    if (embedding.destination().isScriptLike()
        && !isLate
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
    // DEVIATION OPAQUE_RESPONSE_BLOCKING
    if (!opaque
        || !deviations.contains(EmbeddingDeviation.OPAQUE_RESPONSE_BLOCKING)
        // There it is an empty answer, which no script can tell from a full one.
        || embedding.destination() == Destination.EMPTY) {
      return Optional.empty();
    }
    return Headers.essence(headers)
        .filter(
            essence ->
                MimeTypes.isNeverSniffed(essence)
                    || Headers.nosniff(headers)
                        && (essence.equals("text/html")
                            || essence.equals("text/plain")
                                && deviations.contains(EmbeddingDeviation.OPAQUE_TEXT_BLOCKING)
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
