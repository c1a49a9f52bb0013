package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.HeaderNames.Direction;
import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.origin.Printable;
import java.util.Optional;

/**
 * Reads the value that a header is set to, which may name environment variables: {@code "Bearer
 * ${env:TOKEN}"}.
 *
 * <p>That is all there is of an expression language. A doubled dollar sign before the brace stands
 * for the text itself.
 */
final class HeaderText {
  private static final String OPEN = "${";
  private static final String OPEN_ENV = "${env:";
  private static final String LITERALLY = " For the text itself, write $${.";

  /** Does not quote what stands between the braces: some write the secret itself there. */
  private static final String UNKNOWN =
      "has \"${...}\" without the name of a variable; only ${env:NAME} is known, for the environment variable"
          + " NAME. Write ${env:NAME}."
          + LITERALLY;

  private final Reading reading;
  private final Scalar written;
  private final String what;
  private final boolean secret;
  private final Direction direction;
  private final StringBuilder text = new StringBuilder();
  private boolean fromEnvironment;
  private boolean failed;

  private HeaderText(
      Reading reading, Scalar written, String what, boolean secret, Direction direction) {
    this.reading = reading;
    this.written = written;
    this.what = what;
    this.secret = secret;
    this.direction = direction;
  }

  /** The value of a header that {@code value} says; otherwise a problem. */
  static Optional<HeaderValue> read(
      Reading reading, Value value, String name, Direction direction) {
    String what = "header \"" + Printable.of(name) + "\"";
    return read(reading, value, what, HeaderNames.isSecret(name), direction);
  }

  /**
   * The same of something else that goes into a head.
   *
   * @param what names it in a problem
   * @param secret whether it is one whatever it says
   */
  static Optional<HeaderValue> read(
      Reading reading, Value value, String what, boolean secret, Direction direction) {
    if (value instanceof Scalar scalar && scalar.kind() != Kind.NULL) {
      return new HeaderText(reading, scalar, what, secret, direction).read();
    }
    reading.wrongKind(value, what, "text", "\"abc\"");
    return Optional.empty();
  }

  private Optional<HeaderValue> read() {
    String rest = written.text();
    checkCharacters(rest, "has");
    for (int open = rest.indexOf(OPEN); open >= 0; open = rest.indexOf(OPEN)) {
      if (open > 0 && rest.charAt(open - 1) == '$') {
        text.append(rest, 0, open - 1).append(OPEN);
        rest = rest.substring(open + OPEN.length());
      } else {
        text.append(rest, 0, open);
        int close = rest.indexOf('}', open);
        String expression = close < 0 ? rest.substring(open) : rest.substring(open, close + 1);
        resolve(expression, close >= 0);
        rest = close < 0 ? "" : rest.substring(close + 1);
      }
    }
    text.append(rest);
    return failed
        ? Optional.empty()
        : Optional.of(new HeaderValue(text.toString(), fromEnvironment || secret));
  }

  private void resolve(String expression, boolean closed) {
    String variable =
        expression.startsWith(OPEN_ENV) && closed
            ? expression.substring(OPEN_ENV.length(), expression.length() - 1)
            : "";
    if (!isVariable(variable)) {
      fail(closed ? UNKNOWN : unclosed(expression));
      return;
    }
    if (direction == Direction.RESPONSE) {
      fail(
          "would show the environment variable "
              + variable
              + " to every page: variables go to the upstream only. Write the value itself.");
      return;
    }
    fromEnvironment = true;
    Optional<String> value = reading.env().apply(variable);
    if (value.isEmpty()) {
      fail(
          "needs the environment variable "
              + variable
              + ", which is not set. Set it where the gateway starts: export "
              + variable
              + "=...");
    } else if (value.get().isEmpty()) {
      fail("needs the environment variable " + variable + ", which is empty. Give it a value.");
    } else {
      checkCharacters(value.get(), "gets from the environment variable " + variable);
      text.append(value.get());
    }
  }

  /** An expression without its end goes on to the end of the value, and may hold a secret. */
  private static String unclosed(String expression) {
    String variable =
        expression.startsWith(OPEN_ENV) ? expression.substring(OPEN_ENV.length()).strip() : "";
    return "has \"${\" that is not closed. "
        + (isVariable(variable) ? "Did you mean ${env:" + variable + "}?" : "Write ${env:NAME}.")
        + LITERALLY;
  }

  /**
   * What may stand in a value: visible ASCII, and blanks inside. Anything else could end the header
   * and begin another, or be read differently by two servers.
   */
  private void checkCharacters(String value, String origin) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c > 0x7e) {
        fail(
            origin
                + " "
                + characterName(value.codePointAt(i))
                + ", which cannot stand in a header. Remove it.");
        return;
      }
    }
    if (!value.isEmpty()
        && (isBlank(value.charAt(0)) || isBlank(value.charAt(value.length() - 1)))) {
      fail(origin + " a blank at its beginning or end, which no server would see. Remove it.");
    }
  }

  private static String characterName(int c) {
    return switch (c) {
      case '\n', '\r' -> "a line break";
      case 0 -> "a NUL";
      default -> String.format("the character U+%04X", c);
    };
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isVariable(String name) {
    boolean valid = !name.isEmpty() && !(name.charAt(0) >= '0' && name.charAt(0) <= '9');
    for (int i = 0; valid && i < name.length(); i++) {
      char c = name.charAt(i);
      valid = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_';
    }
    return valid;
  }

  private void fail(String why) {
    failed = true;
    reading.error(written.place(), what + " " + why);
  }
}
