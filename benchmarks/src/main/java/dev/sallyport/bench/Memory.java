package dev.sallyport.bench;

import dev.sallyport.cors.CorsPolicy;
import java.lang.ref.Reference;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Measures what a policy of a million patterns holds of the heap, and how long it takes to build.
 * Counted is what the collector leaves with the policy and not without it: the texts of the
 * patterns too, which nobody else keeps.
 */
final class Memory {
  private static final int MILLION = 1_000_000;

  private Memory() {}

  /** Prints a line for each kind of pattern: name, megabytes, seconds. */
  public static void main(String[] arguments) {
    measure("warm-up", EngineBenchmark::origin, 100_000);
    measure("exact", EngineBenchmark::origin, MILLION);
    measure("wildcard", number -> "https://*.customer" + number + ".example.com", MILLION);
  }

  private static void measure(String name, IntFunction<String> pattern, int count) {
    long before = used();
    long start = System.nanoTime();
    CorsPolicy policy = build(pattern, count);
    double seconds = (System.nanoTime() - start) / 1e9;
    try {
      System.out.printf(Locale.ROOT, "%s\t%.1f\t%.2f%n", name, (used() - before) / 1e6, seconds);
    } finally {
      Reference.reachabilityFence(policy);
    }
  }

  /** The making of the texts is timed with the policy's; it is a small part. */
  private static CorsPolicy build(IntFunction<String> pattern, int count) {
    return CorsPolicy.builder()
        .allowOrigins(IntStream.range(0, count).mapToObj(pattern).toList())
        .build();
  }

  private static long used() {
    for (int i = 0; i < 4; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
