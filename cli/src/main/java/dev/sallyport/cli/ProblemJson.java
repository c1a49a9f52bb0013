package dev.sallyport.cli;

import dev.sallyport.gateway.config.ConfigProblem;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The answer of {@code sallyport validate} in JSON. */
final class ProblemJson {
  private ProblemJson() {}

  /** Writes a list; {@code line} and {@code column} are null where a problem has no position. */
  static void write(JsonGenerator json, List<ConfigProblem> problems) {
    json.writeStartArray();
    for (ConfigProblem problem : problems) {
      json.writeStartObject();
      json.writeStringProperty("file", problem.file());
      position(json, "line", problem.line());
      position(json, "column", problem.column());
      json.writeStringProperty("severity", problem.error() ? "error" : "warning");
      json.writeStringProperty("message", problem.message());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void position(JsonGenerator json, String name, int number) {
    json.writeName(name);
    if (number > 0) {
      json.writeNumber(number);
    } else {
      json.writeNull();
    }
  }
}
