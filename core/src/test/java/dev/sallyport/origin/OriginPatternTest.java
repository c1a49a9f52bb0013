package dev.sallyport.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPatternTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "null",
        "https://foo.com",
        "https://*.foo.com",
        "https://*.foo.com:8443",
        "https://*.foo.com:*",
        "http://localhost:*",
        "http://[::1]:*",
        "capacitor://localhost",
        "https://*.github.io",
      })
  void parsingThenWritingIsIdentity(String text) {
    assertThat(OriginPattern.parse(text)).hasToString(text);
    assertThat(OriginPattern.parse(text)).isEqualTo(OriginPattern.parse(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "https://foo.com/ | https://foo.com",
        "https://foo.com/path?x#y | https://foo.com",
        "https://Foo.COM | https://foo.com",
        "HTTPS://foo.com | https://foo.com",
        "foo.com | https://foo.com",
        "foo.com:8443 | https://foo.com:8443",
        "//foo.com | https://foo.com",
        "*.foo.com | https://*.foo.com",
        "https://*foo.com | https://*.foo.com",
        "http*://foo.com | https://foo.com",
        "*://foo.com | https://foo.com",
        "https://foo.com:443 | https://foo.com",
        "http://foo.com:80/ | http://foo.com",
        "https://foo.com:08443 | https://foo.com:8443",
        "https://bücher.de | https://xn--bcher-kva.de",
        "https://*.bücher.de | https://*.xn--bcher-kva.de",
        "https://user:pass@foo.com | https://foo.com",
        "https://foo.com:443/ | https://foo.com",
        "localhost:3000 | http://localhost:3000",
        "localhost | http://localhost",
        "wss://foo.com | https://foo.com",
        "ws://localhost:3000 | http://localhost:3000",
        "ftp://foo.com | https://foo.com",
        "data://foo.com | -",
        "javascript://foo.com | -",
        "` https://foo.com` | https://foo.com",
        "http://[::ffff:127.0.0.1] | -",
        "https://* | -",
        "https://*:* | -",
        "https://*.* | -",
        "https://foo.* | -",
        "https://a.*.foo.com | -",
        "https://*.*.foo.com | -",
        "https://foo.com:80* | -",
        "https://a.com, https://b.com | -",
        "https://*.127.0.0.1 | -",
        "https://*.[::1] | -",
        "https://.foo.com | -",
        "^https://foo\\.com$ | -",
        "https://(a)b.foo.com | -",
        "file:// | -",
        "** | -",
        "Null | -",
      })
  void refusesAndOffersWhatWasMeant(String text, String suggestion) {
    assertThatThrownBy(() -> OriginPattern.parse(text))
        .isInstanceOfSatisfying(
            OriginPatternException.class,
            e -> {
              assertThat(e.suggestion().orElse(null)).as(e.getMessage()).isEqualTo(suggestion);
              assertThat(e.why()).isNotEmpty();
              e.suggestion().ifPresent(OriginPattern::parse);
            });
  }

  @ParameterizedTest
  @CsvSource({
    // pattern, insecure, over a public suffix
    "https://foo.com, false, false",
    "http://foo.com, true, false",
    "http://*.foo.com, true, false",
    "https://*.amazonaws.com, false, true",
    "https://*.kawasaki.jp, false, true",
    "https://*.foo.com, false, false",
    "http://localhost:*, false, false",
    "http://127.0.0.1:3000, false, false",
    "http://[::1]:3000, false, false",
    "http://*.localhost, false, false",
    "http://192.168.0.1, true, false",
    "capacitor://localhost, false, false",
    "https://*.com, false, true",
    "https://*.co.uk, false, true",
    "https://*.github.io, false, true",
    "https://*.a.github.io, false, false",
    "https://github.io, false, false",
    "https://*.ck, false, true",
    "https://*.a.ck, false, true",
    "https://*.unlisted-top-level, false, true",
    "*, false, false",
    "null, false, false",
  })
  void knowsItsDangers(String text, boolean insecure, boolean overPublicSuffix) {
    OriginPattern pattern = OriginPattern.parse(text);
    assertThat(pattern.isInsecure()).as("insecure").isEqualTo(insecure);
    assertThat(pattern.publicSuffix().isPresent())
        .as("over a public suffix")
        .isEqualTo(overPublicSuffix);
  }

  @ParameterizedTest
  @CsvSource({
    "https://*.foo.com, https://a.foo.com, true",
    "https://*.foo.com, https://*.foo.com, true",
    "https://*.foo.com, https://pr-*.foo.com, true",
    "https://*.foo.com, https://*.a.foo.com, true",
    "https://*.foo.com, https://foo.com, false",
    "https://*.foo.com, https://a.foo.com:*, false",
    "https://*.foo.com:*, https://a.foo.com, true",
    "https://foo.com:*, https://foo.com:8443, true",
    "https://a.foo.com, https://*.foo.com, false",
    "*, https://foo.com, true",
    "*, null, true",
    "https://foo.com, *, false",
  })
  void coversWhatIsNarrower(String wide, String narrow, boolean expected) {
    assertThat(OriginPattern.parse(wide).covers(OriginPattern.parse(narrow))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "*, https://foo.com, true",
    "*, null, true",
    "null, null, true",
    "null, https://foo.com, false",
    "!https://foo.com, https://foo.com, true",
    "!https://foo.com, https://bar.com, false",
    "https://foo.com, null, false",
    "https://*.foo.com, null, false",
  })
  void matchesOriginsThatWereParsed(String pattern, String origin, boolean expected) {
    assertThat(OriginPattern.parse(pattern).matches(Origin.parse(origin))).isEqualTo(expected);
  }

  @Test
  void anErrorQuotesWhatWasRead() {
    assertThatThrownBy(() -> Origin.parse("https://foo.com/"))
        .isInstanceOfSatisfying(
            OriginSyntaxException.class,
            fault -> assertThat(fault.input()).isEqualTo("https://foo.com/"));
  }
}
