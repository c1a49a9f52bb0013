package dev.sallyport.oracle;

import dev.sallyport.fetch.TraceStep;
import java.util.stream.Collectors;

/**
 * A case, and what an engine made of it.
 *
 * @param name what it is called in the paths of its URLs
 */
record Difference(String name, Trial trial, Engine engine, Observation seen) {

  /** Whether the model makes something else of it. */
  boolean isOne() {
    return !trial.model(engine.profile()).observation().equals(seen);
  }

  @Override
  public String toString() {
    Trial.Modelled modelled = trial.model(engine.profile());
    return "\n"
        + trial.way().keyword()
        + " crossorigin="
        + trial.way().crossorigin().keyword()
        + " "
        + Replay.line(name, trial.played())
        + "\n  "
        + engine.profile().keyword()
        + ": "
        + seen
        + "\n  model: "
        + modelled.observation()
        + modelled.trace().stream()
            .map(TraceStep::detail)
            .collect(Collectors.joining("\n    ", "\n    ", "\n"));
  }
}
