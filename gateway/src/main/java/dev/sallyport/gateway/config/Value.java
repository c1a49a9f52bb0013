package dev.sallyport.gateway.config;

import dev.sallyport.origin.Printable;
import java.util.List;

/**
 * A value that somebody wrote, not yet understood, and where it stands.
 *
 * <p>The same whether it came from a file or from the options of a command line, so that both are
 * checked by the same code and refused in the same words.
 */
sealed interface Value {
  /** Where it begins. */
  Place place();

  /** What it is, as a message says it: {@code the number 5}, {@code a list}. */
  String describe();

  /** What a scalar is by its looks, where quotes make anything text. */
  enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    NULL
  }

  /**
   * A value that is not made of others.
   *
   * @param text as it was written, without quotes
   */
  record Scalar(Place place, Kind kind, String text) implements Value {
    @Override
    public String describe() {
      return switch (kind) {
        case TEXT -> "the text \"" + Printable.of(text) + "\"";
        case INTEGER, DECIMAL -> "the number " + Printable.of(text);
        case BOOLEAN -> Printable.of(text);
        case NULL -> "empty";
      };
    }
  }

  /** A list. */
  record Sequence(Place place, List<Value> items) implements Value {
    @Override
    public String describe() {
      return "a list";
    }
  }

  /** Keys and their values, in the order they were written; a key may be repeated. */
  record Mapping(Place place, List<Entry> entries) implements Value {
    @Override
    public String describe() {
      return "a mapping";
    }
  }

  /** A key and its value. */
  record Entry(Scalar key, Value value) {}
}
