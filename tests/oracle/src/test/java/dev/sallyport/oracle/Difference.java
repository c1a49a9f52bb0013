package dev.sallyport.oracle;

import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.TraceStep;
import java.util.stream.Collectors;

/**
 * A case, and what an engine made of it.
 *
 * @param name what it is called in the paths of its URLs
 */
record Difference(String name, ExplainCase played, Engine engine, Observation seen) {

  private Outcome modelled() {
    return played.run(engine.profile());
  }

  /** Whether the model makes something else of it. */
  boolean isOne() {
    return !Observation.of(modelled()).equals(seen);
  }

  @Override
  public String toString() {
    Outcome modelled = modelled();
    return "\n"
        + Replay.line(name, played)
        + "\n  "
        + engine.profile().keyword()
        + ": "
        + seen
        + "\n  model: "
        + Observation.of(modelled)
        + modelled.reason().map(reason -> "\n    " + reason.code()).orElse("")
        + modelled.trace().stream()
            .map(TraceStep::detail)
            .collect(Collectors.joining("\n    ", "\n    ", "\n"));
  }
}
