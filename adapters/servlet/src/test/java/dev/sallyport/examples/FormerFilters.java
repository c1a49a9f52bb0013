package dev.sallyport.examples;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.Enforcement;
import java.time.Duration;

/** The policies of filters that people come from, as ours. */
final class FormerFilters {

  /**
   * {@code @CrossOrigin(origins = "https://blog.foo.com", maxAge = 1800)} and Spring's defaults.
   */
  static CorsPolicy fromCrossOrigin() {
    return CorsPolicy.builder()
        .allowOrigins("https://blog.foo.com")
        .allowMethods("PUT", "DELETE")
        .allowHeaders("*", "authorization")
        .maxAge(Duration.ofMinutes(30))
        .build();
  }

  /** Tomcat's {@code CorsFilter}, which refuses what is denied. */
  static CorsPolicy fromTomcat() {
    return CorsPolicy.builder()
        .allowOrigins("https://blog.foo.com", "https://shop.foo.com")
        .allowMethods("PUT")
        .allowHeaders("content-type", "x-token")
        .exposeHeaders("etag")
        .allowCredentials(true)
        .maxAge(Duration.ofMinutes(30))
        .enforce(Enforcement.ORIGIN)
        .build();
  }

  /** cors-filter's {@code cors.allowSubdomains} for {@code https://foo.com}. */
  static CorsPolicy fromCorsFilter() {
    return CorsPolicy.builder()
        .allowOrigins("https://foo.com", "https://*.foo.com")
        .allowMethods("PUT")
        .allowHeaders("content-type")
        .allowCredentials(true)
        .enforce(Enforcement.ORIGIN)
        .build();
  }

  private FormerFilters() {}
}
