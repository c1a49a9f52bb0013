package dev.sallyport.fuzz;

import dev.sallyport.doctor.Advice;
import dev.sallyport.doctor.CaseReader;
import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.doctor.NoCaseException;
import dev.sallyport.embed.Crossorigin;
import dev.sallyport.embed.Embedder;
import dev.sallyport.embed.Embedding;
import dev.sallyport.embed.EmbeddingPage;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.Recording;
import dev.sallyport.url.Url;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A case of {@code explain}: every browser makes something of it, and the same each time. */
public final class CaseTarget {
  private static final JsonMapper JSON = new JsonMapper();

  private CaseTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    Optional<ExplainCase> read = read(input);
    if (read.isEmpty()) {
      return;
    }
    ExplainCase each = read.get();
    String text = Law.text(input);
    for (Profile profile : Profile.values()) {
      Outcome outcome = each.run(profile);
      Law.that(outcome.allowed() == outcome.reason().isEmpty(), "what fails has a reason", text);
      Law.that(!outcome.trace().isEmpty(), "every outcome has its steps", text);
      Law.that(outcome.equals(each.run(profile)), "a browser does the same again", text);
      if (!outcome.allowed()) {
        Law.that(outcome.status() == 0, "an error has no status", text);
        Law.that(outcome.visibleHeaders().isEmpty(), "an error shows no headers", text);
        Law.that(!Advice.of(each.request(), outcome).isEmpty(), "what fails can be mended", text);
      }
      embed(each, profile, text);
    }
  }

  private static void embed(ExplainCase each, Profile profile, String text) {
    Optional<Url> url = Url.tryParse(each.request().url(), each.page());
    if (url.isEmpty()) {
      return;
    }
    for (Embedding embedding : Embedding.values()) {
      boolean shows =
          new Embedder(profile)
              .embed(
                  EmbeddingPage.of(each.page()),
                  embedding,
                  Crossorigin.NONE,
                  url.get(),
                  new Recording(each.exchanges()))
              .why()
              .isEmpty();
      Law.that(!shows, "every embedding has its steps", text);
    }
  }

  private static Optional<ExplainCase> read(byte[] input) {
    try {
      return Optional.of(CaseReader.read(JSON.createParser(input)));
    } catch (JacksonException | NoCaseException e) {
      return Optional.empty();
    }
  }
}
