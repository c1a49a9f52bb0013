package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.origin.Printable;
import java.util.Optional;

/** A number with a unit: a duration, a size or a rate, and what is expected of it. */
interface Quantity<T> {
  /** With an article: {@code a duration}. */
  String expected();

  /** {@code 30s}. */
  String example();

  /**
   * The quantity that {@code text} says.
   *
   * @throws Fault when it says none
   */
  T parse(String text) throws Fault;

  /** The quantity that a scalar says; otherwise a problem. */
  default Optional<T> read(Reading reading, Scalar scalar, String name) {
    try {
      return Optional.of(parse(scalar.text()));
    } catch (Fault fault) {
      reading.error(
          scalar.place(), name + " \"" + Printable.of(scalar.text()) + "\" " + fault.text());
      return Optional.empty();
    }
  }

  /** What {@code digits} spell; empty for anything but up to 18 digits with an optional sign. */
  static Optional<Long> wholeNumber(String digits) {
    int start = digits.startsWith("-") ? 1 : 0;
    if (digits.length() == start || digits.length() - start > 18) {
      return Optional.empty();
    }
    for (int i = start; i < digits.length(); i++) {
      if (digits.charAt(i) < '0' || digits.charAt(i) > '9') {
        return Optional.empty();
      }
    }
    return Optional.of(Long.parseLong(digits));
  }

  /** Where the number at the start of {@code text} ends. */
  static int numberEnd(String text) {
    int end = text.startsWith("-") ? 1 : 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** Whether a number was meant that is too long to be one here. */
  static boolean isTooLong(String digits) {
    return digits.length() > 18 && numberEnd(digits) == digits.length();
  }
}
