package dev.sallyport.gateway.config;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The problems found so far.
 *
 * <p>Reading goes on after each, so that all are told at once. What was written once and is used
 * several times, by an alias or as a named set, is told once.
 */
final class Problems {
  private final Set<ConfigProblem> found = new LinkedHashSet<>();
  private int errors;

  void error(Place at, String message) {
    if (found.add(new ConfigProblem(at.source(), at.line(), at.column(), true, message))) {
      errors++;
    }
  }

  void warning(Place at, String message) {
    found.add(new ConfigProblem(at.source(), at.line(), at.column(), false, message));
  }

  boolean hasErrors() {
    return errors > 0;
  }

  /** How many errors there are; tells whether reading a part added any. */
  int errors() {
    return errors;
  }

  /** In the order of the file. */
  List<ConfigProblem> sorted() {
    return found.stream()
        .sorted(Comparator.comparingInt(ConfigProblem::line).thenComparing(ConfigProblem::column))
        .toList();
  }
}
