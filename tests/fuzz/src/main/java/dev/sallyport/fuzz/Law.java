package dev.sallyport.fuzz;

import java.nio.charset.StandardCharsets;

/** What targets have in common. */
final class Law {
  private Law() {}

  /** An input as text, a character for each byte. */
  static String text(byte[] input) {
    return new String(input, StandardCharsets.ISO_8859_1);
  }

  /**
   * @throws IllegalStateException when {@code holds} is false
   */
  static void that(boolean holds, String law, String input) {
    if (!holds) {
      throw new IllegalStateException(law + ": " + input);
    }
  }
}
