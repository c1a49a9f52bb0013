package dev.sallyport.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternReadingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*                       | every origin",
        "null                    | every opaque origin, which is sent as null: sandboxed frames, data: URLs, files",
        "https://foo.com         | the origin https://foo.com and no other",
        "https://*.foo.com       | every host under foo.com, at any depth, but not foo.com, by https, at the default port",
        "http://localhost:*      | the host localhost, by http, at any port",
        "https://pr-*.foo.com:81 | the hosts pr-*.foo.com, where * is one or more of a to z, 0 to 9, hyphen and underscore, within one label, by https, at port 81",
        "!https://a.foo.com      | takes out of the other patterns: the origin https://a.foo.com and no other",
      })
  void saysWhatAPatternMeans(String pattern, String meaning) {
    assertThat(PatternReading.of(OriginPattern.parse(pattern)).meaning()).isEqualTo(meaning);
  }

  @Test
  void givesExamplesOfBothSides() {
    PatternReading reading = PatternReading.of(OriginPattern.parse("https://pr-*.foo.com"));
    assertThat(reading.matches()).containsExactly("https://pr-1.foo.com", "https://pr-1-2.foo.com");
    assertThat(reading.misses())
        .contains(
            new PatternReading.Miss("https://a.pr-1.foo.com", "it is a label too many"),
            new PatternReading.Miss("https://pr-.foo.com", "nothing stands for *"),
            new PatternReading.Miss("https://foo.com", "the domain is not under itself"),
            new PatternReading.Miss("https://pr-1.foo.com.evil.com", "the domain is another"),
            new PatternReading.Miss("http://pr-1.foo.com", "the scheme is another"),
            new PatternReading.Miss("https://pr-1.foo.com:8444", "the port is another"));
  }

  @Test
  void tellsTheDangers() {
    assertThat(PatternReading.of(OriginPattern.parse("http://*.github.io")).dangers())
        .containsExactly(
            "Anybody can register a name that it matches: github.io is a public suffix.",
            "Its pages are not encrypted: whoever is on the way can write into them.");
  }

  /** Every example is on the side it is told on, and every miss says why. */
  @Test
  void theExamplesAreTrue() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      OriginPattern pattern = OriginPattern.parse(OriginSetLawsTest.randomPattern(random));
      PatternReading reading = PatternReading.of(pattern);
      assertThat(reading.matches()).as("%s", pattern).isNotEmpty();
      assertThat(reading.misses()).as("%s", pattern).isNotEmpty();
      assertThat(reading.matches())
          .allMatch(origin -> NaiveMatcher.matches(pattern.toString(), origin));
      assertThat(reading.misses())
          .allMatch(miss -> !NaiveMatcher.matches(pattern.toString(), miss.origin()))
          .allMatch(miss -> !miss.why().isEmpty(), "with a reason");
    }
  }
}
