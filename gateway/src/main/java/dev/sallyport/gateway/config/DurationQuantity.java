package dev.sallyport.gateway.config;

import java.time.Duration;
import java.util.Locale;

/**
 * A duration: {@code 250ms}, {@code 30s}, {@code 10m}, {@code 1h}, or a number of seconds.
 *
 * @param least the shortest that makes sense
 * @param most the longest that is accepted here; a day, unless somebody else says so better
 */
record DurationQuantity(Duration least, Duration most, String example)
    implements Quantity<Duration> {

  /** How long anything of a connection may take. */
  static final Duration DAY = Duration.ofHours(24);

  /** A time within which something has to happen. */
  static DurationQuantity timeout(String example) {
    return new DurationQuantity(Duration.ofMillis(1), DAY, example);
  }

  @Override
  public String expected() {
    return "a duration";
  }

  @Override
  public Duration parse(String text) throws Fault {
    int end = Quantity.numberEnd(text);
    String digits = text.substring(0, end);
    long factor = milliseconds(text.substring(end));
    if (factor > 0 && Quantity.isTooLong(digits)) {
      throw tooLong();
    }
    long number = factor < 0 ? -1 : Quantity.wholeNumber(digits).orElse(-1L);
    if (digits.startsWith("-") && digits.length() > 1 && factor > 0) {
      throw new Fault("is negative. Write a duration such as " + example + ".");
    }
    if (number < 0) {
      throw new Fault(
          "is not a duration: a whole number and ms, s, m or h, or a number of seconds. "
              + suggestion(text));
    }
    if (number > Long.MAX_VALUE / factor) {
      throw tooLong();
    }
    return inBounds(Duration.ofMillis(number * factor));
  }

  private Duration inBounds(Duration duration) throws Fault {
    if (duration.compareTo(least) < 0) {
      throw new Fault(
          "is too short; the least is " + format(least) + ". Write one such as " + example + ".");
    }
    if (duration.compareTo(most) > 0) {
      throw tooLong();
    }
    return duration;
  }

  private Fault tooLong() {
    return new Fault(
        "is too long; the most is " + format(DAY) + ". Write one such as " + example + ".");
  }

  /** Milliseconds in a unit; -1 for what is none. */
  private static long milliseconds(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s", "" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> -1;
    };
  }

  private String suggestion(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replace(" ", "");
    int end = Quantity.numberEnd(plain);
    String number = plain.substring(0, end);
    String unit =
        switch (plain.substring(end)) {
          case "msec", "msecs", "millis", "millisecond", "milliseconds", "ms" -> "ms";
          case "sec", "secs", "second", "seconds", "s" -> "s";
          case "min", "mins", "minute", "minutes", "m" -> "m";
          case "hr", "hrs", "hour", "hours", "h" -> "h";
          default -> "";
        };
    return unit.isEmpty() || number.isEmpty() || number.startsWith("-")
        ? "Write one such as " + example + "."
        : "Did you mean " + number + unit + "?";
  }

  private static String format(Duration duration) {
    long millis = duration.toMillis();
    if (millis % 3_600_000 == 0 && millis > 0) {
      return millis / 3_600_000 + "h";
    }
    return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
  }
}
