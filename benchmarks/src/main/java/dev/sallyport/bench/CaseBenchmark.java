package dev.sallyport.bench;

import dev.sallyport.cors.CorsPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
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

/** What each kind of request costs, under one policy as people write them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FreshOrigins.BATCH)
public class CaseBenchmark {
  /** The request. */
  public enum Kind {
    /** An origin that is allowed by name. */
    EXACT("https://blog.foo.com", ""),
    /** An origin that a wildcard matches. */
    WILDCARD("https://pr-17.preview.foo.com", ""),
    /** An origin that a wildcard within a label matches. */
    LABEL("https://pr-17.branches.foo.com", ""),
    /** An origin that nothing matches. */
    DENIED("https://www.evil-site.com", ""),
    /** A preflight that asks for three headers. */
    PREFLIGHT("https://blog.foo.com", "authorization,content-type,x-token"),
    /** 16 KiB of commas. */
    COMMAS("https://blog.foo.com", ",".repeat(16_384)),
    /** 16 KiB of blanks. */
    BLANKS("https://blog.foo.com", " ".repeat(16_384)),
    /** A name of 16 KiB. */
    LONG_NAME("https://blog.foo.com", "x".repeat(16_384)),
    /** 8,192 names. */
    MANY_NAMES("https://blog.foo.com", "x,".repeat(8_192)),
    /** A name of 8 KiB, which is read. */
    LONGEST_NAME_READ("https://blog.foo.com", "x".repeat(8_192)),
    /** 255 names that are allowed, which are read. */
    MOST_NAMES_READ("https://blog.foo.com", "x-token,".repeat(255));

    final String origin;
    final String requestHeaders;

    Kind(String origin, String requestHeaders) {
      this.origin = origin;
      this.requestHeaders = requestHeaders;
    }

    Messages.Request request() {
      return requestHeaders.isEmpty()
          ? new Messages.Request("GET", null, null)
          : new Messages.Request("OPTIONS", "PUT", requestHeaders);
    }
  }

  /** The request. */
  @Param public Kind kind = Kind.EXACT;

  private final CorsPolicy policy =
      CorsPolicy.builder()
          .allowOrigins(
              "https://blog.foo.com",
              "https://shop.foo.com",
              "https://*.preview.foo.com",
              "https://pr-*.branches.foo.com")
          .allowMethods("PUT")
          .allowHeaders("authorization", "content-type", "x-token")
          .allowCredentials(true)
          .maxAge(Duration.ofMinutes(10))
          .build();
  private final FreshOrigins fresh = new FreshOrigins();
  private Messages.Request request = Kind.EXACT.request();

  /** Makes the request. */
  @Setup
  public void prepare() {
    request = kind.request();
    fresh.drawFrom(List.of(kind.origin));
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
