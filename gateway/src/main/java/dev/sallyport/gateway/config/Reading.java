package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Mapping;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.gateway.config.Value.Sequence;
import dev.sallyport.origin.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One reading of a configuration: the problems found so far, what surrounds the file, and the
 * simplest values.
 *
 * @param problems what was found so far
 * @param directory where relative paths begin
 * @param env the environment's variables by their names
 */
record Reading(Problems problems, Path directory, Function<String, Optional<String>> env) {

  void error(Place at, String message) {
    problems.error(at, message);
  }

  void warning(Place at, String message) {
    problems.warning(at, message);
  }

  /**
   * Says that a value is of the wrong kind.
   *
   * @param name what the value is called: a key
   * @param expected what it has to be, with an article
   * @param example a value as it is written in the file
   */
  void wrongKind(Value value, String name, String expected, String example) {
    error(
        value.place(),
        name
            + " is "
            + value.describe()
            + "; it has to be "
            + expected
            + ", such as "
            + example
            + ".");
  }

  /** The mapping that {@code value} is; otherwise a problem. */
  Optional<Mapping> mapping(Value value, String name, String example) {
    if (value instanceof Mapping mapping) {
      return Optional.of(mapping);
    }
    wrongKind(value, name, "a mapping", example);
    return Optional.empty();
  }

  /** The elements of the list that {@code value} is; otherwise a problem, and none. */
  List<Value> list(Value value, String name, String example) {
    if (value instanceof Sequence sequence) {
      return sequence.items();
    }
    boolean single = value instanceof Scalar scalar && scalar.kind() != Kind.NULL;
    wrongKind(
        value,
        name,
        "a list",
        single ? "[\"" + Printable.of(((Scalar) value).text()) + "\"]" : example);
    return List.of();
  }

  /** The elements of a list of texts; each other one is a problem and left out. */
  List<Scalar> texts(Value value, String name, String example) {
    List<Scalar> texts = new ArrayList<>();
    for (Value item : list(value, name, "[" + example + "]")) {
      text(item, "an element of " + name, example).ifPresent(texts::add);
    }
    return texts;
  }

  /** The text that {@code value} is; otherwise a problem. */
  Optional<Scalar> text(Value value, String name, String example) {
    return scalar(value, name, "text", example, Kind.TEXT);
  }

  /** The scalar of one of these kinds that {@code value} is; otherwise a problem. */
  Optional<Scalar> scalar(
      Value value, String name, String expected, String example, Kind... kinds) {
    if (value instanceof Scalar scalar && List.of(kinds).contains(scalar.kind())) {
      return withoutVariables(scalar, name);
    }
    wrongKind(value, name, expected, example);
    return Optional.empty();
  }

  private Optional<Scalar> withoutVariables(Scalar scalar, String name) {
    if (!scalar.text().contains("${")) {
      return Optional.of(scalar);
    }
    error(
        scalar.place(),
        name
            + " \""
            + Printable.of(scalar.text())
            + "\" holds \"${\", and variables are known in request.setHeaders only. Write the value itself.");
    return Optional.empty();
  }

  /** True or false; otherwise a problem and {@code fallback}. */
  boolean flag(Value value, String name, boolean fallback) {
    if (value instanceof Scalar scalar && scalar.kind() == Kind.BOOLEAN) {
      return scalar.text().equals("true");
    }
    error(
        value.place(),
        name + " is " + value.describe() + "; it has to be true or false, without quotes.");
    return fallback;
  }

  /** A whole number within bounds; otherwise a problem and {@code fallback}. */
  int integer(Value value, String name, int least, int most, int fallback) {
    if (value instanceof Scalar scalar && scalar.kind() == Kind.INTEGER) {
      Optional<Long> number = Quantity.wholeNumber(scalar.text());
      if (number.isPresent() && number.get() >= least && number.get() <= most) {
        return number.get().intValue();
      }
    }
    wrongKind(
        value, name, "a whole number from " + least + " to " + most, Integer.toString(fallback));
    return fallback;
  }

  /** One of the words that {@code keyword} gives the choices; otherwise a problem. */
  <E> Optional<E> choice(Value value, String name, E[] choices, Function<E, String> keyword) {
    List<String> words = new ArrayList<>();
    for (E each : choices) {
      String word = keyword.apply(each);
      if (value instanceof Scalar scalar && scalar.text().equals(word)) {
        return Optional.of(each);
      }
      words.add(word);
    }
    String hint =
        value instanceof Scalar scalar
            ? Spelling.nearest(scalar.text(), words)
                .map(word -> " Did you mean " + word + "?")
                .orElse("")
            : "";
    error(
        value.place(),
        name + " is " + value.describe() + "; it has to be " + alternatives(words) + "." + hint);
    return Optional.empty();
  }

  private static String alternatives(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.get(0)
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }
}
