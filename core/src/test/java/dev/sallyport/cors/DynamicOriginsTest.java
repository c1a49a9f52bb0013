package dev.sallyport.cors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.cors.CorsDecision.Outcome;
import dev.sallyport.origin.TupleOrigin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DynamicOriginsTest {
  private static final String SHOP = "https://shop.customer.example";

  /** A source whose answers the test gives when it likes. */
  private static final class Questions implements DynamicOrigins.Source {
    final List<String> asked = new ArrayList<>();
    final Map<String, CompletableFuture<Boolean>> open = new HashMap<>();

    @Override
    public CompletionStage<Boolean> isAllowed(TupleOrigin origin) {
      asked.add(origin.serialize());
      return open.computeIfAbsent(origin.serialize(), each -> new CompletableFuture<>());
    }

    void answer(String origin, boolean allowed) {
      CompletableFuture<Boolean> question = open.remove(origin);
      assertThat(question).as("a question for " + origin).isNotNull();
      question.complete(allowed);
    }
  }

  private final Questions source = new Questions();
  private final List<String> failures = new ArrayList<>();
  private long now;

  private DynamicOrigins.Builder origins() {
    return DynamicOrigins.from(source)
        .timeout(Duration.ofMinutes(1))
        .onFailure((origin, fault) -> failures.add(origin + " " + fault.getMessage()))
        .clock(() -> now);
  }

  private static CorsPolicyBuilder policy(DynamicOrigins origins) {
    return CorsPolicy.builder()
        .allowOrigins(
            "https://blog.foo.com", "https://*.customer.example:8443", "!https://evil.example")
        .allowMethods("PUT")
        .allowCredentials(true)
        .allowOriginsFrom(origins);
  }

  private static CompletableFuture<CorsDecision> ask(CorsPolicy policy, String origin) {
    return ask(policy, "GET", List.of(List.of("Origin", origin)));
  }

  private static CompletableFuture<CorsDecision> ask(
      CorsPolicy policy, String method, List<List<String>> headers) {
    return policy.decideAsync(new Lines(method, headers)).toCompletableFuture();
  }

  /** A request with little around it, of which a test can make millions. */
  private record Get(String origin) implements CorsRequest {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public @Nullable String header(String name, int line) {
      return name.equals("origin") && line == 0 ? origin : null;
    }
  }

  private void sleep(Duration time) {
    now += time.toNanos();
  }

  @Test
  void asksTheSourceOnceForWhatThePatternsDoNotKnow() {
    CorsPolicy policy = policy(origins().build()).build();
    assertThat(ask(policy, "https://blog.foo.com")).isCompleted();
    assertThat(source.asked).isEmpty();

    CompletableFuture<CorsDecision> first = ask(policy, SHOP);
    CompletableFuture<CorsDecision> second = ask(policy, SHOP);
    assertThat(first).isNotCompleted();
    source.answer(SHOP, true);
    assertThat(List.of(first.join(), second.join(), ask(policy, SHOP).join()))
        .allMatch(decision -> decision.outcome() == Outcome.ACTUAL_ALLOWED)
        .allMatch(decision -> decision.rule().map(Object::toString).orElse("").equals(SHOP));
    assertThat(source.asked).containsExactly(SHOP);
    Lines response = new Lines("", List.of());
    first.join().writeTo(response);
    assertThat(response.withoutVary())
        .containsEntry("access-control-allow-origin", SHOP)
        .containsEntry("access-control-allow-credentials", "true");
    assertThat(Vary.covers(response.headers("vary"), "Origin")).isTrue();
  }

  @Test
  void decidesPreflightsByTheSourceToo() {
    CorsPolicy policy = policy(origins().build()).build();
    CompletableFuture<CorsDecision> preflight =
        ask(
            policy,
            "OPTIONS",
            List.of(List.of("Origin", SHOP), List.of("Access-Control-Request-Method", "PUT")));
    source.answer(SHOP, true);
    assertThat(preflight.join().outcome()).isEqualTo(Outcome.PREFLIGHT_ALLOWED);
  }

  @Test
  void doesNotAskForWhatIsNoOriginIsExcludedOrIsTheServersOwn() {
    CorsPolicy policy = policy(origins().build()).build();
    for (String origin : List.of("null", "https://shop.example/", "a, b", "https://evil.example")) {
      assertThat(ask(policy, origin).join().outcome()).as(origin).isEqualTo(Outcome.ACTUAL_DENIED);
    }
    assertThat(ask(policy, "https://evil.example").join().reason())
        .isEqualTo(Reason.ORIGIN_EXCLUDED);
    assertThat(
            ask(
                    policy,
                    "POST",
                    List.of(List.of("Origin", SHOP), List.of("Sec-Fetch-Site", "same-origin")))
                .join()
                .outcome())
        .isEqualTo(Outcome.SAME_ORIGIN);
    assertThat(
            ask(policy, "GET", List.of(List.of("Origin", SHOP), List.of("Origin", SHOP)))
                .join()
                .reason())
        .isEqualTo(Reason.ORIGIN_REPEATED);
    assertThat(ask(policy, "GET", List.of()).join().outcome()).isEqualTo(Outcome.NOT_CORS);
    assertThat(source.asked).isEmpty();
  }

  @Test
  void keepsTheYesAndTheNoForTheirTimes() {
    DynamicOrigins origins =
        origins().keepAllowed(Duration.ofSeconds(300)).keepDenied(Duration.ofSeconds(30)).build();
    CorsPolicy policy = policy(origins).build();
    CompletableFuture<CorsDecision> denied = ask(policy, SHOP);
    source.answer(SHOP, false);
    assertThat(denied.join().reason()).isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
    sleep(Duration.ofSeconds(29));
    assertThat(ask(policy, SHOP).join().reason()).isEqualTo(Reason.ORIGIN_NOT_ALLOWED);
    sleep(Duration.ofSeconds(1));
    CompletableFuture<CorsDecision> allowed = ask(policy, SHOP);
    source.answer(SHOP, true);
    assertThat(allowed.join().outcome()).isEqualTo(Outcome.ACTUAL_ALLOWED);
    sleep(Duration.ofSeconds(299));
    assertThat(ask(policy, SHOP)).isCompleted();
    sleep(Duration.ofSeconds(1));
    assertThat(ask(policy, SHOP)).isNotCompleted();
    assertThat(source.asked).hasSize(3);
  }

  @Test
  void forgetsWhatItIsToldToAndDoesNotKeepWhatWasSaidBefore() {
    DynamicOrigins origins = origins().build();
    CorsPolicy policy = policy(origins).build();
    CompletableFuture<CorsDecision> asked = ask(policy, SHOP);
    origins.forget(TupleOrigin.of("https", "shop.customer.example"));
    source.answer(SHOP, true);
    assertThat(asked.join().outcome()).isEqualTo(Outcome.ACTUAL_ALLOWED);
    assertThat(ask(policy, SHOP)).as("asked anew").isNotCompleted();
    source.answer(SHOP, true);
    assertThat(ask(policy, SHOP)).isCompleted();
    origins.forget(TupleOrigin.of("https", "shop.customer.example"));
    assertThat(ask(policy, SHOP)).isNotCompleted();
  }

  @Test
  void forgetsWhatWasDeniedToo() {
    DynamicOrigins origins = origins().build();
    CorsPolicy policy = policy(origins).build();
    CompletableFuture<CorsDecision> asked = ask(policy, SHOP);
    source.answer(SHOP, false);
    assertThat(asked.join().outcome()).isEqualTo(Outcome.ACTUAL_DENIED);
    assertThat(ask(policy, SHOP).join().outcome()).isEqualTo(Outcome.ACTUAL_DENIED);
    origins.forget(TupleOrigin.of("https", "shop.customer.example"));
    assertThat(ask(policy, SHOP)).as("asked anew").isNotCompleted();
  }

  @Test
  void forgetsWhatFailedToo() {
    DynamicOrigins origins = origins().timeout(Duration.ofMillis(20)).build();
    CorsPolicy policy = policy(origins).build();
    assertThat(ask(policy, SHOP).join().reason()).isEqualTo(Reason.ORIGIN_NOT_CONFIRMED);
    assertThat(ask(policy, SHOP)).as("not asked again at once").isCompleted();
    origins.forget(TupleOrigin.of("https", "shop.customer.example"));
    assertThat(ask(policy, SHOP)).as("asked anew").isNotCompleted();
  }

  @Test
  void deniesWhatIsNotAnsweredInTimeAndKeepsALateAnswer() {
    CorsPolicy policy = policy(origins().timeout(Duration.ofMillis(20)).build()).build();
    CorsDecision decision = policy.decide(new Lines("GET", List.of(List.of("Origin", SHOP))));
    assertThat(decision.outcome()).isEqualTo(Outcome.ACTUAL_DENIED);
    assertThat(decision.reason()).isEqualTo(Reason.ORIGIN_NOT_CONFIRMED);
    assertThat(ask(policy, SHOP)).as("not asked again at once").isCompleted();
    source.answer(SHOP, true);
    assertThat(ask(policy, SHOP).join().outcome()).isEqualTo(Outcome.ACTUAL_ALLOWED);
    assertThat(source.asked).hasSize(1);
  }

  @Test
  void deniesWhenTheSourceFailsAndAsksAgainSoon() {
    List<DynamicOrigins.Source> failing =
        List.of(
            origin -> CompletableFuture.failedStage(new IllegalStateException("down")),
            origin -> {
              throw new IllegalStateException("down");
            });
    for (DynamicOrigins.Source each : failing) {
      failures.clear();
      DynamicOrigins origins =
          DynamicOrigins.from(each)
              .keepFailed(Duration.ofSeconds(1))
              .onFailure((origin, fault) -> failures.add(origin + " " + fault.getMessage()))
              .clock(() -> now)
              .build();
      CorsPolicy policy = policy(origins).build();
      assertThat(ask(policy, SHOP).join().reason()).isEqualTo(Reason.ORIGIN_NOT_CONFIRMED);
      assertThat(ask(policy, SHOP).join().reason()).isEqualTo(Reason.ORIGIN_NOT_CONFIRMED);
      assertThat(failures).containsExactly(SHOP + " down");
      sleep(Duration.ofSeconds(1));
      assertThat(ask(policy, SHOP).join().reason()).isEqualTo(Reason.ORIGIN_NOT_CONFIRMED);
      assertThat(failures).hasSize(2);
    }
  }

  @Test
  void deniesWhenTooManyQuestionsAreOpen() {
    CorsPolicy policy = policy(origins().mostQuestions(2).build()).build();
    assertThat(ask(policy, "https://a.example")).isNotCompleted();
    assertThat(ask(policy, "https://b.example")).isNotCompleted();
    assertThat(ask(policy, "https://c.example").join().reason())
        .isEqualTo(Reason.ORIGIN_NOT_CONFIRMED);
    source.answer("https://a.example", true);
    assertThat(ask(policy, "https://c.example")).as("there is room again").isNotCompleted();
  }

  @Test
  void refusesAnInsecureOriginUnderCredentials() {
    DynamicOrigins origins = origins().build();
    String insecure = "http://shop.customer.example";
    CompletableFuture<CorsDecision> denied = ask(policy(origins).build(), insecure);
    source.answer(insecure, true);
    assertThat(denied.join().reason()).isEqualTo(Reason.ORIGIN_INSECURE);
    assertThat(
            ask(policy(origins).dangerouslyAllowInsecureOrigins(true).build(), insecure)
                .join()
                .outcome())
        .isEqualTo(Outcome.ACTUAL_ALLOWED);
    assertThat(ask(policy(origins).allowCredentials(false).build(), insecure).join().outcome())
        .isEqualTo(Outcome.ACTUAL_ALLOWED);
  }

  @Test
  void strangersWhoMakeUpOriginsPushNobodyOut() {
    CorsPolicy policy = policy(origins().mostDenied(100).mostAllowed(100).build()).build();
    CompletableFuture<CorsDecision> allowed = ask(policy, SHOP);
    source.answer(SHOP, true);
    assertThat(allowed).isCompleted();
    IntStream.range(0, 10_000)
        .mapToObj(i -> "https://s" + i + ".example")
        .forEach(
            stranger -> {
              CompletableFuture<CorsDecision> denied = ask(policy, stranger);
              source.answer(stranger, false);
              assertThat(denied).isCompleted();
            });
    source.asked.clear();
    assertThat(ask(policy, SHOP)).isCompleted();
    assertThat(source.asked).isEmpty();
  }

  @Test
  @Tag("slow")
  void holdsAMillionOrigins() {
    DynamicOrigins origins =
        DynamicOrigins.from(
                origin -> {
                  source.asked.add("");
                  return CompletableFuture.completedStage(true);
                })
            .build();
    CorsPolicy policy = policy(origins).build();
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < 1_000_000; i++) {
        CorsDecision decision = policy.decide(new Get("https://c" + i + ".example"));
        if (decision.outcome() != Outcome.ACTUAL_ALLOWED) {
          throw new AssertionError("origin " + i + " is " + decision);
        }
      }
    }
    assertThat(source.asked).as("questions in two rounds").hasSize(1_000_000);
  }

  @Test
  void refusesValuesThatMeanNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> origins().timeout(Duration.ZERO))
        .withMessage("timeout is PT0S; it has to be longer than 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> origins().mostAllowed(0))
        .withMessage("mostAllowed is 0; it has to be at least 1");
  }

  @Test
  void isAPolicyOfItsOwnWithoutAnyPattern() throws Exception {
    CorsPolicy policy = CorsPolicy.builder().allowOriginsFrom(origins().build()).build();
    CompletableFuture<CorsDecision> allowed = ask(policy, SHOP);
    source.answer(SHOP, true);
    assertThat(allowed.get(1, TimeUnit.SECONDS).outcome()).isEqualTo(Outcome.ACTUAL_ALLOWED);
    assertThat(policy.variesByOrigin()).isTrue();
  }
}
