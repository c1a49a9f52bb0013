package dev.sallyport.bench;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsPolicy;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What a decision costs. Origins come as fresh texts, made from bytes at each call as a server
 * makes them; {@link #drawAndMakeText} is what that alone costs, to be taken off the others.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EngineBenchmark {
  private static final int DRAWS = 1 << 16;

  /** How many exact origins the policy allows. */
  @Param({"1", "100", "10000", "1000000"})
  public int origins;

  private final Messages.Request actual = new Messages.Request("GET", null, null);

  private CorsPolicy exact = CorsPolicy.builder().allowOrigins("https://a.example.com").build();
  private byte[][] drawn = {};
  private int next;

  /** Makes the policy, and draws origins of it at random. */
  @Setup
  public void prepare() {
    exact = CorsPolicy.builder().allowOrigins(Origins.exact(origins).toList()).build();
    Random random = new Random(1);
    drawn =
        Stream.generate(() -> Origins.bytes(Origins.exact(random.nextInt(origins))))
            .limit(DRAWS)
            .toArray(byte[][]::new);
  }

  private String draw() {
    next = next + 1 & DRAWS - 1;
    return Origins.fresh(drawn[next]);
  }

  /** The cost of a fresh text. */
  @Benchmark
  public Messages.Request drawAndMakeText() {
    actual.origin = draw();
    return actual;
  }

  /** An actual request of an allowed origin. */
  @Benchmark
  public CorsDecision actual() {
    actual.origin = draw();
    return exact.decide(actual);
  }
}
