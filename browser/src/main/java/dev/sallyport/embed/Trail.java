package dev.sallyport.embed;

import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.RequestMode;
import dev.sallyport.fetch.TraceStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was decided of one embedding so far. */
final class Trail {
  private final Embedding embedding;
  private final Crossorigin crossorigin;
  private final RequestMode mode;
  private final CredentialsMode credentials;
  private final List<TraceStep> steps = new ArrayList<>();
  private @Nullable Outcome outcome;

  Trail(
      Embedding embedding, Crossorigin crossorigin, RequestMode mode, CredentialsMode credentials) {
    this.embedding = embedding;
    this.crossorigin = crossorigin;
    this.mode = mode;
    this.credentials = credentials;
  }

  Trail add(Rules rule, String detail) {
    steps.add(new TraceStep(rule.title(), rule.anchor(), detail));
    return this;
  }

  void fetched(Outcome outcome) {
    this.outcome = outcome;
    steps.addAll(outcome.trace());
  }

  Embedded blocked(Rules rule, String detail) {
    return add(rule, detail).end(false, Set.of());
  }

  Embedded blocked() {
    return end(false, Set.of());
  }

  Embedded loaded(Set<Reading> readable) {
    return end(true, readable);
  }

  private Embedded end(boolean loaded, Set<Reading> readable) {
    return new Embedded(
        embedding,
        crossorigin,
        mode,
        credentials,
        loaded,
        readable,
        steps,
        Optional.ofNullable(outcome));
  }
}
