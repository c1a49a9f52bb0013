package dev.sallyport.cors;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CorsDecisionTest {
  private static final CorsPolicy POLICY =
      CorsPolicy.builder()
          .allowOrigins(
              "https://blog.foo.com", "https://*.preview.foo.com", "!https://x.preview.foo.com")
          .allowMethods("PUT")
          .allowHeaders("x-a")
          .build();

  private static Lines get(String origin) {
    return new Lines("GET", List.of(List.of("Origin", origin)));
  }

  private static Lines preflight(String method, String... names) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("Origin", "https://blog.foo.com"));
    lines.add(List.of("Access-Control-Request-Method", method));
    for (String name : names) {
      lines.add(List.of("Access-Control-Request-Headers", name));
    }
    return new Lines("OPTIONS", lines);
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        Arguments.of(
            get("https://blog.foo.com"),
            "allowed: the policy allows it \"https://blog.foo.com\"; matched https://blog.foo.com",
            ""),
        Arguments.of(
            get("https://a.preview.foo.com"),
            "allowed: the policy allows it \"https://a.preview.foo.com\"; matched https://*.preview.foo.com",
            ""),
        Arguments.of(
            get("https://x.preview.foo.com"),
            "origin-excluded: the policy excludes the origin \"https://x.preview.foo.com\"; by !https://x.preview.foo.com",
            "No 'Access-Control-Allow-Origin' header is present on the requested resource."),
        Arguments.of(
            get("http://blog.foo.com"),
            "origin-not-allowed: no pattern of the policy matches the origin \"http://blog.foo.com\"; nearest is https://blog.foo.com",
            "No 'Access-Control-Allow-Origin' header is present on the requested resource."),
        Arguments.of(
            get("https://blog.foo.com/"),
            "origin-invalid: the Origin header is not an origin as browsers write it \"https://blog.foo.com/\"; nearest is https://blog.foo.com",
            "No 'Access-Control-Allow-Origin' header is present on the requested resource."),
        Arguments.of(
            get("https://far.org"),
            "origin-not-allowed: no pattern of the policy matches the origin \"https://far.org\"",
            "No 'Access-Control-Allow-Origin' header is present on the requested resource."),
        Arguments.of(new Lines("GET", List.of()), "no-origin: the request has no Origin", ""),
        Arguments.of(
            preflight("PUT", "x-a"),
            "allowed: the policy allows it \"https://blog.foo.com\"; matched https://blog.foo.com",
            ""),
        Arguments.of(
            preflight("PATCH"),
            "method-not-allowed: the policy does not allow the method \"PATCH\"; matched https://blog.foo.com",
            "Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response."),
        Arguments.of(
            preflight("a b"),
            "method-invalid: Access-Control-Request-Method is not one method \"a b\"; matched https://blog.foo.com",
            "Method a b is not allowed by Access-Control-Allow-Methods in preflight response."),
        Arguments.of(
            preflight("PUT", "x-a, X-Evil, x-worse"),
            "header-not-allowed: the policy does not allow the request header \"x-evil\"; matched https://blog.foo.com",
            "Request header field x-evil is not allowed by Access-Control-Allow-Headers in preflight response."),
        Arguments.of(
            preflight("PUT", "x-a", "x b"),
            "request-headers-invalid: Access-Control-Request-Headers is not a list of header names of reasonable length; matched https://blog.foo.com",
            "Request header field  is not allowed by Access-Control-Allow-Headers in preflight response."));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void saysWhyInOneLineAndWhatTheConsoleWillSay(Lines request, String line, String console) {
    CorsDecision decision = POLICY.decide(request);
    assertThat(decision.describe(request)).isEqualTo(line);
    assertThat(decision.browserSays(request).orElse("")).isEqualTo(console);
  }

  @ParameterizedTest
  @CsvSource({
    "Access-Control-Allow-Origin, true, true",
    "access-control-anything, true, true",
    "Timing-Allow-Origin, false, true",
    "Cross-Origin-Resource-Policy, false, true",
    "Vary, false, false",
    "Access-Control-, false, false",
    "X-Access-Control-A, false, false",
  })
  void ownsWhatItWrites(String name, boolean plain, boolean all) {
    CorsPolicyBuilder more =
        CorsPolicy.builder()
            .allowOrigins("https://blog.foo.com")
            .timingAllowOrigin(true)
            .crossOriginResourcePolicy(ResourcePolicy.SAME_SITE);
    Lines request = get("https://blog.foo.com");
    assertThat(POLICY.decide(request).owns(name)).isEqualTo(plain);
    assertThat(more.build().decide(request).owns(name)).isEqualTo(all);
    assertThat(more.reportOnly(true).build().decide(request).owns(name)).isFalse();
  }

  @Test
  void floodsOfAlikePreflightsGetOneDecision() {
    CorsDecision first = POLICY.decide(preflight("PUT", "x-a"));
    assertThat(POLICY.decide(preflight("PUT", "x-a"))).isSameAs(first);
    CorsDecision other = POLICY.decide(preflight("PUT", "x-b"));
    assertThat(other.reason()).isEqualTo(Reason.HEADER_NOT_ALLOWED);
    assertThat(POLICY.decide(preflight("PUT", "x-a")).reason()).isEqualTo(Reason.ALLOWED);
  }

  @Test
  void echoesOnlyWhatWasAskedForThisTime() {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://blog.foo.com")
            .allowMethods("*")
            .allowHeaders("*")
            .allowCredentials(true)
            .build();
    for (String name : List.of("x-a", "x-b", "x-a")) {
      Lines response = new Lines("", List.of());
      policy.decide(preflight("PUT", name)).writeTo(response);
      assertThat(response.withoutVary()).containsEntry("access-control-allow-headers", name);
    }
  }
}
