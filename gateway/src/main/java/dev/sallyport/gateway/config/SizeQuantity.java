package dev.sallyport.gateway.config;

import java.util.List;
import java.util.Locale;

/**
 * A number of bytes: {@code 1MiB}, {@code 500kB}, or a plain number.
 *
 * @param least the smallest that makes sense
 * @param most the largest
 */
record SizeQuantity(long least, long most, String example) implements Quantity<Long> {
  private static final List<String> UNITS =
      List.of("B", "kB", "KB", "KiB", "MB", "MiB", "GB", "GiB");

  @Override
  public String expected() {
    return "a size";
  }

  @Override
  public Long parse(String text) throws Fault {
    int end = Quantity.numberEnd(text);
    String digits = text.substring(0, end);
    long factor = bytes(text.substring(end));
    if (factor > 0 && digits.startsWith("-") && digits.length() > 1) {
      throw new Fault("is negative. Write a size such as " + example + ".");
    }
    if (factor > 0 && Quantity.isTooLong(digits)) {
      throw tooLarge();
    }
    long number = factor < 0 ? -1 : Quantity.wholeNumber(digits).orElse(-1L);
    if (number < 0) {
      throw new Fault(
          "is not a size: a whole number and kB, MB, GB, KiB, MiB or GiB, or a number of bytes. "
              + suggestion(text));
    }
    if (number > most / factor) {
      throw tooLarge();
    }
    if (number * factor < least) {
      throw new Fault(
          "is too small; the least is " + format(least) + ". Write one such as " + example + ".");
    }
    return number * factor;
  }

  /** Whether {@code text} has the form of a size, however large, or below zero. */
  static boolean isSize(String text) {
    int end = Quantity.numberEnd(text);
    return end > (text.startsWith("-") ? 1 : 0) && bytes(text.substring(end)) > 0;
  }

  private Fault tooLarge() {
    return new Fault(
        "is too large; the most is " + format(most) + ". Write one such as " + example + ".");
  }

  /** Bytes in a unit; -1 for what is none. */
  private static long bytes(String unit) {
    return switch (unit) {
      case "", "B" -> 1;
      case "kB", "KB" -> 1_000;
      case "MB" -> 1_000_000;
      case "GB" -> 1_000_000_000;
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      default -> -1;
    };
  }

  private String suggestion(String text) {
    String plain = text.replace(" ", "");
    int end = Quantity.numberEnd(plain);
    String number = plain.substring(0, end);
    String unit = plain.substring(end).toLowerCase(Locale.ROOT);
    if (number.isEmpty() || number.startsWith("-")) {
      return "Write one such as " + example + ".";
    }
    return switch (unit) {
      case "k", "m", "g" -> {
        String upper = unit.toUpperCase(Locale.ROOT);
        yield "Did you mean " + number + upper + "iB?";
      }
      default ->
          UNITS.stream()
              .filter(known -> known.equalsIgnoreCase(unit))
              .findFirst()
              .map(known -> "Did you mean " + number + known + "?")
              .orElse("Write one such as " + example + ".");
    };
  }

  private static String format(long bytes) {
    for (int shift = 30; shift > 0; shift -= 10) {
      if (bytes > 0 && bytes % (1L << shift) == 0) {
        return (bytes >> shift) + UNITS.get(shift == 30 ? 7 : shift == 20 ? 5 : 3);
      }
    }
    return Long.toString(bytes);
  }
}
