package dev.sallyport.doctor;

import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.Reason;
import dev.sallyport.fetch.SentPreflight;
import dev.sallyport.fetch.SentRequest;
import dev.sallyport.fetch.TraceStep;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Writes what came of a case as properties of a JSON object that was begun. */
public final class OutcomeWriter {
  private OutcomeWriter() {}

  /**
   * Writes the properties.
   *
   * @param fixes what to change
   */
  public static void write(JsonGenerator json, Outcome outcome, List<String> fixes) {
    json.writeStringProperty("outcome", outcome.allowed() ? "allowed" : "blocked");
    json.writeStringProperty("type", outcome.type().keyword());
    json.writeNumberProperty("status", outcome.status());
    writeTexts(json, "visibleHeaders", outcome.visibleHeaders());
    writeText(json, "reason", outcome.reason().map(Reason::code).orElse(null));
    json.writeArrayPropertyStart("preflights");
    for (SentPreflight preflight : outcome.preflights()) {
      json.writeStartObject();
      json.writeStringProperty("url", preflight.url().hrefWithoutFragment());
      json.writeStringProperty("origin", preflight.origin());
      json.writeStringProperty(
          "accessControlRequestMethod", preflight.accessControlRequestMethod());
      writeText(
          json,
          "accessControlRequestHeaders",
          preflight.accessControlRequestHeaders().orElse(null));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("actuals");
    for (SentRequest actual : outcome.actuals()) {
      json.writeStartObject();
      json.writeStringProperty("url", actual.url().hrefWithoutFragment());
      json.writeStringProperty("method", actual.method());
      writeText(json, "origin", actual.origin().orElse(null));
      json.writeEndObject();
    }
    json.writeEndArray();
    writeSteps(json, "trace", outcome.trace());
    writeTexts(json, "fix", fixes);
  }

  /** Writes a property of steps. */
  static void writeSteps(JsonGenerator json, String name, List<TraceStep> steps) {
    json.writeArrayPropertyStart(name);
    for (TraceStep step : steps) {
      json.writeStartObject();
      json.writeStringProperty("step", step.step());
      json.writeStringProperty("anchor", step.anchor());
      json.writeStringProperty("detail", step.detail());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeText(JsonGenerator json, String name, @Nullable String text) {
    json.writeName(name);
    json.writeString(text);
  }

  private static void writeTexts(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }
}
