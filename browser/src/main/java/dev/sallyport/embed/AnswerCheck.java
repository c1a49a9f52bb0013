package dev.sallyport.embed;

import dev.sallyport.fetch.EmbedderPolicy;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.ServerAnswer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

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

  /** The first fault; empty when the page may have it. */
  Optional<Fault> firstFault(ServerAnswer answer) {
    List<Header> headers = answer.headers();
    return Stream.<Supplier<Optional<Fault>>>of(
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
    // DEVIATION each of these
    if (isLate()) {
      return Demand.OK_STATUS;
    }
    return switch (embedding) {
      case WORKER, SHARED_WORKER -> where(EmbeddingDeviation.WORKER_OF_ANY_TEXT, Demand.OK_STATUS);
      case MODULE_WORKER -> where(EmbeddingDeviation.MODULE_WORKER_OF_ANY_TEXT, Demand.OK_STATUS);
      case AUDIO_WORKLET -> where(EmbeddingDeviation.WORKLET_OF_ANY_TEXT, Demand.OK_STATUS);
      case PRELOAD_STYLE ->
          deviations.contains(EmbeddingDeviation.PRELOADED_STYLE_OF_CSS)
              ? Demand.CSS
              : where(EmbeddingDeviation.PRELOAD_WANTS_OK_STATUS, Demand.OK_STATUS);
      case PRELOAD_FONT, PRELOAD_SCRIPT ->
          where(EmbeddingDeviation.PRELOAD_WANTS_OK_STATUS, Demand.OK_STATUS);
      case PRELOAD_FETCH ->
          where(EmbeddingDeviation.PRELOADED_DATA_WANTS_OK_STATUS, Demand.OK_STATUS);
      case TRACK -> where(EmbeddingDeviation.TRACKS_WANT_OK_STATUS, Demand.OK_STATUS);
      default -> embedding.demand();
    };
  }

  private Demand where(EmbeddingDeviation deviation, Demand other) {
    return deviations.contains(deviation) ? other : embedding.demand();
  }

  /** Whether the type is looked at only when the page uses what was loaded. */
  private boolean isLate() {
    return switch (embedding) {
      case PRELOAD_SCRIPT -> deviations.contains(EmbeddingDeviation.PRELOADED_SCRIPT_OF_ANY_TYPE);
      case PRELOAD_STYLE -> deviations.contains(EmbeddingDeviation.PRELOADED_STYLE_OF_ANY_TYPE);
      case MODULE_PRELOAD -> deviations.contains(EmbeddingDeviation.PRELOADED_MODULE_OF_ANY_TYPE);
      default -> false;
    };
  }

  private Fault demanded(String missing) {
    return new Fault(Rules.ofDemand(embedding), missing);
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
    // DEVIATION PRELOADED_…_OF_ANY_TYPE
    if (isLate()) {
      return Optional.empty();
    }
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
