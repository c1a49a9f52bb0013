package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.HeaderNames.Direction;
import dev.sallyport.gateway.config.Value.Entry;
import dev.sallyport.gateway.config.Value.Mapping;
import dev.sallyport.origin.Printable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what a route says to its upstream of itself otherwise than by a header of its own. */
final class CredentialsReader {
  private final Reading reading;

  CredentialsReader(Reading reading) {
    this.reading = reading;
  }

  /** The parameters that {@code setQuery} sets. */
  Map<String, HeaderValue> query(Value value) {
    Map<String, HeaderValue> query = new LinkedHashMap<>();
    List<Entry> entries =
        reading
            .mapping(value, "setQuery", "{api_key: \"${env:API_KEY}\"}")
            .map(Mapping::entries)
            .orElse(List.of());
    for (Entry entry : entries) {
      String name = entry.key().text();
      String what = "query parameter \"" + Printable.of(name) + "\"";
      if (name.isEmpty()) {
        reading.error(entry.key().place(), "a query parameter has no name. Write one.");
      }
      HeaderText.read(reading, entry.value(), what, HeaderNames.isSecret(name), Direction.REQUEST)
          .ifPresent(text -> query.put(name, text));
    }
    return query;
  }

  /**
   * The value of {@code Authorization} that {@code basicAuth} stands for.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc7617#section-2">RFC 7617, section 2</a>
   */
  Optional<HeaderValue> basic(Value value) {
    Optional<Fields> fields =
        Fields.open(
            reading,
            value,
            Keys.BASIC_AUTH,
            "basicAuth",
            "{username: me, password: \"${env:PASSWORD}\"}");
    if (fields.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> username = part(fields.get(), "username");
    Optional<String> password = part(fields.get(), "password");
    if (username.filter(text -> text.indexOf(':') >= 0).isPresent()) {
      reading.error(
          fields.get().valuePlace("username"),
          "basicAuth's username has a colon, which ends it. Remove it.");
      return Optional.empty();
    }
    return username.flatMap(user -> password.map(secret -> basic(user + ":" + secret)));
  }

  private static HeaderValue basic(String pair) {
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return new HeaderValue("Basic " + encoded, true);
  }

  private Optional<String> part(Fields fields, String key) {
    Optional<Value> value = fields.get(key);
    if (value.isEmpty()) {
      reading.error(fields.place(), "basicAuth has no " + key + ". Add " + key + ": \"...\".");
      return Optional.empty();
    }
    return HeaderText.read(reading, value.get(), "basicAuth's " + key, true, Direction.REQUEST)
        .map(HeaderValue::text);
  }
}
