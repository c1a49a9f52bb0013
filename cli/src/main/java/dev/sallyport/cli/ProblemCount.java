package dev.sallyport.cli;

import dev.sallyport.gateway.config.ConfigProblem;
import java.util.List;

/** How many problems there are, in words: {@code 2 errors, 1 warning}. */
final class ProblemCount {
  private ProblemCount() {}

  static String of(List<ConfigProblem> problems) {
    int errors = (int) problems.stream().filter(ConfigProblem::error).count();
    int warnings = problems.size() - errors;
    String counted = errors == 0 ? "" : count(errors, "error");
    return warnings == 0
        ? counted
        : (errors == 0 ? "" : counted + ", ") + count(warnings, "warning");
  }

  /** {@code 1 route}, {@code 2 routes}. */
  static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
