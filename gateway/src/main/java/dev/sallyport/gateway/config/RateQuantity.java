package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Route.Rate;
import java.time.Duration;
import java.util.Locale;

/** So many requests in so long a time: {@code 10/s}, {@code 120/min}, {@code 600/h}. */
record RateQuantity(String example) implements Quantity<Rate> {
  /** Beyond this, it limits nothing that a machine can do. */
  private static final long MOST = 1_000_000_000;

  @Override
  public String expected() {
    return "a rate";
  }

  @Override
  public Rate parse(String text) throws Fault {
    int slash = text.indexOf('/');
    String digits = slash < 0 ? text : text.substring(0, slash);
    Duration per = slash < 0 ? Duration.ZERO : per(text.substring(slash + 1));
    long requests = Quantity.wholeNumber(digits).orElse(Long.MIN_VALUE);
    if (per.isZero() || requests == Long.MIN_VALUE && !Quantity.isTooLong(digits)) {
      throw new Fault(
          "is not a rate: a whole number of requests, a slash, and s, min or h. "
              + suggestion(text));
    }
    if (Quantity.isTooLong(digits) || requests > MOST) {
      throw new Fault(
          "is too high to limit anything; the most is "
              + MOST
              + ". Leave the key out for no limit.");
    }
    if (requests < 1) {
      throw new Fault("lets nobody in; the least is 1. Write one such as " + example + ".");
    }
    return new Rate(requests, per);
  }

  /** How long a unit is; zero for what is none. */
  private static Duration per(String unit) {
    return switch (unit) {
      case "s" -> Duration.ofSeconds(1);
      case "min" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ZERO;
    };
  }

  private String suggestion(String text) {
    String plain = text.toLowerCase(Locale.ROOT).replace(" ", "").replace("per", "/");
    int end = Quantity.numberEnd(plain);
    String number = plain.substring(0, end);
    String unit =
        switch (plain.substring(end)) {
          case "/s", "/sec", "/second", "r/s", "rps" -> "s";
          case "/m", "/min", "/minute", "r/m", "rpm" -> "min";
          case "/h", "/hr", "/hour", "rph" -> "h";
          default -> "";
        };
    return unit.isEmpty() || number.isEmpty() || number.startsWith("-")
        ? "Write one such as " + example + "."
        : "Did you mean " + number + "/" + unit + "?";
  }
}
