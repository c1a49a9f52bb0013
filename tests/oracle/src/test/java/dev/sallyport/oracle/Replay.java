package dev.sallyport.oracle;

import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.RecordedExchange;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a case as {@code sallyport explain -} reads it. */
final class Replay {
  private static final JsonMapper JSON = new JsonMapper();

  private Replay() {}

  static String line(String name, ExplainCase played) {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", name);
    json.put("page", played.page().href());
    PageRequest request = played.request();
    ObjectNode asked = json.putObject("request");
    asked.put("api", request.api().keyword());
    asked.put("url", request.url());
    asked.put("method", request.method());
    putHeaders(asked, request.headers());
    asked.put("mode", request.mode().keyword());
    asked.put("credentials", request.credentials().keyword());
    asked.put("redirect", request.redirect().keyword());
    asked.put("referrerPolicy", request.referrerPolicy());
    ArrayNode exchanges = json.putArray("exchanges");
    for (RecordedExchange exchange : played.exchanges()) {
      ObjectNode each = exchanges.addObject();
      each.put("on", exchange.preflight() ? "preflight" : "actual");
      exchange.url().ifPresent(url -> each.put("url", url.href()));
      each.put("status", exchange.answer().status());
      putHeaders(each, exchange.answer().headers());
    }
    return json.toString();
  }

  private static void putHeaders(ObjectNode json, List<Header> headers) {
    ArrayNode lines = json.putArray("headers");
    for (Header header : headers) {
      lines.addArray().add(header.name()).add(header.value());
    }
  }
}
