package dev.sallyport.cli;

import dev.sallyport.doctor.Advice;
import dev.sallyport.doctor.CaseReader;
import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.doctor.NoCaseException;
import dev.sallyport.doctor.OutcomeWriter;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.Profile;
import java.io.PrintWriter;
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
      ExplainCase question = read(line, id);
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
    } catch (JacksonException e) {
      fault = e.getOriginalMessage() + " (column " + e.getLocation().getColumnNr() + ")";
    } catch (NoCaseException e) {
      fault = e.getMessage();
    }
    if (!id.isThere()) {
      scanForId(line, id);
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

  private static ExplainCase read(byte[] line, CaseId id) throws NoCaseException {
    try (JsonParser json = Json.parser(line)) {
      ExplainCase question =
          CaseReader.read(
              json,
              (name, value) -> {
                if (!name.equals("id")) {
                  value.skipChildren();
                } else if (!id.read(value)) {
                  throw new NoCaseException("its \"id\" is not a string or a number");
                }
              });
      if (json.nextToken() != null) {
        throw new NoCaseException("there is more in the line than one object");
      }
      if (!id.isThere()) {
        throw new NoCaseException("it has no \"id\"; a case is " + CaseReader.SHAPE);
      }
      return question;
    }
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
