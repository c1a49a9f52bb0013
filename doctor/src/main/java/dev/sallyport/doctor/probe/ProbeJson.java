package dev.sallyport.doctor.probe;

import dev.sallyport.doctor.OutcomeWriter;
import dev.sallyport.fetch.Header;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** What a probe showed, for programs. */
public final class ProbeJson {
  private ProbeJson() {}

  /** Writes one object, without secrets. */
  public static void write(JsonGenerator json, ProbeResult result) {
    json.writeStartObject();
    json.writeStringProperty("url", result.probe().request().url());
    json.writeStringProperty("origin", result.probe().origin().serialize());
    json.writeStringProperty("browser", result.probe().profile().name().toLowerCase(Locale.ROOT));
    json.writeStringProperty(
        "verdict", result.verdict().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    OutcomeWriter.write(json, result.outcome(), result.fixes());
    json.writeArrayPropertyStart("exchanges");
    result.exchanges().forEach(exchange -> write(json, exchange));
    json.writeEndArray();
    json.writeArrayPropertyStart("findings");
    for (Finding finding : result.findings()) {
      json.writeStartObject();
      json.writeStringProperty("code", finding.code());
      json.writeStringProperty(
          "kind", finding.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      json.writeStringProperty("what", finding.what());
      texts(json, "fix", finding.fixes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayPropertyStart("cookies");
    for (CookieVerdict cookie : result.cookies()) {
      json.writeStartObject();
      json.writeStringProperty("name", cookie.name());
      texts(json, "attributes", cookie.attributes());
      json.writeBooleanProperty("kept", cookie.stored());
      texts(json, "remarks", cookie.remarks());
      json.writeEndObject();
    }
    json.writeEndArray();
    texts(json, "hiddenHeaders", result.hidden());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Exchange exchange) {
    json.writeStartObject();
    json.writeStringProperty("on", exchange.kind().keyword());
    json.writeStringProperty("method", exchange.method());
    json.writeStringProperty("url", exchange.url().withoutCredentials().href());
    headers(json, "sent", exchange.sent());
    exchange
        .answer()
        .ifPresent(
            answer -> {
              json.writeStringProperty("protocol", answer.protocol());
              json.writeNumberProperty("status", answer.status());
              headers(json, "headers", answer.headers());
            });
    exchange
        .fault()
        .ifPresent(
            fault -> {
              json.writeStringProperty("fault", fault.kind().code());
              json.writeStringProperty("detail", fault.detail());
            });
    json.writeEndObject();
  }

  private static void headers(JsonGenerator json, String name, List<Header> headers) {
    json.writeArrayPropertyStart(name);
    for (Header header : headers) {
      json.writeStartArray();
      json.writeString(header.name());
      json.writeString(Shown.value(header));
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void texts(JsonGenerator json, String name, List<String> texts) {
    json.writeArrayPropertyStart(name);
    texts.forEach(json::writeString);
    json.writeEndArray();
  }
}
