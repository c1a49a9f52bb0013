package dev.sallyport.oracle;

import dev.sallyport.fetch.TraceStep;
import java.util.Map;
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

  /**
   * Plays the case once more, by another name: what a busy machine made too late is then in time.
   */
  Difference again(Lab lab, Engine.Running browser) throws InterruptedException {
    String other = name + "-again";
    Trial same = trial.with(Shrinking.renamed(trial.played(), name, other));
    Observation seenAgain = lab.run(Map.of(other, same), browser).get(0);
    return new Difference(other, same, engine, seenAgain);
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
