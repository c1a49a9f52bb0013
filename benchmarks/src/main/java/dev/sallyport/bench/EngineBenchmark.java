package dev.sallyport.bench;

import dev.sallyport.cors.CorsPolicy;
import java.util.List;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** An actual request of an allowed origin, by how many origins are allowed. */
public class EngineBenchmark extends DecisionBenchmark {
  /** How many exact origins the policy allows. */
  @Param({"1", "100", "10000", "1000000"})
  public int origins;

  static String origin(int number) {
    return "https://customer-" + number + ".example.com";
  }

  static List<String> origins(int count) {
    return IntStream.range(0, count).mapToObj(EngineBenchmark::origin).toList();
  }

  /** Makes the policy, and has origins of it drawn at random. */
  @Setup
  public void prepare() {
    List<String> allowed = origins(origins);
    measure(
        CorsPolicy.builder().allowOrigins(allowed).build(),
        new Messages.Request("GET", null, null),
        allowed);
  }
}
