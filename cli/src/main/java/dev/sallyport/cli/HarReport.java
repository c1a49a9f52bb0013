package dev.sallyport.cli;

import dev.sallyport.doctor.OutcomeWriter;
import dev.sallyport.doctor.Server;
import dev.sallyport.doctor.Verdict;
import dev.sallyport.doctor.har.HarExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;
import tools.jackson.core.JsonGenerator;

/** What became of the requests of a HAR file: what failed in full, the rest in a line each. */
final class HarReport {
  private HarReport() {}

  /** The lines for somebody who reads them. */
  static List<String> of(List<HarExplanation> explanations, Optional<Server> server, Ansi colours) {
    List<String> lines = new ArrayList<>();
    for (HarExplanation each : explanations) {
      if (each.failed() && each.isAnswerMissing()) {
        line(lines, each, colours);
        lines.add("");
      } else if (each.failed()) {
        lines.addAll(
            ExplainReport.of(each.explained(), each.outcome(), each.notes(), server, colours));
        lines.add("");
      }
    }
    for (HarExplanation each : explanations) {
      if (!each.failed()) {
        line(lines, each, colours);
      }
    }
    return lines;
  }

  private static void line(List<String> lines, HarExplanation each, Ansi colours) {
    String what = each.isAnswerMissing() ? "the page got nothing" : Verdict.of(each.outcome());
    lines.add(ExplainReport.head(each.explained(), each.outcome(), colours) + ": " + what);
    each.notes().forEach(note -> lines.add("  " + ExplainReport.printable(note)));
  }

  /** An object for programs. */
  static void write(JsonGenerator json, HarExplanation explanation) {
    json.writeStartObject();
    json.writeStringProperty("page", explanation.explained().page().href());
    json.writeStringProperty("method", explanation.explained().request().method());
    json.writeStringProperty("url", explanation.explained().request().url());
    json.writeBooleanProperty("failed", explanation.failed());
    json.writeArrayPropertyStart("notes");
    explanation.notes().forEach(json::writeString);
    json.writeEndArray();
    OutcomeWriter.write(json, explanation.outcome(), explanation.fixes());
    json.writeEndObject();
  }
}
