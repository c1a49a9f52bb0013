package dev.sallyport.doctor.probe;

import dev.sallyport.fetch.Header;
import java.util.Locale;
import java.util.regex.Pattern;

/** What may be shown of what went over the wire: no secrets, and nothing that a terminal obeys. */
final class Shown {
  private static final int MOST = 2000;
  private static final Pattern SECRET =
      Pattern.compile("auth|cookie|token|secret|api-?key|password|session|credential");

  private Shown() {}

  /** The value of a header; {@code ***} when it is secret, of a cookie all but the value. */
  static String value(Header header) {
    String name = header.name().toLowerCase(Locale.ROOT);
    if (name.equals("set-cookie")) {
      return text(header.value().replaceFirst("^([^=;]*=)[^;]*", "$1***"));
    }
    boolean isPlain = name.startsWith("access-control-") || name.endsWith("-authenticate");
    return !isPlain && SECRET.matcher(name).find() ? "***" : text(header.value());
  }

  /** One line of printable characters, of at most 2000. */
  static String text(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.chars()
        .limit(MOST)
        .forEach(
            c -> {
              boolean isFormat =
                  Character.getType(c) == Character.FORMAT
                      || Character.getType(c) == Character.LINE_SEPARATOR
                      || Character.getType(c) == Character.PARAGRAPH_SEPARATOR
                      || Character.getType(c) == Character.SURROGATE;
              if (Character.isISOControl(c) || isFormat) {
                shown.append(String.format("\\u%04x", c));
              } else {
                shown.append((char) c);
              }
            });
    return text.length() > MOST ? shown.append('…').toString() : shown.toString();
  }
}
