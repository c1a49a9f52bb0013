package dev.sallyport.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.doctor.Advice;
import dev.sallyport.doctor.CaseReader;
import dev.sallyport.doctor.ExplainCase;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.RecordedExchange;
import dev.sallyport.fetch.ServerAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** What holds of every case. */
class ModelLawsTest {
  private static final int CASES = 20_000;

  private final long seed = new Random().nextInt(1_000_000);
  private final CaseGenerator generator = new CaseGenerator(seed, 8080);

  @ParameterizedTest
  @EnumSource(Profile.class)
  void everyCaseEndsWithAnOutcomeAndAdvice(Profile profile) {
    int blocked = 0;
    for (int number = 0; number < CASES; number++) {
      ExplainCase each = generator.make(number);
      Outcome outcome = each.run(profile);
      String place = "seed " + seed + ", case " + number;
      assertThat(outcome.allowed()).as(place).isEqualTo(outcome.failure().isEmpty());
      assertThat(outcome.trace()).as(place).isNotEmpty();
      if (!outcome.allowed()) {
        assertThat(Advice.of(each.request(), outcome)).as(place).isNotEmpty();
        assertThat(outcome.status()).isZero();
        blocked++;
      }
      assertThat(each.run(profile)).as("%s again", place).isEqualTo(outcome);
    }
    assertThat(blocked).isBetween(CASES / 10, CASES * 9 / 10);
  }

  @ParameterizedTest
  @EnumSource(Profile.class)
  void aCaseThatIsWrittenAndReadIsTheSame(Profile profile) throws Exception {
    JsonMapper json = new JsonMapper();
    for (int number = 0; number < CASES / 10; number++) {
      ExplainCase each = generator.make(number);
      ExplainCase read = CaseReader.read(json.createParser(Replay.line("x", each)));
      assertThat(read.run(profile)).isEqualTo(each.run(profile));
    }
  }

  /**
   * Answers that allow all that can be allowed never block what others let through. Where redirects
   * lead is left as it is, and so is what keeps answers from being embedded.
   *
   * <p>Excepted by the standard: with credentials, the wildcard means nothing, so that what is
   * allowed has to be written out; and an origin is null after a redirect between others.
   */
  @ParameterizedTest
  @EnumSource(value = Profile.class, mode = EnumSource.Mode.EXCLUDE, names = "WEBKIT")
  void allowingMoreBlocksNothing(Profile profile) {
    int allowed = 0;
    for (int number = 0; number < CASES; number++) {
      ExplainCase each = generator.make(number);
      if (each.run(profile).allowed() && each.request().credentials() != CredentialsMode.INCLUDE) {
        Outcome more = permissive(each).run(profile);
        assertThat(more.allowed())
            .as("seed %d, case %s: %s", seed, Replay.line("x", each), more.reason())
            .isTrue();
        allowed++;
      }
    }
    assertThat(allowed).isGreaterThan(CASES / 20);
  }

  private static ExplainCase permissive(ExplainCase of) {
    List<RecordedExchange> exchanges = new ArrayList<>();
    for (RecordedExchange exchange : of.exchanges()) {
      List<Header> headers = new ArrayList<>();
      for (Header header : exchange.answer().headers()) {
        if (!header.name().toLowerCase(Locale.ROOT).startsWith("access-control-")) {
          headers.add(header);
        }
      }
      headers.add(new Header("Access-Control-Allow-Origin", "*"));
      headers.add(new Header("Access-Control-Allow-Methods", "*"));
      headers.add(new Header("Access-Control-Allow-Headers", "*, authorization"));
      headers.add(new Header("Access-Control-Expose-Headers", "*"));
      exchanges.add(
          new RecordedExchange(
              exchange.preflight(),
              exchange.url(),
              new ServerAnswer(exchange.preflight() ? 204 : exchange.answer().status(), headers)));
    }
    return new ExplainCase(of.page(), of.request(), exchanges);
  }
}
