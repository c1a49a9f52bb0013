package dev.sallyport.cors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.Vectors;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CoreVectorsTest {

  static Stream<VectorCase> cases() {
    return Vectors.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void decidesAsExpected(VectorCase vector) {
    CorsPolicy policy = CorsPolicy.builder(vector.policy()).build();
    Lines request = new Lines(vector.request().method(), vector.request().headers());
    CorsDecision decision = policy.decide(request);
    Lines response = new Lines("", List.of());
    decision.writeTo(response);

    assertThat(decision.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .as("outcome")
        .isEqualTo(vector.expected().outcome());
    assertThat(decision.reason().code()).as("reason").isEqualTo(vector.expected().reason());
    assertThat(decision.isAnswered())
        .as("answered here")
        .isEqualTo(
            !policy.isReportOnly()
                && (decision.outcome().isPreflight() || vector.expected().refused()));
    assertThat(response.withoutVary()).as("headers").isEqualTo(vector.expected().headers());
    assertThat(Vary.covers(response.headers("vary"), "Origin"))
        .as("Vary: Origin")
        .isEqualTo(vector.expected().vary());
    assertThat(decision.describe(request))
        .as("one line")
        .doesNotContainPattern("[\\r\\n]")
        .startsWith(decision.reason().code());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mergesVaryIntoWhatIsThere(VectorCase vector) {
    CorsDecision decision =
        CorsPolicy.builder(vector.policy())
            .build()
            .decide(new Lines(vector.request().method(), vector.request().headers()));
    Lines response =
        new Lines(
            "", List.of(List.of("vary", "Accept-Encoding"), List.of("vary", "accept, ORIGIN , x")));
    decision.writeTo(response);
    assertThat(response.headers("vary"))
        .toIterable()
        .containsExactly("Accept-Encoding", "accept, ORIGIN , x");
  }

  @Test
  void thereAreCasesOfEveryOutcomeAndReason() {
    assertThat(Vectors.all().map(each -> each.expected().outcome()).distinct())
        .hasSize(CorsDecision.Outcome.values().length);
    Set<Reason> ofSources = EnumSet.of(Reason.ORIGIN_NOT_CONFIRMED, Reason.ORIGIN_INSECURE);
    assertThat(Vectors.all().map(each -> each.expected().reason()).distinct())
        .as("every reason but those of policies with a source of origins, which no file can hold")
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.copyOf(ofSources)).stream().map(Reason::code).toList());
  }
}
