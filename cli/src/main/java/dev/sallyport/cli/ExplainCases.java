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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;

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
      JsonNode read = Json.tree(line);
      fault = readId(read, line, id);
      if (fault == null) {
        ExplainCase question = CaseReader.read(read);
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
    } catch (MismatchedInputException e) {
      fault = "there is more in the line than one object";
      scanForId(line, id);
    } catch (JacksonException e) {
      fault = e.getOriginalMessage() + " (column " + e.getLocation().getColumnNr() + ")";
      scanForId(line, id);
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

  /** Takes the id from what was read; returns why the line is no case. */
  private static @Nullable String readId(JsonNode read, byte[] line, CaseId id) {
    if (!read.isObject()) {
      return "a case is an object, " + CaseReader.SHAPE;
    }
    JsonNode value = read.get("id");
    if (value == null) {
      return "it has no \"id\"; a case is " + CaseReader.SHAPE;
    }
    if (value.isString()) {
      id.set(value.stringValue());
    } else if (value.isNumber()) {
      // As it was written: 1.0 does not become 1.
      scanForId(line, id);
    } else {
      return "its \"id\" is not a string or a number";
    }
    return null;
  }

  /** Looks for the id as far as the line can be read. */
  private static void scanForId(byte[] line, CaseId id) {
    try (JsonParser json = Json.parser(line)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      while (!id.isThere() && json.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isId = json.currentName().equals("id");
        json.nextToken();
        if (!isId || !id.read(json)) {
          json.skipChildren();
        }
      }
    } catch (JacksonException e) {
      // It is answered without one.
    }
  }
}
