package dev.sallyport.cors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyComparisonTest {

  private static final String ORIGINS = "allowOrigins";

  private static Arguments pair(
      Map<String, Object> before, Map<String, Object> after, String... differences) {
    return Arguments.of(before, after, List.of(differences));
  }

  private static Map<String, Object> with(String key, Object value) {
    return Map.of(ORIGINS, List.of("https://foo.com"), key, value);
  }

  private static Map<String, Object> origins(String... patterns) {
    return Map.of(ORIGINS, List.of(patterns));
  }

  static Stream<Arguments> pairs() {
    return Stream.of(
        pair(origins("https://*.foo.com"), origins("https://a.foo.com", "https://*.b.foo.com")),
        pair(
            origins("https://a.foo.com"),
            origins("https://*.foo.com"),
            "allowOrigins: https://*.foo.com: pages of these origins may read answers"),
        pair(origins("https://*.foo.com"), origins("https://pr-*.foo.com")),
        pair(origins("https://*.foo.com"), origins("https://*.foo.com", "!https://a.foo.com")),
        pair(
            origins("https://*.foo.com", "!https://a.foo.com"),
            origins("https://*.foo.com"),
            "allowOrigins: !https://a.foo.com: pages of these origins are no longer excluded"),
        pair(
            origins("https://*.foo.com", "!https://a.foo.com"),
            origins("https://*.foo.com", "!https://a.foo.com:*")),
        pair(origins("https://*.foo.com", "!https://a.foo.com"), origins("https://*.b.foo.com")),
        pair(origins("*"), origins("https://foo.com", "http://bar.com:*")),
        pair(
            with("allowMethods", List.of("PUT")),
            with("allowMethods", List.of("GET", "PUT", "PATCH")),
            "allowMethods: PATCH: pages may use the method"),
        pair(with("allowMethods", List.of("*")), with("allowMethods", List.of("PUT"))),
        pair(
            with("allowMethods", List.of("PUT")),
            with("allowMethods", List.of("*")),
            "allowMethods: *: pages may use the method"),
        pair(
            with("allowHeaders", List.of("*")),
            with("allowHeaders", List.of("X-A", "Authorization")),
            "allowHeaders: authorization: pages may send the header"),
        pair(
            with("exposeHeaders", List.of("etag")),
            with("exposeHeaders", List.of("ETag", "x-b")),
            "exposeHeaders: x-b: scripts may read the header"),
        pair(
            with("allowCredentials", false),
            with("allowCredentials", true),
            "allowCredentials: true: pages may read what cookies give access to"),
        pair(with("allowCredentials", true), with("allowCredentials", false)),
        pair(
            with("maxAge", 0),
            with("timingAllowOrigin", false),
            "maxAge: 5s: browsers keep the answer to a preflight for longer"),
        pair(with("maxAge", 600), with("maxAge", "5m")),
        pair(
            with("enforce", "cross-site"),
            with("enforce", "browser"),
            "enforce: browser: requests that cross-site refuses may pass"),
        pair(
            with("enforce", "origin"),
            with("enforce", "cross-site"),
            "enforce: cross-site: requests that origin refuses may pass"),
        pair(with("enforce", "browser"), with("enforce", "origin")),
        pair(
            with("mode", "enforce"),
            with("mode", "report-only"),
            "mode: report-only: nothing is enforced, and preflights reach the application"),
        pair(
            with("mode", "enforce"),
            with("publicOrigin", "https://www.foo.com"),
            "publicOrigin: https://www.foo.com: pages of this origin count as the server's own"),
        pair(
            with("timingAllowOrigin", false),
            with("timingAllowOrigin", true),
            "timingAllowOrigin: true: pages may see how long loading took"),
        pair(
            with("crossOriginResourcePolicy", "same-origin"),
            with("crossOriginResourcePolicy", "same-site"),
            "crossOriginResourcePolicy: same-site: pages of more origins may embed answers"),
        pair(
            with("crossOriginResourcePolicy", "same-site"),
            with("mode", "enforce"),
            "crossOriginResourcePolicy: : pages of more origins may embed answers"),
        pair(with("mode", "enforce"), with("crossOriginResourcePolicy", "same-site")));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void saysWhatTheNewPolicyAdditionallyAllows(
      Map<String, Object> before, Map<String, Object> after, List<String> differences) {
    CorsPolicy old = CorsPolicy.builder(before).build();
    CorsPolicy current = CorsPolicy.builder(after).build();
    assertThat(old.diff(current).stream().map(PolicyDifference::toString))
        .containsExactlyElementsOf(differences);
    assertThat(old.covers(current)).isEqualTo(differences.isEmpty());
  }

  @Test
  void anotherSourceOfOriginsIsADifference() {
    DynamicOrigins one =
        DynamicOrigins.from(origin -> CompletableFuture.completedStage(true)).build();
    DynamicOrigins two =
        DynamicOrigins.from(origin -> CompletableFuture.completedStage(true)).build();
    CorsPolicy before = CorsPolicy.builder().allowOriginsFrom(one).build();
    assertThat(before.covers(CorsPolicy.builder().allowOriginsFrom(one).build())).isTrue();
    assertThat(before.diff(CorsPolicy.builder().allowOriginsFrom(two).build())).hasSize(1);
  }
}
