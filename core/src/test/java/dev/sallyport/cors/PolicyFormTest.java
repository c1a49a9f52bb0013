package dev.sallyport.cors;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyFormTest {
  private static final String FOO = "https://foo.com";

  private static Optional<Duration> maxAge(Object value) {
    CorsPolicyBuilder builder = CorsPolicy.builder(Map.of("allowOrigins", FOO, "maxAge", value));
    return builder.problems().stream().anyMatch(PolicyProblem::isError)
        ? Optional.empty()
        : builder.build().maxAge();
  }

  @ParameterizedTest
  @CsvSource({"90, 90", "90s, 90", "10m, 600", "2h, 7200", "1d, 86400", "5000ms, 5", "0, 0"})
  void readsDurations(String text, long seconds) {
    assertThat(maxAge(text)).contains(Duration.ofSeconds(seconds));
  }

  @Test
  void readsNumbersAsSeconds() {
    assertThat(maxAge(600)).contains(Duration.ofMinutes(10));
    assertThat(maxAge(600L)).contains(Duration.ofMinutes(10));
    assertThat(maxAge(600.5)).isEmpty();
    assertThat(maxAge(true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "m", "ten", "1 m", "-1", "1w", "1500ms", "9999999999", "1.5m", "\u0661"})
  void refusesWhatIsNoDuration(String text) {
    assertThat(maxAge(text)).isEmpty();
  }

  @Test
  void oneTextIsAListOfOne() {
    assertThat(CorsPolicy.builder(Map.of("allowOrigins", FOO)).build())
        .isEqualTo(CorsPolicy.builder(Map.of("allowOrigins", List.of(FOO))).build());
  }

  @Test
  void writesWhatDiffersFromThePlainest() {
    assertThat(CorsPolicy.builder().allowOrigins(FOO).build().toForm())
        .containsExactly(Map.entry("allowOrigins", List.of(FOO)), Map.entry("enforce", "browser"));
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("http://foo.com", "https://*.github.io", "null")
            .allowMethods("PUT")
            .allowHeaders("X-A")
            .exposeHeaders("ETag")
            .allowCredentials(true)
            .maxAge(Duration.ofMinutes(1))
            .enforce(Enforcement.ORIGIN)
            .reportOnly(true)
            .publicOrigin(FOO)
            .timingAllowOrigin(true)
            .crossOriginResourcePolicy(ResourcePolicy.CROSS_ORIGIN)
            .dangerouslyAllowInsecureOrigins(true)
            .dangerouslyAllowPublicSuffixSubdomains(true)
            .dangerouslyAllowNullOrigin(true)
            .build();
    assertThat(policy.toForm())
        .containsOnlyKeys(
            "allowOrigins",
            "allowMethods",
            "allowHeaders",
            "exposeHeaders",
            "allowCredentials",
            "maxAge",
            "enforce",
            "mode",
            "publicOrigin",
            "timingAllowOrigin",
            "crossOriginResourcePolicy",
            "dangerouslyAllowInsecureOrigins",
            "dangerouslyAllowPublicSuffixSubdomains",
            "dangerouslyAllowNullOrigin");
    assertThat(CorsPolicy.builder(policy.toForm()).build()).isEqualTo(policy);
  }
}
