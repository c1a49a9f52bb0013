package dev.sallyport.bench;

import dev.sallyport.cors.CorsPolicy;
import java.time.Duration;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Each kind of request, under one policy as people write them. */
public class CaseBenchmark extends DecisionBenchmark {
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

  /** Makes the request. */
  @Setup
  public void prepare() {
    measure(policy, kind.request(), List.of(kind.origin));
  }
}
