package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Entry;
import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Mapping;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.origin.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The keys of one mapping, each known to it and written once, and their values. */
final class Fields {
  private final Reading reading;
  private final Keys keys;
  private final Place place;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private Fields(Reading reading, Keys keys, Mapping mapping) {
    this.reading = reading;
    this.keys = keys;
    this.place = mapping.place();
    for (Entry entry : mapping.entries()) {
      add(entry);
    }
  }

  /**
   * Opens {@code value}; a problem and empty if it is no mapping, a problem for each key that is
   * unknown or written twice.
   */
  static Optional<Fields> open(
      Reading reading, Value value, Keys keys, String name, String example) {
    return reading.mapping(value, name, example).map(mapping -> new Fields(reading, keys, mapping));
  }

  private void add(Entry entry) {
    Scalar key = entry.key();
    String name = key.text();
    if (!keys.names().contains(name)) {
      boolean hint = reading.problems().hints(key.place());
      reading.error(key.place(), UnknownKey.message(name, Printable.of(name), keys, hint));
      return;
    }
    Entry first = entries.putIfAbsent(name, entry);
    if (first != null) {
      reading.error(
          key.place(),
          "key \""
              + name
              + "\" stands twice "
              + keys.where()
              + first.key().place().first()
              + ". Remove one.");
    }
  }

  Place place() {
    return place;
  }

  /** Whether the mapping may have this key. */
  boolean knows(String key) {
    return keys.names().contains(key);
  }

  /** The value of a key; empty when it is not written. */
  Optional<Value> get(String key) {
    if (!knows(key)) {
      throw new IllegalArgumentException("no key " + keys.where() + ": " + key);
    }
    return Optional.ofNullable(entries.get(key)).map(Entry::value);
  }

  /** Where a key stands; where the mapping begins when it is not written. */
  Place keyPlace(String key) {
    Entry entry = entries.get(key);
    return entry == null ? place : entry.key().place();
  }

  /** Where a key's value stands; where the mapping begins when it is not written. */
  Place valuePlace(String key) {
    return get(key).map(Value::place).orElse(place);
  }

  Optional<Scalar> text(String key, String example) {
    return get(key).flatMap(value -> reading.text(value, key, example));
  }

  List<Scalar> texts(String key, String example) {
    return get(key).map(value -> reading.texts(value, key, example)).orElse(List.of());
  }

  boolean flag(String key) {
    return get(key).map(value -> reading.flag(value, key, false)).orElse(false);
  }

  int integer(String key, int least, int most, int fallback) {
    return get(key)
        .map(value -> reading.integer(value, key, least, most, fallback))
        .orElse(fallback);
  }

  <E> Optional<E> choice(String key, E[] choices, Function<E, String> keyword) {
    return get(key).flatMap(value -> reading.choice(value, key, choices, keyword));
  }

  /** A duration, size or rate; empty when it is not written or is a problem. */
  <T> Optional<T> quantity(String key, Quantity<T> quantity) {
    return get(key)
        .flatMap(
            value ->
                reading.scalar(
                    value,
                    key,
                    quantity.expected(),
                    quantity.example(),
                    Kind.TEXT,
                    Kind.INTEGER,
                    Kind.DECIMAL))
        .flatMap(scalar -> quantity.read(reading, scalar, key));
  }
}
