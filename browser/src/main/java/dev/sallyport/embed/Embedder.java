package dev.sallyport.embed;

import dev.sallyport.fetch.Browser;
import dev.sallyport.fetch.EmbedderPolicy;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.Responder;
import dev.sallyport.fetch.ResponseType;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.url.Url;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * A browser that embeds: what becomes of an image, a script, a frame … in a page, with what its
 * server answers. The body of an answer is taken to be what its embedding needs; all that is judged
 * is the head.
 */
public final class Embedder {
  private static final String SENT = "it is sent; nobody reads the answer";

  private final Set<EmbeddingDeviation> deviations;
  private final Browser browser;

  /**
   * @param profile whose deviations from the standards it has
   */
  public Embedder(Profile profile) {
    this.deviations = EmbeddingDeviation.of(profile);
    this.browser = new Browser(profile);
  }

  /**
   * Embeds {@code resource}.
   *
   * @param crossorigin the attribute; meaningless where the embedding does not heed it
   */
  public Embedded embed(
      EmbeddingPage asked,
      Embedding embedding,
      Crossorigin crossorigin,
      Url resource,
      Responder server) {
    // DEVIATION NO_CREDENTIALLESS
    EmbeddingPage page =
        asked.embedderPolicy() == EmbedderPolicy.CREDENTIALLESS
                && deviations.contains(EmbeddingDeviation.NO_CREDENTIALLESS)
            ? EmbeddingPage.of(asked.url())
            : asked;
    EmbeddingRequest asking = new EmbeddingRequest(deviations, page, embedding, crossorigin);
    Trail trail = new Trail(embedding, crossorigin, asking.mode(), asking.credentials(resource));
    Url url = upgraded(page, embedding, resource, trail);
    return switch (embedding.modes()) {
      case NO_REQUEST -> withoutRequest(page, embedding, resource, trail);
      case NAVIGATE -> new Navigation(deviations, page, embedding, trail).navigate(url, server);
      case WEBSOCKET -> new Socket(deviations, page, trail).connect(url, server);
      default -> fetch(page, embedding, asking, url, server, trail);
    };
  }

  /**
   * Images, audio and video of http in a page of https are asked for by https.
   *
   * @see <a href="https://w3c.github.io/webappsec-mixed-content/#upgrade-algorithm">Mixed Content,
   *     upgrade a mixed content request</a>
   */
  private static Url upgraded(EmbeddingPage page, Embedding embedding, Url url, Trail trail) {
    boolean isMedia =
        switch (embedding.destination()) {
          case AUDIO, IMAGE, VIDEO -> true;
          default -> false;
        };
    if (!isMedia
        || !page.url().scheme().equals("https")
        || !url.scheme().equals("http")
        || url.isPotentiallyTrustworthy()
        || url.ipAddress().isPresent()) {
      return url;
    }
    trail.add(Rules.UPGRADE, "a page of https asks for it by https: " + https(url));
    return https(url);
  }

  private static Url https(Url url) {
    return Url.parse("https" + url.href().substring("http".length()));
  }

  private static Embedded withoutRequest(
      EmbeddingPage page, Embedding embedding, Url resource, Trail trail) {
    boolean same = page.url().origin().isSameOrigin(resource.origin());
    Set<Reading> readable = same ? embedding.readableWhenShared() : embedding.readableWhenOpaque();
    if (readable.isEmpty()) {
      return trail.blocked(
          Rules.STORAGE, "what an origin has stored is given to pages of that origin only");
    }
    return trail
        .add(
            Rules.POST_MESSAGE,
            "a window may send to any other; the receiver must compare event.origin, and the sender"
                + " name the origin it means")
        .loaded(readable);
  }

  private Embedded fetch(
      EmbeddingPage page,
      Embedding embedding,
      EmbeddingRequest asking,
      Url url,
      Responder server,
      Trail trail) {
    if (embedding == Embedding.SERVICE_WORKER && !page.url().isPotentiallyTrustworthy()) {
      return trail.blocked(
          Rules.SECURE_CONTEXT, "service workers are for pages of https and of this machine only");
    }
    // DEVIATION NO_PINGS
    if (embedding == Embedding.PING && deviations.contains(EmbeddingDeviation.NO_PINGS)) {
      return trail.blocked(Rules.PING, "this browser sends no pings until its user says so");
    }
    // DEVIATION NO_PREFETCH
    if (embedding == Embedding.PREFETCH && deviations.contains(EmbeddingDeviation.NO_PREFETCH)) {
      return trail.blocked(
          Rules.PREFETCH, "this browser prefetches nothing until its user says so");
    }
    Witness witness = new Witness(server);
    Outcome outcome = browser.fetch(page.url(), asking.of(url), asking.initiator(), witness);
    trail.fetched(outcome);
    if (isSentOnly(embedding)) {
      return outcome.actuals().isEmpty()
          ? trail.blocked()
          : trail
              .add(embedding == Embedding.PING ? Rules.PING : Rules.BEACON, SENT)
              .loaded(Set.of());
    }
    Optional<ServerAnswer> answer = witness.last();
    // DEVIATION PRELOADS_OF_OTHERS_NEVER_FAIL
    if (embedding.isPreload()
        && deviations.contains(EmbeddingDeviation.PRELOADS_OF_OTHERS_NEVER_FAIL)
        && outcome.type() != ResponseType.CORS
        && witness.wentElsewhere(page.url().origin())) {
      return trail
          .add(Rules.PRELOAD, "this browser does not tell pages whether it has it")
          .loaded(Set.of());
    }
    if (!outcome.allowed() || answer.isEmpty()) {
      return trail.blocked();
    }
    boolean opaque = outcome.type() == ResponseType.OPAQUE;
    return new AnswerCheck(deviations, page, embedding, opaque)
        .firstFault(answer.get())
        .map(fault -> trail.blocked(fault.rule(), fault.detail()))
        .orElseGet(
            () -> {
              boolean foreign = witness.endsElsewhere(page.url().origin());
              return shared(embedding, outcome.type(), foreign, trail);
            });
  }

  private static boolean isSentOnly(Embedding embedding) {
    return embedding == Embedding.BEACON
        || embedding == Embedding.BEACON_JSON
        || embedding == Embedding.PING;
  }

  private Embedded shared(Embedding embedding, ResponseType type, boolean foreign, Trail trail) {
    Set<Reading> readable = readable(embedding, type, foreign);
    return trail
        .add(
            Rules.ofReading(embedding),
            type == ResponseType.OPAQUE
                ? "it comes from another origin and not by CORS: scripts may read "
                    + words(readable)
                : "it is shared with the page: scripts may read " + words(readable))
        .loaded(readable);
  }

  private Set<Reading> readable(Embedding embedding, ResponseType type, boolean foreign) {
    if (type == ResponseType.OPAQUE) {
      // DEVIATION ERRORS_IN_TIMERS_IN_FULL, FONTS_AND_TRACKS_WITHOUT_CORS
      boolean isFull =
          switch (embedding) {
            case SCRIPT, IMPORT_SCRIPTS ->
                deviations.contains(EmbeddingDeviation.ERRORS_IN_TIMERS_IN_FULL)
                    // DEVIATION ERRORS_IN_TIMERS_BY_LAST_ORIGIN
                    || !foreign
                        && deviations.contains(EmbeddingDeviation.ERRORS_IN_TIMERS_BY_LAST_ORIGIN);
            case FONT, TRACK ->
                deviations.contains(EmbeddingDeviation.FONTS_AND_TRACKS_WITHOUT_CORS);
            default -> false;
          };
      return isFull ? embedding.readableWhenShared() : embedding.readableWhenOpaque();
    }
    // DEVIATION ERRORS_IN_TIMERS_BY_LAST_ORIGIN
    if (type == ResponseType.CORS
        && foreign
        && deviations.contains(EmbeddingDeviation.ERRORS_IN_TIMERS_BY_LAST_ORIGIN)) {
      Set<Reading> muted = EnumSet.noneOf(Reading.class);
      muted.addAll(embedding.readableWhenShared());
      muted.remove(Reading.ERRORS);
      return Collections.unmodifiableSet(muted);
    }
    return embedding.readableWhenShared();
  }

  /** For people: {@code its pixels, its width and height}, or {@code nothing}. */
  static String words(Set<Reading> readable) {
    return readable.isEmpty()
        ? "nothing of it"
        : String.join(", ", readable.stream().map(Reading::words).toList());
  }
}
