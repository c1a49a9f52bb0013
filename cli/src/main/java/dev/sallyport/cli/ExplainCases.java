package dev.sallyport.cli;

import dev.sallyport.doctor.Advice;
import dev.sallyport.doctor.CaseReader;
import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.doctor.NoCaseException;
import dev.sallyport.doctor.OutcomeWriter;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.Profile;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The cases of {@code sallyport explain -}: a line each, answered by a line each. */
final class ExplainCases {
  private final Profile profile;
  private final PrintWriter out;

  ExplainCases(Profile profile, PrintWriter out) {
    this.profile = profile;
    this.out = out;
  }

  /** Returns whether {@code line} was a case. */
  boolean answer(byte[] line) {
    CaseId id = new CaseId();
    String fault;
    try {
      fault = readId(line, id);
      if (fault == null) {
        ExplainCase question = CaseReader.read(Json.tree(line));
        Outcome outcome = question.run(profile);
        Json.line(
            out,
            json -> {
              json.writeStartObject();
              id.write(json);
              OutcomeWriter.write(json, outcome, Advice.of(question.request(), outcome));
              json.writeEndObject();
            });
        return true;
      }
    } catch (JacksonException e) {
      fault = e.getOriginalMessage() + " (column " + e.getLocation().getColumnNr() + ")";
    } catch (NoCaseException e) {
      fault = e.getMessage();
    }
    String error = "not a case: " + fault;
    Json.line(
        out,
        json -> {
          json.writeStartObject();
          id.write(json);
          json.writeStringProperty("error", error);
          json.writeEndObject();
        });
    return false;
  }

  /** Reads the id, wherever it stands in the object; returns why the line is no case. */
  private static @Nullable String readId(byte[] line, CaseId id) {
    try (JsonParser json = Json.parser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return "a case is an object, " + CaseReader.SHAPE;
      }
      boolean isWrong = false;
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("id")) {
          isWrong |= !id.read(json);
        } else {
          json.skipChildren();
        }
      }
      if (json.nextToken() != null) {
        return "there is more in the line than one object";
      }
      if (isWrong) {
        return "its \"id\" is not a string or a number";
      }
      return id.isThere() ? null : "it has no \"id\"; a case is " + CaseReader.SHAPE;
    }
  }
}
