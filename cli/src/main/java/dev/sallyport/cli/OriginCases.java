package dev.sallyport.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * The cases of {@code sallyport origin -}: a line each, {@code {"id","url","base"?}}, answered by a
 * line each.
 *
 * <p>A property of another name is passed over, so that a file of cases may hold what is expected,
 * too.
 */
final class OriginCases {
  private final PrintWriter out;

  OriginCases(PrintWriter out) {
    this.out = out;
  }

  /** Returns whether {@code line} was a case. */
  boolean answer(byte[] line) {
    Case question = new Case();
    String fault = question.read(line);
    if (fault == null) {
      UrlReading reading = question.reading();
      Json.line(
          out,
          json -> {
            json.writeStartObject();
            question.id.write(json);
            OriginJson.properties(json, reading);
            json.writeEndObject();
          });
    } else {
      Json.line(
          out,
          json -> {
            json.writeStartObject();
            question.id.write(json);
            json.writeStringProperty("error", "not a case: " + fault);
            json.writeEndObject();
          });
    }
    return fault == null;
  }

  /** One case, as far as it could be read. */
  private static final class Case {
    private static final String SHAPE =
        "{\"id\": string or number, \"url\": string, \"base\": string, if any}";

    private final CaseId id = new CaseId();
    private @Nullable String url;
    private @Nullable String base;

    /** Returns why {@code line} is no case; null when it is one. */
    @Nullable String read(byte[] line) {
      try (JsonParser json = Json.parser(line)) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
          return "a case is an object, " + SHAPE;
        }
        String fault = null;
        while (json.nextToken() != JsonToken.END_OBJECT) {
          String problem = readProperty(json);
          fault = fault == null ? problem : fault;
        }
        if (json.nextToken() != null) {
          return "there is more in the line than one object";
        }
        return fault != null ? fault : missing();
      } catch (JacksonException e) {
        return e.getOriginalMessage() + " (column " + e.getLocation().getColumnNr() + ")";
      }
    }

    private @Nullable String readProperty(JsonParser json) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      boolean isString = value == JsonToken.VALUE_STRING;
      switch (name) {
        case "id" -> {
          if (!id.read(json)) {
            return wrongType(json, "id", "a string or a number");
          }
        }
        case "url" -> {
          if (!isString) {
            return wrongType(json, "url", "a string");
          }
          url = json.getString();
        }
        case "base" -> {
          if (!isString && value != JsonToken.VALUE_NULL) {
            return wrongType(json, "base", "a string");
          }
          base = isString ? json.getString() : null;
        }
        default -> json.skipChildren();
      }
      return null;
    }

    private static String wrongType(JsonParser json, String name, String type) {
      json.skipChildren();
      return "its \"" + name + "\" is not " + type;
    }

    private @Nullable String missing() {
      if (!id.isThere()) {
        return "it has no \"id\"; a case is " + SHAPE;
      }
      return url == null ? "it has no \"url\"; a case is " + SHAPE : null;
    }

    UrlReading reading() {
      String text = url == null ? "" : url;
      return base == null ? UrlReading.of(text) : UrlReading.of(text, base);
    }
  }
}
