package dev.sallyport.oracle;

import dev.sallyport.fetch.TraceStep;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A case, and what an engine made of it.
 *
 * @param name what it is called in the paths of its URLs
 */
record Difference(String name, Trial trial, Engine engine, Observation seen) {

  /** Those of {@code trials} of which the model makes something else than was seen. */
  static List<Difference> among(
      Map<String, Trial> trials,
      List<Observation> seen,
      Engine engine,
      Lab lab,
      Engine.Running browser)
      throws InterruptedException {
    List<Difference> differences = new ArrayList<>();
    Iterator<Observation> observations = seen.iterator();
    for (Map.Entry<String, Trial> each : trials.entrySet()) {
      Difference difference =
          new Difference(each.getKey(), each.getValue(), engine, observations.next());
      if (difference.isOne() && difference.again(lab, browser).isOne()) {
        differences.add(difference);
      }
    }
    return differences;
  }

  /** Whether the model makes something else of it. */
  boolean isOne() {
    return !trial.model(engine.profile()).observation().equals(seen);
  }

  /**
   * Plays the case once more, by another name: what a busy machine made too late is then in time.
   */
  private Difference again(Lab lab, Engine.Running browser) throws InterruptedException {
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
