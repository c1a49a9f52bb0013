package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.HeaderNames.Direction;
import dev.sallyport.gateway.config.RequestRules.Announce;
import dev.sallyport.gateway.config.Value.Entry;
import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Mapping;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.origin.Printable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code request} and {@code response}: what becomes of headers on the way. */
final class HeaderRulesReader {
  private static final String AUTHORIZATION = "authorization";
  private static final String EXAMPLE = "{forward: [cookie]}";

  private final Reading reading;
  private final Fields fields;
  private final Direction direction;
  private final Map<String, HeaderValue> set = new LinkedHashMap<>();
  private final Map<String, Place> forward = new LinkedHashMap<>();
  private final Map<String, Place> remove = new LinkedHashMap<>();

  /**
   * Rules for requests, and where {@code forward} names headers.
   *
   * @param forward the place of each name
   */
  record Request(RequestRules rules, Map<String, Place> forward) {
    static final Request NONE = new Request(RequestRules.NONE, Map.of());
  }

  private HeaderRulesReader(Reading reading, Fields fields, Direction direction) {
    this.reading = reading;
    this.fields = fields;
    this.direction = direction;
  }

  static Request request(Reading reading, Optional<Value> value) {
    return value
        .flatMap(each -> Fields.open(reading, each, Keys.REQUEST, "request", EXAMPLE))
        .map(fields -> new HeaderRulesReader(reading, fields, Direction.REQUEST).readRequest())
        .orElse(Request.NONE);
  }

  static ResponseRules response(Reading reading, Optional<Value> value) {
    return value
        .flatMap(
            each ->
                Fields.open(reading, each, Keys.RESPONSE, "response", "{removeHeaders: [server]}"))
        .map(fields -> new HeaderRulesReader(reading, fields, Direction.RESPONSE).readResponse())
        .orElse(ResponseRules.NONE);
  }

  private Request readRequest() {
    readCommon();
    Set<Announce> announce = EnumSet.noneOf(Announce.class);
    for (Value item :
        fields
            .get("announce")
            .map(value -> reading.list(value, "announce", "[via]"))
            .orElse(List.of())) {
      reading
          .choice(
              item,
              "an element of announce",
              Announce.values(),
              each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
          .ifPresent(announce::add);
    }
    fields.get("basicAuth").ifPresent(this::readBasicAuth);
    CredentialsReader credentials = new CredentialsReader(reading);
    Map<String, HeaderValue> query =
        fields.get("setQuery").map(credentials::query).orElse(Map.of());
    return new Request(
        new RequestRules(set, query, remove.keySet(), forward.keySet(), announce),
        Map.copyOf(forward));
  }

  private ResponseRules readResponse() {
    readCommon();
    return new ResponseRules(set, remove.keySet(), forward.keySet());
  }

  private void readCommon() {
    fields.get("setHeaders").ifPresent(this::readSet);
    readNames("removeHeaders", "x-internal", remove);
    readNames("forward", direction == Direction.REQUEST ? "cookie" : "set-cookie", forward);
    checkContradictions();
  }

  private void readSet(Value value) {
    Map<String, Place> first = new HashMap<>();
    for (Entry entry : entries(value)) {
      String written = HeaderNames.shown(entry.key().text());
      if (isWithoutBlank(entry)) {
        reading.error(
            entry.key().place(),
            "header \""
                + Printable.of(written)
                + "\" has no value, because a blank is missing after the colon. Write {"
                + Printable.of(written)
                + ": \"abc\"}.");
        continue;
      }
      Optional<String> name = HeaderNames.check(reading, entry.key(), direction);
      Optional<HeaderValue> text = HeaderText.read(reading, entry.value(), written, direction);
      if (name.isPresent()) {
        Place other = first.putIfAbsent(name.get(), entry.key().place());
        if (other != null) {
          reading.error(
              entry.key().place(),
              "header \""
                  + Printable.of(entry.key().text())
                  + "\" is set twice"
                  + other.first()
                  + ". Remove one.");
        } else {
          text.ifPresent(read -> set.put(name.get(), read));
        }
      }
    }
  }

  /** It is {@code Authorization}, written for whoever has a name and a password. */
  private void readBasicAuth(Value value) {
    Optional<HeaderValue> header = new CredentialsReader(reading).basic(value);
    if (set.containsKey(AUTHORIZATION)) {
      reading.error(
          fields.keyPlace("basicAuth"),
          "basicAuth and setHeaders both set the header \"authorization\". Remove one.");
    } else {
      header.ifPresent(read -> set.put(AUTHORIZATION, read));
    }
  }

  /** The entries of {@code setHeaders}; a text instead may be a header with its secret. */
  private List<Entry> entries(Value value) {
    String example = "{x-api-key: \"abc\"}";
    if (value instanceof Scalar scalar && scalar.kind() == Kind.TEXT) {
      reading.error(
          value.place(),
          "setHeaders is text; it has to be a mapping, such as "
              + example
              + ", with a blank after each colon.");
      return List.of();
    }
    return reading.mapping(value, "setHeaders", example).map(Mapping::entries).orElse(List.of());
  }

  /** {@code {x-api-key:abc}}, which YAML takes for a key without a value. */
  private static boolean isWithoutBlank(Entry entry) {
    return entry.key().text().indexOf(':') > 0
        && entry.value() instanceof Scalar value
        && value.kind() == Kind.NULL;
  }

  /** The names in a list; in a message, none with a value that somebody put behind it. */
  private List<Scalar> names(Value value, String key, String example) {
    Value list =
        value instanceof Scalar scalar
            ? new Scalar(scalar.place(), scalar.kind(), HeaderNames.shown(scalar.text()))
            : value;
    List<Scalar> names = new ArrayList<>();
    for (Value item : reading.list(list, key, "[" + example + "]")) {
      if (item instanceof Scalar scalar
          && !scalar.text().equals(HeaderNames.shown(scalar.text()))) {
        names.add(scalar);
      } else {
        reading.text(item, "an element of " + key, example).ifPresent(names::add);
      }
    }
    return names;
  }

  private void readNames(String key, String example, Map<String, Place> to) {
    List<Scalar> written =
        fields.get(key).map(value -> names(value, key, example)).orElse(List.of());
    for (Scalar each : written) {
      readName(key, each, to);
    }
  }

  private void readName(String key, Scalar written, Map<String, Place> to) {
    Optional<String> name = HeaderNames.check(reading, written, direction);
    if (name.isPresent() && to.putIfAbsent(name.get(), written.place()) != null) {
      reading.warning(
          written.place(),
          "header \""
              + Printable.of(written.text())
              + "\" is listed twice in "
              + key
              + ". Remove one.");
    }
  }

  private void checkContradictions() {
    remove.forEach(
        (name, place) -> {
          if (forward.containsKey(name)) {
            reading.error(
                place,
                "header \"" + name + "\" is both forwarded and removed. Remove it from one list.");
          } else if (set.containsKey(name)) {
            reading.warning(
                place,
                "header \""
                    + name
                    + "\" is removed and then set, and setting replaces it anyway. Remove it here.");
          }
        });
    forward.forEach(
        (name, place) -> {
          if (set.containsKey(name)) {
            reading.warning(
                place,
                "header \""
                    + name
                    + "\" is forwarded and then set, so that what was sent is lost. Remove it from one of the two.");
          }
        });
  }
}
