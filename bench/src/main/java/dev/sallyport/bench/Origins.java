package dev.sallyport.bench;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The origins that benchmarks are made of. */
final class Origins {
  private Origins() {}

  /** {@code https://customer-17.example.com} and its like, {@code count} of them. */
  static Stream<String> exact(int count) {
    return IntStream.range(0, count).mapToObj(Origins::exact);
  }

  static String exact(int number) {
    return "https://customer-" + number + ".example.com";
  }

  /**
   * The same text in an object of its own, whose hash nobody has asked for yet, as a server gets it
   * from a socket.
   */
  static String fresh(byte[] text) {
    return new String(text, StandardCharsets.ISO_8859_1);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
