package dev.sallyport.cli;

import dev.sallyport.doctor.Advice;
import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.doctor.Server;
import dev.sallyport.doctor.Verdict;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.TraceStep;
import dev.sallyport.origin.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Ansi.Style;

/**
 * An explanation for somebody who reads it: the verdict, the wire, the steps, and what to change.
 */
final class ExplainReport {
  private static final String MARK = "  ";

  private final Ansi colours;
  private final List<String> lines = new ArrayList<>();

  private ExplainReport(Ansi colours) {
    this.colours = colours;
  }

  /**
   * The lines.
   *
   * @param notes what there is to know beside the outcome
   * @param server whose configuration is shown; empty for nginx and Sallyport's own
   */
  static List<String> of(
      ExplainCase explained,
      Outcome outcome,
      List<String> notes,
      Optional<Server> server,
      Ansi colours) {
    ExplainReport report = new ExplainReport(colours);
    report.verdict(explained, outcome, notes);
    report.wire(outcome);
    report.steps(outcome);
    report.changes(explained, outcome, server);
    return report.lines;
  }

  /** What was asked, and whether it is allowed, in a line. */
  static String head(ExplainCase explained, Outcome outcome, Ansi colours) {
    String word =
        Colours.of(
            colours, outcome.allowed() ? Style.fg_green : Style.fg_red, Verdict.word(outcome));
    return word
        + ": "
        + Printable.of(explained.request().method())
        + " "
        + Printable.of(explained.request().url())
        + " for a page of "
        + explained.page().origin().serialize();
  }

  private void verdict(ExplainCase explained, Outcome outcome, List<String> notes) {
    lines.add(head(explained, outcome, colours));
    lines.add(Colours.bold(colours, Verdict.of(outcome)));
    outcome.reason().ifPresent(reason -> lines.add("reason: " + reason.code()));
    notes.forEach(note -> lines.add(printable(note)));
  }

  private void wire(Outcome outcome) {
    lines.add("");
    lines.add("What goes over the wire:");
    outcome.preflights().forEach(preflight -> lines.add(MARK + Verdict.line(preflight)));
    outcome.actuals().forEach(actual -> lines.add(MARK + Verdict.line(actual)));
    if (outcome.preflights().isEmpty() && outcome.actuals().isEmpty()) {
      lines.add(MARK + "nothing");
    }
  }

  private void steps(Outcome outcome) {
    lines.add("");
    lines.add("Step by step:");
    List<TraceStep> trace = outcome.trace();
    for (int i = 0; i < trace.size(); i++) {
      boolean failed = !outcome.allowed() && i == trace.size() - 1;
      String line =
          MARK
              + (failed ? "✗ " : "✓ ")
              + trace.get(i).step()
              + ": "
              + printable(trace.get(i).detail());
      lines.add(failed ? line : Colours.of(colours, Style.faint, line));
      if (failed) {
        lines.add(MARK + MARK + trace.get(i).anchor());
      }
    }
  }

  private void changes(ExplainCase explained, Outcome outcome, Optional<Server> server) {
    List<String> fixes = Advice.of(explained.request(), outcome);
    if (fixes.isEmpty()) {
      return;
    }
    lines.add("");
    lines.add("What to change:");
    fixes.forEach(fix -> lines.add(MARK + printable(fix)));
    for (Server each : server.map(List::of).orElse(List.of(Server.NGINX, Server.SALLYPORT))) {
      each.configuration(explained, outcome)
          .ifPresent(
              configuration -> {
                lines.add("");
                lines.add(each.where() + ":");
                configuration.lines().forEach(line -> lines.add(MARK + printable(line)));
              });
    }
  }

  /** Any length of text in one line of printable ASCII. */
  static String printable(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i += 64) {
      line.append(Printable.of(text.substring(i, Math.min(text.length(), i + 64))));
    }
    return line.toString();
  }
}
