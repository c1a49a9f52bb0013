package dev.sallyport.oracle;

import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.embed.Embedded;
import dev.sallyport.embed.Embedder;
import dev.sallyport.embed.Embedding;
import dev.sallyport.embed.EmbeddingPage;
import dev.sallyport.embed.Reading;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.TraceStep;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.TreeSet;

/**
 * A case, and how the page plays it.
 *
 * @param played when something is embedded, only the URL of its request counts
 */
record Trial(ExplainCase played, Way way) {

  /** What the model says, and how it came to it. */
  record Modelled(Observation observation, List<TraceStep> trace) {}

  /** A script asks. */
  static Trial ofScript(ExplainCase played) {
    return new Trial(played, Way.REQUEST);
  }

  Trial with(ExplainCase other) {
    return new Trial(other, way);
  }

  Modelled model(Profile profile) {
    return way.embedding()
        .map(embedding -> embed(profile, embedding))
        .orElseGet(
            () -> {
              Outcome outcome = played.run(profile);
              return new Modelled(Observation.of(outcome, played.request().api()), outcome.trace());
            });
  }

  private Modelled embed(Profile profile, Embedding embedding) {
    Sent sent = new Sent(played.exchanges());
    Embedded embedded =
        new Embedder(profile)
            .embed(
                new EmbeddingPage(played.page(), Lab.embedderPolicy(played.page())),
                embedding,
                way.crossorigin(),
                Url.parse(played.request().url()),
                sent);
    TreeSet<String> readable = new TreeSet<>();
    for (Reading reading : embedded.readable()) {
      if (!isUnseen(profile, embedding, reading)) {
        readable.add(reading.keyword());
      }
    }
    return new Modelled(
        Observation.ofEmbedding(embedded.loaded(), readable).with(way, sent), embedded.why());
  }

  /** The video is a sound only, and only Chromium says so when samples are another origin's. */
  private static boolean isUnseen(Profile profile, Embedding embedding, Reading reading) {
    return switch (embedding) {
      case AUDIO, VIDEO ->
          switch (reading) {
            case PIXELS, SIZE -> true;
            case SAMPLES -> profile != Profile.CHROMIUM;
            default -> false;
          };
      default -> false;
    };
  }
}
