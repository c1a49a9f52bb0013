package dev.sallyport.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.cors.CorsDecision.Outcome;
import dev.sallyport.origin.OriginPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is just allowed, and what is just not, in a request and in a policy. */
class BoundsTest {
  private static final String ORIGIN = "https://blog.foo.com";

  private static CorsPolicyBuilder builder() {
    return CorsPolicy.builder().allowOrigins(ORIGIN);
  }

  private static Reason preflight(String... requestedHeaders) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("Origin", ORIGIN));
    lines.add(List.of("Access-Control-Request-Method", "GET"));
    for (String each : requestedHeaders) {
      lines.add(List.of("Access-Control-Request-Headers", each));
    }
    return builder()
        .allowHeaders("x-a", "y".repeat(8192))
        .build()
        .decide(new Lines("OPTIONS", lines))
        .reason();
  }

  private static String[] lines(int count, String line) {
    String[] lines = new String[count];
    Arrays.fill(lines, line);
    return lines;
  }

  @Test
  void requestedHeadersAreBounded() {
    Reason allowed = Reason.ALLOWED;
    Reason invalid = Reason.REQUEST_HEADERS_INVALID;
    assertThat(preflight(lines(64, "x-a"))).as("64 lines").isEqualTo(allowed);
    assertThat(preflight(lines(65, "x-a"))).as("65 lines").isEqualTo(invalid);
    assertThat(preflight("y".repeat(8192))).as("8192 characters").isEqualTo(allowed);
    assertThat(preflight("y".repeat(8193))).as("8193 characters").isEqualTo(invalid);
    assertThat(preflight("y".repeat(8192), "x")).as("8193 in two lines").isEqualTo(invalid);
    assertThat(preflight("x-a,".repeat(255) + "x-a")).as("256 names").isEqualTo(allowed);
    assertThat(preflight("x-a,".repeat(256) + "x-a")).as("257 names").isEqualTo(invalid);
    assertThat(preflight(",".repeat(31))).as("32 empty elements").isEqualTo(allowed);
    assertThat(preflight(",".repeat(32))).as("33 empty elements").isEqualTo(invalid);
    assertThat(preflight(" ".repeat(8) + "x-a" + "\t".repeat(8))).as("8 blanks").isEqualTo(allowed);
    assertThat(preflight(" ".repeat(9) + "x-a")).as("9 blanks before").isEqualTo(invalid);
    assertThat(preflight("x-a" + " ".repeat(9))).as("9 blanks after").isEqualTo(invalid);
    assertThat(preflight(" ".repeat(9))).as("9 blanks alone").isEqualTo(invalid);
    assertThat(preflight("")).as("nothing").isEqualTo(allowed);
    assertThat(preflight("x-a,x-b")).isEqualTo(Reason.HEADER_NOT_ALLOWED);
  }

  @Test
  void aNameIsAToken() {
    for (char c = 1; c < 0x180; c++) {
      boolean token =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
      assertThat(HttpTokens.isToken("a" + c + "b")).as("U+%04x", (int) c).isEqualTo(token);
      assertThat(HttpTokens.isToken(String.valueOf(c))).as("U+%04x", (int) c).isEqualTo(token);
    }
    assertThat(HttpTokens.isToken("")).isFalse();
  }

  @Test
  void outcomesSayWhatTheyAre() {
    Set<Outcome> preflights =
        EnumSet.of(
            Outcome.PREFLIGHT_ALLOWED,
            Outcome.PREFLIGHT_FAILS_CORS_CHECK,
            Outcome.PREFLIGHT_FAILS_AFTER_CORS_CHECK);
    Set<Outcome> denied =
        EnumSet.of(
            Outcome.PREFLIGHT_FAILS_CORS_CHECK,
            Outcome.PREFLIGHT_FAILS_AFTER_CORS_CHECK,
            Outcome.ACTUAL_DENIED);
    for (Outcome outcome : Outcome.values()) {
      assertThat(outcome.isPreflight()).as("%s", outcome).isEqualTo(preflights.contains(outcome));
      assertThat(outcome.isDenied()).as("%s", outcome).isEqualTo(denied.contains(outcome));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "BROWSER, OPTIONS, https://blog.foo.com, true, 204, PREFLIGHT_ALLOWED allowed",
    "BROWSER, OPTIONS, https://evil.com, true, 403, PREFLIGHT_FAILS_CORS_CHECK origin-not-allowed",
    "BROWSER, GET, https://evil.com, false, 204, ACTUAL_DENIED origin-not-allowed",
    "ORIGIN, GET, https://evil.com, true, 403, ACTUAL_DENIED origin-not-allowed",
    "ORIGIN, GET, https://blog.foo.com, false, 204, ACTUAL_ALLOWED allowed",
  })
  void answersAreGivenWhereTheRequestEnds(
      Enforcement enforcement,
      String method,
      String origin,
      boolean answered,
      int status,
      String text) {
    CorsDecision decision =
        builder()
            .enforce(enforcement)
            .build()
            .decide(
                new Lines(
                    method,
                    List.of(
                        List.of("Origin", origin),
                        List.of("Access-Control-Request-Method", "GET"))));
    assertThat(decision.isAnswered()).isEqualTo(answered);
    assertThat(decision.status()).isEqualTo(status);
    assertThat(decision).hasToString(text);
  }

  @Test
  void aLogNamesTheHeaderThatIsNotAllowed() {
    Lines request =
        new Lines(
            "OPTIONS",
            List.of(
                List.of("Origin", ORIGIN),
                List.of("Access-Control-Request-Method", "GET"),
                List.of("Access-Control-Request-Headers", "x-a,X-B,x-c")));
    CorsPolicy policy = builder().allowHeaders("x-a").build();
    assertThat(policy.decide(request).describe(request)).contains(" \"x-b\"").doesNotContain("x-c");
  }

  @Test
  void policiesThatSayTheSameAreEqual() {
    CorsPolicy one = builder().allowMethods("PUT").build();
    CorsPolicy same = builder().allowMethods("PUT").build();
    CorsPolicy other = builder().allowMethods("PATCH").build();
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other).isNotEqualTo("one");
    assertThat(one.hashCode()).isNotEqualTo(other.hashCode());
    assertThat(one)
        .hasToString("{allowOrigins=[" + ORIGIN + "], allowMethods=[PUT], enforce=browser}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://BLOG.foo.com | https://blog.foo.com",
        "https://blog.foo.com/ | https://blog.foo.com",
        "https://blog.foo.com// | https://blog.foo.com",
        "http://blog.foo.com | https://blog.foo.com",
        "https://plain.foo.com | http://plain.foo.com",
        "https://blog.foo.com:8443 | https://blog.foo.com",
        "https://blog.foo.com. | https://blog.foo.com",
        "https://blog.foo.com.:1 | https://blog.foo.com:1",
        "https://www.blog.foo.com | https://blog.foo.com",
        "https://site.org | https://www.site.org",
        "https://bar.com | https://*.bar.com",
        "http://blog.foo.com:3000 | https://blog.foo.com",
        "http://www.blog.foo.com | https://blog.foo.com",
        "http://site.org | https://www.site.org",
        "https://far.net | -",
      })
  void whoIsDeniedIsToldOfThePatternThatWasMeant(String origin, String expected) {
    Set<String> exact =
        Set.of(
            "https://blog.foo.com",
            "https://blog.foo.com:1",
            "http://plain.foo.com",
            "https://www.site.org");
    Optional<OriginPattern> nearest =
        NearestPattern.find(
            origin,
            candidate ->
                exact.contains(candidate)
                    ? Optional.of(OriginPattern.parse(candidate))
                    : candidate.endsWith(".bar.com")
                        ? Optional.of(OriginPattern.parse("https://*.bar.com"))
                        : Optional.empty());
    assertThat(nearest.map(Object::toString).orElse("-")).isEqualTo(expected);
  }

  @Test
  void aLongOriginIsNearToNothing() {
    Optional<OriginPattern> any = Optional.of(OriginPattern.parse(ORIGIN));
    assertThat(NearestPattern.find("A".repeat(512), candidate -> any)).isPresent();
    assertThat(NearestPattern.find("A".repeat(513), candidate -> any)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "\"\" | false",
        "Origin | true",
        "accept, ORIGIN | true",
        "accept,origin , te | true",
        "* | true",
        "accept,* | true",
        "originator, x-origin | false",
        "accept, | false",
        ", | false",
      })
  void varyIsAListOfNames(String line, boolean expected) {
    assertThat(Vary.covers(List.of(line).iterator(), "Origin")).isEqualTo(expected);
    assertThat(Vary.covers(List.of("x", line).iterator(), "Origin")).isEqualTo(expected);
  }

  private static final class Clock {
    long now;
  }

  @Test
  void recentOriginsForgetInTime() {
    Clock clock = new Clock();
    RecentOrigins recent = new RecentOrigins(3, Duration.ofNanos(10), () -> clock.now);
    recent.add("a");
    clock.now = 9;
    assertThat(recent.contains("a")).isTrue();
    clock.now = 10;
    assertThat(recent.contains("a")).isFalse();
    recent.add("a");
    assertThat(recent.contains("a")).isTrue();
    recent.remove("a");
    assertThat(recent.contains("a")).isFalse();
  }

  @Test
  void recentOriginsKeepWhatWasAskedForLast() {
    RecentOrigins recent = new RecentOrigins(3, Duration.ofDays(1), () -> 0);
    recent.add("a");
    recent.add("b");
    recent.add("c"); // now all three are the old generation
    assertThat(recent.contains("a")).as("asked for, and young again").isTrue();
    recent.add("d");
    recent.add("e"); // a, d and e are the old generation; b and c are gone
    assertThat(recent.contains("b")).isFalse();
    assertThat(recent.contains("c")).isFalse();
    assertThat(recent.contains("a")).isTrue();
    assertThat(recent.contains("d")).isTrue();
    recent.remove("e");
    assertThat(recent.contains("e")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999999999s, 999999999",
    "5, 5",
    "90s, 90",
    "10m, 600",
    "2h, 7200",
    "1d, 86400",
    "1000ms, 1",
    "9m, 540",
  })
  void durationsAreRead(String text, long seconds) {
    // Longer than any browser keeps an answer is a problem of its own.
    try {
      assertThat(
              CorsPolicy.builder(Map.of("allowOrigins", ORIGIN, "maxAge", text)).build().maxAge())
          .hasValue(Duration.ofSeconds(seconds));
    } catch (InvalidPolicyException e) {
      assertThat(seconds).isGreaterThan(86400);
      assertThat(e).hasMessageContaining("\"" + seconds + "s\"");
    }
  }

  @ParameterizedTest
  @CsvSource({"s", "1x", "1000000000s", "1.5m", "-1s", "1 m", "/s", ":s", "m1", "1w"})
  void whatIsNoDurationIsRefused(String text) {
    assertThatThrownBy(
            () -> CorsPolicy.builder(Map.of("allowOrigins", ORIGIN, "maxAge", text)).build())
        .hasMessageContaining("is not a number of seconds, or a duration such as 10m");
  }

  @ParameterizedTest
  @CsvSource({
    "0, ",
    "600, ",
    "7200, ",
    "7201, MAX_AGE_CAPPED",
    "86400, MAX_AGE_CAPPED",
    "601, ",
    "86401, MAX_AGE_TOO_LONG",
    "-1, MAX_AGE_NEGATIVE",
  })
  void maxAgeIsHeldToWhatBrowsersKeep(long seconds, PolicyProblem.Code expected) {
    CorsPolicyBuilder builder = builder().maxAge(Duration.ofSeconds(seconds));
    assertThat(builder.problems().stream().map(PolicyProblem::code).toList())
        .isEqualTo(expected == null ? List.of() : List.of(expected));
  }

  @Test
  void longValuesAreCutInMessages() {
    for (int length : new int[] {127, 128, 129}) {
      String method = "x".repeat(length);
      Lines request =
          new Lines(
              "OPTIONS",
              List.of(List.of("Origin", ORIGIN), List.of("Access-Control-Request-Method", method)));
      assertThat(builder().build().decide(request).describe(request))
          .contains(length > 128 ? "x".repeat(128) + "…" : "\"" + method + "\"");
    }
    Lines request =
        new Lines(
            "OPTIONS",
            List.of(
                List.of("Origin", ORIGIN),
                List.of("Access-Control-Request-Method", "\u001f ~\u007f\u20ac")));
    assertThat(builder().build().decide(request).describe(request))
        .contains("\"\\u001f ~\\u007f\\u20ac\"");
  }

  @Test
  void redundantHeadersAreToldOf() {
    assertThat(
            builder()
                .allowHeaders("*", "x-a", "authorization", "accept", "x-b", "X-B")
                .exposeHeaders("*", "etag", "cache-control", "content-length", "x-c", "X-C")
                .problems())
        .extracting(problem -> problem.field() + " " + problem.value() + " " + problem.code())
        .containsExactly(
            "allowHeaders x-a HEADER_REDUNDANT",
            "allowHeaders accept HEADER_REDUNDANT",
            "allowHeaders x-b HEADER_REDUNDANT",
            "allowHeaders X-B HEADER_REDUNDANT",
            "exposeHeaders etag EXPOSED_REDUNDANT",
            "exposeHeaders cache-control EXPOSED_REDUNDANT",
            "exposeHeaders content-length EXPOSED_REDUNDANT",
            "exposeHeaders x-c EXPOSED_REDUNDANT",
            "exposeHeaders X-C EXPOSED_REDUNDANT");
    assertThat(builder().exposeHeaders("etag", "x-c").problems()).isEmpty();
  }

  @Test
  void aProblemOffersWhatWasMeant() {
    assertThat(CorsPolicy.builder().allowOrigins("https://Foo.com/", "x y").problems())
        .extracting(problem -> problem.suggestion().orElse("-"))
        .containsExactly("https://foo.com", "-");
  }

  @Test
  void switchesThatChangeNothingAreToldOf() {
    CorsPolicyBuilder all =
        builder()
            .dangerouslyAllowInsecureOrigins(true)
            .dangerouslyAllowPublicSuffixSubdomains(true)
            .dangerouslyAllowNullOrigin(true);
    assertThat(all.problems())
        .extracting(problem -> problem.field() + " " + problem.code())
        .containsExactly(
            "dangerouslyAllowInsecureOrigins SWITCH_UNUSED",
            "dangerouslyAllowPublicSuffixSubdomains SWITCH_UNUSED",
            "dangerouslyAllowNullOrigin SWITCH_UNUSED");
    assertThat(
            CorsPolicy.builder()
                .allowOrigins("http://foo.com", "https://*.github.io", "null")
                .allowCredentials(true)
                .dangerouslyAllowInsecureOrigins(true)
                .dangerouslyAllowPublicSuffixSubdomains(true)
                .dangerouslyAllowNullOrigin(true)
                .problems())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "cookie, true",
    "authorization, true",
    "x-other, false",
  })
  void anOpenWebSocketIsNoHijackWithoutCredentials(String header, boolean refused) {
    CorsDecision decision =
        CorsPolicy.builder()
            .allowOrigins("*")
            .build()
            .decide(
                new Lines(
                    "GET",
                    List.of(
                        List.of("Origin", "https://evil.com"),
                        List.of("Upgrade", "h2c"),
                        List.of("Upgrade", "WebSocket"),
                        List.of(header, "x"))));
    assertThat(decision.isAnswered()).isEqualTo(refused);
  }

  @Test
  void onlySoManyUpgradeLinesAreRead() {
    for (int before : new int[] {0, 63, 64}) {
      List<List<String>> lines = new ArrayList<>();
      lines.add(List.of("Origin", "https://evil.com"));
      for (int i = 0; i < before; i++) {
        lines.add(List.of("Upgrade", "h2c"));
      }
      lines.add(List.of("Upgrade", "websocket"));
      assertThat(builder().build().decide(new Lines("GET", lines)).isAnswered())
          .as("websocket after %d lines", before)
          .isEqualTo(before < 64);
    }
    assertThat(
            builder()
                .build()
                .decide(
                    new Lines(
                        "GET",
                        List.of(List.of("Origin", "https://evil.com"), List.of("Upgrade", "h2c"))))
                .isAnswered())
        .isFalse();
  }

  /** Over HTTP/2 a handshake has no Upgrade. */
  @ParameterizedTest
  @CsvSource({
    "https://blog.foo.com, false, false",
    "https://blog.foo.com, true, false",
    "https://evil.com, false, true",
    "null, false, true",
  })
  void aWebSocketOverHttp2IsAHandshakeToo(String origin, boolean credentials, boolean refused) {
    List<List<String>> lines = new ArrayList<>(List.of(List.of("Origin", origin)));
    if (credentials) {
      lines.add(List.of("Cookie", "a=b"));
    }
    assertThat(builder().build().decide(new Lines("CONNECT", lines)).isAnswered())
        .isEqualTo(refused);
    CorsPolicy open = CorsPolicy.builder().allowOrigins("*").build();
    assertThat(open.decide(new Lines("CONNECT", lines)).isAnswered()).isEqualTo(credentials);
  }
}
