package dev.sallyport.embed;

import dev.sallyport.fetch.AddressSpace;
import dev.sallyport.fetch.Api;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.EmbedderPolicy;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Initiator;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a browser asks for, to embed something. */
final class EmbeddingRequest {
  private final Set<EmbeddingDeviation> deviations;
  private final EmbeddingPage page;
  private final Embedding embedding;
  private final Crossorigin crossorigin;

  EmbeddingRequest(
      Set<EmbeddingDeviation> deviations,
      EmbeddingPage page,
      Embedding embedding,
      Crossorigin crossorigin) {
    this.deviations = deviations;
    this.page = page;
    this.embedding = embedding;
    this.crossorigin = crossorigin;
  }

  PageRequest of(Url url) {
    return new PageRequest(
        embedding == Embedding.XHR ? Api.XHR : Api.FETCH,
        url.href(),
        embedding.method(),
        embedding == Embedding.BEACON_JSON
            ? List.of(new Header("Content-Type", "application/json"))
            : List.of(),
        mode(),
        credentials(url),
        embedding.redirect(),
        "");
  }

  RequestMode mode() {
    // DEVIATION FONTS_AND_TRACKS_WITHOUT_CORS
    boolean isFontOrTrack =
        embedding == Embedding.FONT
            || embedding == Embedding.TRACK && crossorigin == Crossorigin.NONE;
    return isFontOrTrack && deviations.contains(EmbeddingDeviation.FONTS_AND_TRACKS_WITHOUT_CORS)
        ? RequestMode.NO_CORS
        : likened().mode(crossorigin);
  }

  /** A page that is credentialless sends none along without CORS. */
  CredentialsMode credentials(Url url) {
    boolean withheld =
        page.embedderPolicy() == EmbedderPolicy.CREDENTIALLESS
            && mode() == RequestMode.NO_CORS
            && !page.url().origin().isSameOrigin(url.origin());
    return withheld ? CredentialsMode.OMIT : likened().credentials(crossorigin);
  }

  /** The embedding that is asked for alike. */
  private Embedding likened() {
    // DEVIATION PRELOADED_FONT_BY_CORS
    return embedding == Embedding.PRELOAD_FONT
            && deviations.contains(EmbeddingDeviation.PRELOADED_FONT_BY_CORS)
        ? Embedding.FONT
        : embedding;
  }

  Initiator initiator() {
    // DEVIATION ORIGIN_TO_OWN, ORIGIN_TO_OWN_OF_WORKLETS
    @Nullable EmbeddingDeviation announced =
        switch (embedding) {
          case FETCH, FETCH_NO_CORS, XHR, EVENT_SOURCE, BEACON, BEACON_JSON, PING -> null;
          case AUDIO_WORKLET -> EmbeddingDeviation.ORIGIN_TO_OWN_OF_WORKLETS;
          default -> EmbeddingDeviation.ORIGIN_TO_OWN;
        };
    return new Initiator(
        page.embedderPolicy(),
        announced != null && deviations.contains(announced),
        AddressSpace.named(page.url()));
  }
}
