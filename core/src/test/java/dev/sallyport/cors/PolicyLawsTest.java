package dev.sallyport.cors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.CorsDecision.Outcome;
import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.Vectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every policy and every request. */
class PolicyLawsTest {
  private static final List<String> ORIGINS =
      List.of(
          "https://a.foo.com",
          "https://b.foo.com",
          "https://pr-1.foo.com",
          "https://a.b.foo.com",
          "https://foo.com",
          "http://a.foo.com",
          "https://a.foo.com:8443",
          "https://bar.com",
          "null",
          "https://xfoo.com",
          "https://a.foo.com.",
          "");
  private static final List<String> PATTERNS =
      List.of(
          "https://a.foo.com",
          "https://b.foo.com",
          "https://*.foo.com",
          "https://pr-*.foo.com",
          "https://*.b.foo.com",
          "https://*.foo.com:*",
          "https://a.foo.com:*",
          "https://bar.com",
          "http://a.foo.com",
          "!https://a.foo.com",
          "!https://*.b.foo.com",
          "!https://*-1.foo.com",
          "!https://a.foo.com:*",
          "*",
          "null");
  private static final List<String> METHODS =
      List.of("PUT", "PATCH", "DELETE", "patch", "*", "GET");
  private static final List<String> HEADERS =
      List.of("x-a", "x-b", "authorization", "content-type", "*", "accept");

  private final Random random = new Random(7);

  private List<String> some(List<String> from, int most) {
    List<String> chosen = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      chosen.add(from.get(random.nextInt(from.size())));
    }
    return chosen;
  }

  private Optional<CorsPolicy> randomPolicy() {
    CorsPolicyBuilder builder =
        CorsPolicy.builder()
            .allowOrigins(some(PATTERNS, 5))
            .allowMethods(some(METHODS, 2))
            .allowHeaders(some(HEADERS, 2))
            .exposeHeaders(some(List.of("etag", "x-c", "*"), 1))
            .allowCredentials(random.nextInt(3) == 0)
            .enforce(List.of(Enforcement.values()).get(random.nextInt(3)))
            .timingAllowOrigin(random.nextBoolean())
            .dangerouslyAllowNullOrigin(true)
            .dangerouslyAllowInsecureOrigins(true);
    if (random.nextBoolean()) {
      builder.maxAge(java.time.Duration.ofSeconds(random.nextInt(700)));
    }
    if (random.nextInt(3) == 0) {
      builder.crossOriginResourcePolicy(List.of(ResourcePolicy.values()).get(random.nextInt(3)));
    }
    if (random.nextInt(3) == 0) {
      builder.publicOrigin("https://www.foo.com");
    }
    return builder.problems().stream().anyMatch(PolicyProblem::isError)
        ? Optional.empty()
        : Optional.of(builder.build());
  }

  private Lines randomRequest() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("Origin", ORIGINS.get(random.nextInt(ORIGINS.size()))));
    String method = List.of("GET", "POST", "OPTIONS", "PUT").get(random.nextInt(4));
    if (method.equals("OPTIONS")) {
      lines.add(
          List.of("Access-Control-Request-Method", METHODS.get(random.nextInt(METHODS.size()))));
      List<String> names = some(HEADERS, 3);
      if (!names.isEmpty()) {
        lines.add(List.of("Access-Control-Request-Headers", String.join(",", names)));
      }
    }
    return new Lines(method, lines);
  }

  private static Lines answer(CorsPolicy policy, Lines request) {
    Lines response = new Lines("", List.of());
    policy.decide(request).writeTo(response);
    return response;
  }

  @Test
  void aPolicyIsWrittenAndReadBackWithoutLoss() {
    int tried = 0;
    for (int i = 0; i < 20_000; i++) {
      Optional<CorsPolicy> policy = randomPolicy();
      if (policy.isEmpty()) {
        continue;
      }
      CorsPolicy again = CorsPolicy.builder(policy.get().toForm()).build();
      assertThat(again).isEqualTo(policy.get()).hasSameHashCodeAs(policy.get());
      Lines request = randomRequest();
      assertThat(again.decide(request)).hasToString(policy.get().decide(request).toString());
      assertThat(answer(again, request).withoutVary())
          .isEqualTo(answer(policy.get(), request).withoutVary());
      tried++;
    }
    assertThat(tried).isGreaterThan(3_000);
  }

  @ParameterizedTest
  @MethodSource("vectorPolicies")
  void everyPolicyOfTheSharedCasesIsWrittenAndReadBack(Map<String, Object> form) {
    CorsPolicy policy = CorsPolicy.builder(form).build();
    assertThat(CorsPolicy.builder(policy.toForm()).build()).isEqualTo(policy);
    assertThat(policy.covers(policy)).isTrue();
  }

  static Stream<Map<String, Object>> vectorPolicies() {
    return Vectors.all().map(VectorCase::policy).distinct();
  }

  /** What {@code covers} says is so: no request fares better under the policy that is covered. */
  @Test
  void aPolicyThatCoversAnotherAllowsAllThatItAllows() {
    int covering = 0;
    int different = 0;
    for (int i = 0; i < 60_000; i++) {
      Optional<CorsPolicy> wide = randomPolicy();
      Optional<CorsPolicy> narrow = randomPolicy();
      if (wide.isEmpty() || narrow.isEmpty()) {
        continue;
      }
      boolean covers = wide.get().covers(narrow.get());
      assertThat(wide.get().diff(narrow.get()).isEmpty()).isEqualTo(covers);
      covering += covers ? 1 : 0;
      different += covers ? 0 : 1;
      for (int j = 0; covers && j < 40; j++) {
        Lines request = randomRequest();
        CorsDecision wider = wide.get().decide(request);
        CorsDecision narrower = narrow.get().decide(request);
        boolean allowed = !narrower.outcome().isDenied();
        assertThat(!allowed || !wider.outcome().isDenied())
            .as("%s covers %s: %s", wide.get(), narrow.get(), request.withoutVary())
            .isTrue();
      }
    }
    assertThat(covering).isGreaterThan(30);
    assertThat(different).isGreaterThan(1_000);
  }

  /** Where the origins alone differ, a difference is real: some request shows it. */
  @Test
  void aDifferenceOfOriginsIsShownByARequest() {
    int shown = 0;
    int unshown = 0;
    for (int i = 0; i < 20_000; i++) {
      Optional<CorsPolicy> before = originsOnly();
      Optional<CorsPolicy> after = originsOnly();
      if (before.isEmpty() || after.isEmpty() || before.get().covers(after.get())) {
        continue;
      }
      boolean found = false;
      for (String origin : manyOrigins()) {
        Lines request = new Lines("GET", List.of(List.of("Origin", origin)));
        found |=
            after.get().decide(request).outcome() == Outcome.ACTUAL_ALLOWED
                && before.get().decide(request).outcome() != Outcome.ACTUAL_ALLOWED;
      }
      shown += found ? 1 : 0;
      unshown += found ? 0 : 1;
    }
    assertThat(shown).isGreaterThan(2_000);
    assertThat(unshown).as("said to differ, and not seen to").isLessThan(shown / 20);
  }

  private Optional<CorsPolicy> originsOnly() {
    CorsPolicyBuilder builder =
        CorsPolicy.builder().allowOrigins(some(PATTERNS, 4)).dangerouslyAllowNullOrigin(true);
    return builder.problems().stream().anyMatch(PolicyProblem::isError)
        ? Optional.empty()
        : Optional.of(builder.build());
  }

  private static List<String> manyOrigins() {
    List<String> origins = new ArrayList<>(ORIGINS);
    for (String label : List.of("a", "b", "c", "pr-1", "pr-2", "x-1", "a.b", "pr-1.b", "c.d")) {
      for (String port : List.of("", ":8443", ":1")) {
        origins.add("https://" + label + ".foo.com" + port);
      }
    }
    return origins;
  }

  /** Report-only: decided as if it counted, and not a byte is written. */
  @ParameterizedTest
  @MethodSource("vectors")
  void aPolicyThatOnlyReportsChangesNothing(VectorCase vector) {
    Map<String, Object> form = new HashMap<>(vector.policy());
    form.put("mode", "report-only");
    Lines request = new Lines(vector.request().method(), vector.request().headers());
    CorsDecision enforced = CorsPolicy.builder(vector.policy()).build().decide(request);
    CorsDecision reported = CorsPolicy.builder(form).build().decide(request);
    CorsResponse untouchable =
        new CorsResponse() {
          @Override
          public void setHeader(String name, String value) {
            throw new AssertionError("wrote " + name);
          }

          @Override
          public void addVary(String fieldName) {
            throw new AssertionError("wrote Vary");
          }
        };
    reported.writeTo(untouchable);
    assertThat(reported.isAnswered()).isFalse();
    assertThat(reported).hasToString(enforced.toString());
    assertThat(reported.describe(request)).isEqualTo(enforced.describe(request));
  }

  static Stream<VectorCase> vectors() {
    return Vectors.all();
  }

  /** Whatever a request holds, it is decided, and no more lines are read than are bounded. */
  @Test
  void noRequestMakesADecisionThrowOrReadWithoutEnd() {
    int most = 0;
    for (int i = 0; i < 40_000; i++) {
      Optional<CorsPolicy> policy = randomPolicy();
      if (policy.isEmpty()) {
        continue;
      }
      String noise = noise();
      int[] reads = {0};
      CorsRequest endless =
          new CorsRequest() {
            @Override
            public String method() {
              return random.nextInt(3) > 0 ? "OPTIONS" : noise;
            }

            @Override
            public @Nullable String header(String name, int line) {
              reads[0]++;
              assertThat(line).isLessThan(100);
              return name.equals("origin") && line == 1 ? null : noise;
            }
          };
      CorsDecision decision = policy.get().decide(endless);
      decision.writeTo(new Lines("", List.of()));
      most = Math.max(most, reads[0]);
      assertThat(decision.describe(endless)).doesNotContainPattern("[\\r\\n]");
      assertThat(decision.browserSays(endless).isPresent())
          .isEqualTo(decision.outcome().isDenied());
    }
    assertThat(most).as("lines read for one decision").isLessThan(200);
  }

  private String noise() {
    StringBuilder noise = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      noise.append(
          List.of(
                  "https://",
                  "a",
                  ".foo.com",
                  ",",
                  " ",
                  "\t",
                  "\0",
                  "\u212a",
                  ":1",
                  "[",
                  "]",
                  "%",
                  "null",
                  "*",
                  "PUT",
                  "x-a",
                  "\ud800",
                  "authorization",
                  "://",
                  "xn--",
                  "-")
              .get(random.nextInt(21)));
    }
    return random.nextInt(50) == 0 ? noise.toString().repeat(2_000) : noise.toString();
  }
}
