package dev.sallyport.gateway.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The problems found so far.
 *
 * <p>Reading goes on after each, so that all are told at once. What was written once and is used
 * several times, by an alias or as a named set, is told once. A file may be wrong in every word:
 * what is kept, told and looked for is bounded.
 */
final class Problems {
  /** Nobody reads on; who mends these sees the next. */
  static final int MOST_TOLD = 200;

  /** More than are told, because those told are the first in the file. */
  private static final int MOST_KEPT = 10_000;

  /** Looking for what was meant compares a word with all that are known. */
  private static final int MOST_HINTS = 20;

  private static final Comparator<ConfigProblem> IN_ORDER_OF_FILE =
      Comparator.comparingInt(ConfigProblem::line).thenComparing(ConfigProblem::column);

  private final Set<ConfigProblem> errors = new LinkedHashSet<>();
  private final Set<ConfigProblem> warnings = new LinkedHashSet<>();
  private final Set<Place> hinted = new HashSet<>();
  private int errorsNotKept;
  private int warningsNotKept;

  void error(Place at, String message) {
    ConfigProblem error = new ConfigProblem(at.source(), at.line(), at.column(), true, message);
    if (errors.size() < MOST_KEPT) {
      errors.add(error);
    } else if (!errors.contains(error)) {
      errorsNotKept++;
    }
  }

  void warning(Place at, String message) {
    ConfigProblem warning = new ConfigProblem(at.source(), at.line(), at.column(), false, message);
    if (warnings.size() < MOST_KEPT) {
      warnings.add(warning);
    } else if (!warnings.contains(warning)) {
      warningsNotKept++;
    }
  }

  boolean hasErrors() {
    return errors() > 0;
  }

  /** How many errors there are; tells whether reading a part added any. */
  int errors() {
    return errors.size() + errorsNotKept;
  }

  /**
   * Whether to look for what was meant at a place; always the same answer for one place, so that
   * what stands there is told once.
   */
  boolean hints(Place at) {
    return hinted.contains(at) || hinted.size() < MOST_HINTS && hinted.add(at);
  }

  /** In the order of the file; if there are too many, errors rather than warnings. */
  List<ConfigProblem> sorted() {
    List<ConfigProblem> told =
        new ArrayList<>(
            Stream.concat(
                    errors.stream().sorted(IN_ORDER_OF_FILE),
                    warnings.stream().sorted(IN_ORDER_OF_FILE))
                .limit(MOST_TOLD)
                .toList());
    // The order of finding, where one place has several.
    told.sort(IN_ORDER_OF_FILE);
    int more = errors() + warnings.size() + warningsNotKept - told.size();
    if (more > 0) {
      told.add(
          new ConfigProblem(
              told.get(0).file(),
              0,
              0,
              errors() > MOST_TOLD,
              String.format(Locale.ROOT, "\u2026 and %,d more. Mend these first.", more)));
    }
    return List.copyOf(told);
  }
}
