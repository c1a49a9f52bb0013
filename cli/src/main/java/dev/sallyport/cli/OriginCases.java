package dev.sallyport.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
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
  private final InputStream in;
  private final PrintWriter out;
  private boolean allWereCases = true;

  OriginCases(InputStream in, PrintWriter out) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.out = out;
  }

  /**
   * Answers until the input ends, or nobody reads the answers any more.
   *
   * @return the exit code
   */
  int answerAll() throws IOException {
    for (byte @Nullable [] line = readLine(); line != null; line = readLine()) {
      if (!isBlank(line)) {
        answer(line);
      }
      // Whoever waits for an answer before asking again gets it; thousands in a file go in one.
      if (in.available() == 0 && out.checkError()) {
        break;
      }
    }
    return allWereCases ? Exit.FINE : Exit.USAGE;
  }

  /** The next line without its end; null after the last. */
  private byte @Nullable [] readLine() throws IOException {
    int first = in.read();
    if (first < 0) {
      return null;
    }
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int b = first; b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
    }
    return line.toByteArray();
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private void answer(byte[] line) {
    Case question = new Case();
    String fault = question.read(line);
    if (fault == null) {
      UrlReading reading = question.reading();
      Json.line(
          out,
          json -> {
            json.writeStartObject();
            question.writeId(json);
            OriginJson.properties(json, reading);
            json.writeEndObject();
          });
    } else {
      allWereCases = false;
      Json.line(
          out,
          json -> {
            json.writeStartObject();
            question.writeId(json);
            json.writeStringProperty("error", "not a case: " + fault);
            json.writeEndObject();
          });
    }
  }

  /** One case, as far as it could be read. */
  private static final class Case {
    private static final String SHAPE =
        "{\"id\": string or number, \"url\": string, \"base\": string, if any}";

    private @Nullable String id;
    private boolean idIsNumber;
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
          idIsNumber = value.isNumeric();
          if (!isString && !idIsNumber) {
            return wrongType(json, "id", "a string or a number");
          }
          id = json.getString();
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
      if (id == null) {
        return "it has no \"id\"; a case is " + SHAPE;
      }
      return url == null ? "it has no \"url\"; a case is " + SHAPE : null;
    }

    UrlReading reading() {
      String text = url == null ? "" : url;
      return base == null ? UrlReading.of(text) : UrlReading.of(text, base);
    }

    void writeId(JsonGenerator json) {
      if (id == null) {
        return;
      }
      json.writeName("id");
      if (idIsNumber) {
        // As it was written: 1.0 does not become 1.
        json.writeNumber(id);
      } else {
        json.writeString(id);
      }
    }
  }
}
