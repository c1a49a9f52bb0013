package dev.sallyport.bench;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsPolicy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What each kind of request costs, under one policy as people write them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CaseBenchmark {
  /** The request. */
  public enum Kind {
    /** Nothing but the making of a fresh text. */
    TEXT("GET", "https://blog.foo.com", "", ""),
    /** An origin that a wildcard matches. */
    WILDCARD("GET", "https://pr-17.preview.foo.com", "", ""),
    /** An origin that nothing matches. */
    DENIED("GET", "https://www.evil-site.com", "", ""),
    /** A preflight that asks for three headers. */
    PREFLIGHT("OPTIONS", "https://blog.foo.com", "PUT", "authorization,content-type,x-token"),
    /** 16 KiB of commas. */
    COMMAS("OPTIONS", "https://blog.foo.com", "PUT", ",".repeat(16_384)),
    /** 16 KiB of blanks. */
    BLANKS("OPTIONS", "https://blog.foo.com", "PUT", " ".repeat(16_384)),
    /** A name of 16 KiB. */
    LONG_NAME("OPTIONS", "https://blog.foo.com", "PUT", "x".repeat(16_384)),
    /** 8,192 names. */
    MANY_NAMES("OPTIONS", "https://blog.foo.com", "PUT", "x,".repeat(8_192)),
    /** As much of allowed names as is read. */
    AS_MUCH_AS_IS_READ("OPTIONS", "https://blog.foo.com", "PUT", "x-token,".repeat(255));

    final String method;
    final String origin;
    final String requestMethod;
    final String requestHeaders;

    Kind(String method, String origin, String requestMethod, String requestHeaders) {
      this.method = method;
      this.origin = origin;
      this.requestMethod = requestMethod;
      this.requestHeaders = requestHeaders;
    }

    Messages.Request request() {
      return requestMethod.isEmpty()
          ? new Messages.Request(method, null, null)
          : new Messages.Request(method, requestMethod, requestHeaders);
    }
  }

  /** The request. */
  @Param public Kind kind = Kind.TEXT;

  private final CorsPolicy policy =
      CorsPolicy.builder()
          .allowOrigins("https://blog.foo.com", "https://shop.foo.com", "https://*.preview.foo.com")
          .allowMethods("PUT")
          .allowHeaders("authorization", "content-type", "x-token")
          .allowCredentials(true)
          .maxAge(Duration.ofMinutes(10))
          .build();
  private Messages.Request request = Kind.TEXT.request();
  private byte[] origin = {};

  /** Makes the request. */
  @Setup
  public void prepare() {
    request = kind.request();
    origin = Origins.bytes(kind.origin);
  }

  /** The decision. */
  @Benchmark
  public Object decide() {
    request.origin = Origins.fresh(origin);
    return kind == Kind.TEXT ? request : policy.decide(request);
  }

  /** The decision, and its headers in a response. */
  @Benchmark
  public Object decideAndWrite() {
    request.origin = Origins.fresh(origin);
    Messages.Response response = new Messages.Response();
    if (kind != Kind.TEXT) {
      CorsDecision decision = policy.decide(request);
      decision.writeTo(response);
    }
    return response;
  }
}
