package dev.sallyport.bench;

import dev.sallyport.cors.CorsPolicy;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What a policy's decision on a request costs, beside what going through a batch of origins does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FreshOrigins.BATCH)
public abstract class DecisionBenchmark {
  private final FreshOrigins fresh = new FreshOrigins();
  private Messages.Request request = new Messages.Request("GET", null, null);
  private CorsPolicy policy = CorsPolicy.builder().allowOrigins("https://blog.foo.com").build();

  /** Measures {@code policy} on {@code request}, whose origins are drawn from {@code origins}. */
  final void measure(CorsPolicy policy, Messages.Request request, List<String> origins) {
    this.policy = policy;
    this.request = request;
    fresh.drawFrom(origins);
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
