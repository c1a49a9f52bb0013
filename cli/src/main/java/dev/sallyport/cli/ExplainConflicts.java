package dev.sallyport.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.ParseResult;

/** What options of {@code explain} do not go together: each would be passed over in silence. */
final class ExplainConflicts {
  private static final Set<String> MODES = Set.of("--mode", "--redirect", "--referrer-policy");
  private static final Set<String> REQUEST =
      union(MODES, Set.of("--method", "--header", "--credentials", "--api"));
  private static final Set<String> ANSWERS =
      Set.of("--status", "--response-header", "--preflight-status", "--preflight-header");
  private static final Set<String> CASE =
      union(
          union(REQUEST, ANSWERS),
          Set.of(
              "--page", "--page-address-space", "--curl", "--config", "--embed", "--crossorigin"));

  /**
   * @param when an option, or what it is said to be
   * @param why what makes the others void
   * @param others what it does not go with
   */
  private record Conflict(String when, String why, Set<String> others) {}

  private static final List<Conflict> ALL =
      List.of(
          new Conflict("--case", "the file says all of the case", CASE),
          new Conflict("--har", "the file says all of each case", CASE),
          new Conflict(
              "--message",
              "the message is all that is known",
              union(CASE, Set.of("--browser", "--html"))),
          new Conflict(
              "-", "each line says all of its case", union(CASE, Set.of("--server", "--html"))),
          new Conflict("--curl", "the transcript says what is answered", ANSWERS),
          new Conflict("--config", "the gateway answers", union(ANSWERS, Set.of("--curl"))),
          new Conflict("--api=xhr", "an XMLHttpRequest has no choice of it", MODES),
          new Conflict("--api=xhr-upload", "an XMLHttpRequest has no choice of it", MODES),
          new Conflict(
              "--embed",
              "what is embedded is asked for as the standard says",
              union(REQUEST, Set.of("--page-address-space", "--config", "--html", "--server"))));

  private ExplainConflicts() {}

  private static Set<String> union(Set<String> some, Set<String> more) {
    Set<String> all = new HashSet<>(some);
    all.addAll(more);
    return Set.copyOf(all);
  }

  /** What is wrong with a command line; empty when nothing is. */
  static Optional<String> of(ParseResult line, boolean readsLines) {
    Set<String> given = new TreeSet<>();
    line.matchedOptions().forEach(option -> given.add(option.longestName()));
    Set<String> said = new HashSet<>(given);
    if (given.contains("--api")) {
      said.add("--api=" + line.matchedOption("--api").originalStringValues().get(0));
    }
    if (readsLines) {
      said.add("-");
    }
    for (Conflict conflict : ALL) {
      if (said.contains(conflict.when())) {
        Optional<String> other = given.stream().filter(conflict.others()::contains).findFirst();
        if (other.isPresent()) {
          return Optional.of(
              other.get()
                  + " means nothing with "
                  + conflict.when().replace('=', ' ')
                  + ": "
                  + conflict.why()
                  + ". Leave one of them out");
        }
      }
    }
    return given.contains("--crossorigin") && !given.contains("--embed")
        ? Optional.of(
            "--crossorigin is an attribute of what embeds. Say what: --embed img, or leave it out")
        : Optional.empty();
  }
}
