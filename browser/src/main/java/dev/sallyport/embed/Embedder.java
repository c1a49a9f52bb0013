package dev.sallyport.embed;

import dev.sallyport.fetch.Api;
import dev.sallyport.fetch.Browser;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.EmbedderPolicy;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Initiator;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.Responder;
import dev.sallyport.fetch.ResponseType;
import dev.sallyport.fetch.ServerAnswer;
import dev.sallyport.url.Url;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    Trail trail =
        new Trail(
            embedding,
            crossorigin,
            mode(embedding, crossorigin),
            credentials(page, embedding, crossorigin, resource));
    Url url = upgraded(page, embedding, resource, trail);
    return switch (embedding.modes()) {
      case NO_REQUEST -> withoutRequest(page, embedding, resource, trail);
      case NAVIGATE -> new Navigation(deviations, page, embedding, trail).navigate(url, server);
      case WEBSOCKET -> new Socket(deviations, page, trail).connect(url, server);
      default -> fetch(page, embedding, crossorigin, url, server, trail);
    };
  }

  private RequestMode mode(Embedding embedding, Crossorigin crossorigin) {
    // DEVIATION FONTS_AND_TRACKS_WITHOUT_CORS
    boolean isLoose =
        isFontOrTrack(embedding, crossorigin)
            && deviations.contains(EmbeddingDeviation.FONTS_AND_TRACKS_WITHOUT_CORS);
    // DEVIATION PRELOADED_FONT_BY_CORS
    boolean isStrict =
        embedding == Embedding.PRELOAD_FONT
            && deviations.contains(EmbeddingDeviation.PRELOADED_FONT_BY_CORS);
    RequestMode usual = isStrict ? RequestMode.CORS : embedding.mode(crossorigin);
    return isLoose ? RequestMode.NO_CORS : usual;
  }

  private static boolean isFontOrTrack(Embedding embedding, Crossorigin crossorigin) {
    return embedding == Embedding.FONT
        || embedding == Embedding.TRACK && crossorigin == Crossorigin.NONE;
  }

  /** A page that is credentialless sends none along without CORS. */
  private CredentialsMode credentials(
      EmbeddingPage page, Embedding embedding, Crossorigin crossorigin, Url resource) {
    boolean withheld =
        page.embedderPolicy() == EmbedderPolicy.CREDENTIALLESS
            && mode(embedding, crossorigin) == RequestMode.NO_CORS
            && !page.url().origin().isSameOrigin(resource.origin());
    if (withheld) {
      return CredentialsMode.OMIT;
    }
    // As fonts themselves are.
    return embedding == Embedding.PRELOAD_FONT
            && deviations.contains(EmbeddingDeviation.PRELOADED_FONT_BY_CORS)
        ? CredentialsMode.SAME_ORIGIN
        : embedding.credentials(crossorigin);
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
      Crossorigin crossorigin,
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
    Outcome outcome =
        browser.fetch(
            page.url(),
            request(page, embedding, crossorigin, url),
            initiator(page, embedding),
            witness);
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
    if (isPreload(embedding)
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

  private Initiator initiator(EmbeddingPage page, Embedding embedding) {
    // DEVIATION ORIGIN_TO_OWN, ORIGIN_TO_OWN_OF_WORKLETS
    @Nullable EmbeddingDeviation announced =
        switch (embedding) {
          case FETCH, FETCH_NO_CORS, XHR, EVENT_SOURCE, BEACON, BEACON_JSON, PING -> null;
          case AUDIO_WORKLET -> EmbeddingDeviation.ORIGIN_TO_OWN_OF_WORKLETS;
          default -> EmbeddingDeviation.ORIGIN_TO_OWN;
        };
    return new Initiator(
        page.embedderPolicy(), announced != null && deviations.contains(announced));
  }

  private static boolean isPreload(Embedding embedding) {
    return switch (embedding) {
      case PRELOAD_IMAGE,
          PRELOAD_SCRIPT,
          PRELOAD_STYLE,
          PRELOAD_FONT,
          PRELOAD_FETCH,
          MODULE_PRELOAD ->
          true;
      default -> false;
    };
  }

  private static boolean isSentOnly(Embedding embedding) {
    return embedding == Embedding.BEACON
        || embedding == Embedding.BEACON_JSON
        || embedding == Embedding.PING;
  }

  private PageRequest request(
      EmbeddingPage page, Embedding embedding, Crossorigin crossorigin, Url url) {
    return new PageRequest(
        embedding == Embedding.XHR ? Api.XHR : Api.FETCH,
        url.href(),
        embedding.method(),
        embedding == Embedding.BEACON_JSON
            ? List.of(new Header("Content-Type", "application/json"))
            : List.of(),
        mode(embedding, crossorigin),
        credentials(page, embedding, crossorigin, url),
        embedding.redirect(),
        "");
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
                    // DEVIATION ERRORS_IN_TIMERS_MUTED
                    || !foreign && deviations.contains(EmbeddingDeviation.ERRORS_IN_TIMERS_MUTED);
            case FONT, TRACK ->
                deviations.contains(EmbeddingDeviation.FONTS_AND_TRACKS_WITHOUT_CORS);
            default -> false;
          };
      return isFull ? embedding.readableWhenShared() : embedding.readableWhenOpaque();
    }
    // DEVIATION ERRORS_IN_TIMERS_MUTED
    if (type == ResponseType.CORS
        && foreign
        && deviations.contains(EmbeddingDeviation.ERRORS_IN_TIMERS_MUTED)) {
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
