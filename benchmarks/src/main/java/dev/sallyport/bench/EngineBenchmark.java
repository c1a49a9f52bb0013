package dev.sallyport.bench;

import dev.sallyport.cors.CorsPolicy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** What an actual request of an allowed origin costs, by how many origins are allowed. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FreshOrigins.BATCH)
public class EngineBenchmark {
  /** How many exact origins the policy allows. */
  @Param({"1", "100", "10000", "1000000"})
  public int origins;

  private final FreshOrigins fresh = new FreshOrigins();
  private final Messages.Request request = new Messages.Request("GET", null, null);
  private CorsPolicy policy = CorsPolicy.builder().allowOrigins(origin(0)).build();

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
    policy = CorsPolicy.builder().allowOrigins(allowed).build();
    fresh.drawFrom(allowed);
  }

  /** Makes the texts of the next run. */
  @Setup(Level.Invocation)
  public void makeTexts() {
    fresh.make();
  }

  /** What going through the batch costs, and what its texts allocate. */
  @Benchmark
  public void nothing(Blackhole result) {
    for (String text : fresh.texts) {
      request.origin = text;
      result.consume(request);
    }
  }

  /** The decision. */
  @Benchmark
  public void decide(Blackhole result) {
    for (String text : fresh.texts) {
      request.origin = text;
      result.consume(policy.decide(request));
    }
  }
}
