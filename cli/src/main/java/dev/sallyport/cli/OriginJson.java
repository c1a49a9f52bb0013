package dev.sallyport.cli;

import java.io.PrintWriter;
import java.util.OptionalInt;
import tools.jackson.core.JsonGenerator;

/** The answers of {@code sallyport origin} in JSON; the order of the properties is kept. */
final class OriginJson {
  private OriginJson() {}

  /** Writes the answer about one URL. */
  static void line(PrintWriter out, UrlReading reading) {
    Json.line(out, json -> object(json, reading));
  }

  /** Writes the answer about two; what they have in common is left out when one is no URL. */
  static void line(PrintWriter out, UrlReading a, UrlReading b) {
    Json.line(
        out,
        json -> {
          json.writeStartObject();
          json.writeName("a");
          object(json, a);
          json.writeName("b");
          object(json, b);
          if (a instanceof UrlReading.Understood one && b instanceof UrlReading.Understood other) {
            properties(json, Comparison.of(one.origin(), other.origin()));
          }
          json.writeEndObject();
        });
  }

  private static void object(JsonGenerator json, UrlReading reading) {
    json.writeStartObject();
    properties(json, reading);
    json.writeEndObject();
  }

  /** Writes what there is to say about one URL into an object that was begun. */
  static void properties(JsonGenerator json, UrlReading reading) {
    json.writeStringProperty("url", reading.text());
    if (reading instanceof UrlReading.Understood url) {
      json.writeStringProperty("origin", url.origin().serialize());
      json.writeStringProperty("kind", url.host().isPresent() ? "tuple" : "opaque");
      json.writeStringProperty("scheme", url.scheme());
      json.writeName("host");
      json.writeString(url.host().orElse(null));
      json.writeName("port");
      number(json, url.port());
      json.writeBooleanProperty("potentiallyTrustworthy", url.url().isPotentiallyTrustworthy());
      json.writeStringProperty("href", url.url().href());
    } else if (reading instanceof UrlReading.Refused refused) {
      json.writeStringProperty("error", refused.error());
    }
  }

  private static void number(JsonGenerator json, OptionalInt number) {
    if (number.isPresent()) {
      json.writeNumber(number.getAsInt());
    } else {
      json.writeNull();
    }
  }

  private static void properties(JsonGenerator json, Comparison comparison) {
    json.writeBooleanProperty("sameOrigin", comparison.sameOrigin());
    json.writeBooleanProperty("sameSite", comparison.sameSite());
    json.writeBooleanProperty("schemelesslySameSite", comparison.schemelesslySameSite());
    json.writeName("differs");
    json.writeStartArray();
    comparison.differs().forEach(json::writeString);
    json.writeEndArray();
  }
}
