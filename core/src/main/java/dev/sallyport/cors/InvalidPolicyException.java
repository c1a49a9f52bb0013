package dev.sallyport.cors;

import dev.sallyport.origin.Printable;
import java.util.List;
import java.util.stream.Collectors;

/** Thrown when a policy cannot be built; it carries every problem, not just the first. */
public final class InvalidPolicyException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final transient List<PolicyProblem> problems;

  InvalidPolicyException(List<PolicyProblem> problems) {
    super(
        problems.stream()
            .filter(PolicyProblem::isError)
            .map(problem -> Printable.of(problem.field()) + ": " + problem.message())
            .collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** Everything that was found, warnings included, in the order of the fields. */
  public List<PolicyProblem> problems() {
    return problems;
  }
}
