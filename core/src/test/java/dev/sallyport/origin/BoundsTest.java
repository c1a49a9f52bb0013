package dev.sallyport.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is just allowed, and what is just not, in an origin: each length and each character. */
class BoundsTest {
  private static final String LONGEST_LABEL = "a".repeat(63);

  /** 253 characters. */
  private static final String LONGEST_NAME = (LONGEST_LABEL + ".").repeat(3) + "b".repeat(61);

  private static final OriginSet<String> SET =
      OriginSet.compile(
          List.of("https://*.foo.com"),
          new OriginSet.Misses<>("outside", "excluded", "opaque", "invalid"),
          (pattern, origin) -> "found");

  private static boolean isOrigin(String text) {
    boolean parsed = Origin.tryParse(text).isPresent();
    assertThat(OriginScan.scan(text) != OriginScan.INVALID)
        .as("scan of %s", text)
        .isEqualTo(parsed);
    return parsed;
  }

  private static String fault(String text) {
    try {
      return "accepted: " + Origin.parse(text);
    } catch (OriginSyntaxException e) {
      return e.why();
    }
  }

  @Test
  void aLabelHas63CharactersAtMost() {
    assertThat(isOrigin("https://" + LONGEST_LABEL + ".com")).isTrue();
    assertThat(isOrigin("https://" + LONGEST_LABEL + "a.com")).isFalse();
    assertThat(isOrigin("https://com." + LONGEST_LABEL)).isTrue();
    assertThat(isOrigin("https://com." + LONGEST_LABEL + "a")).isFalse();
    assertThat(fault("https://a" + LONGEST_LABEL + ".com"))
        .isEqualTo("a label of the host is longer than 63 characters");
    assertThat(SET.find("https://" + LONGEST_LABEL + ".foo.com")).isEqualTo("found");
    assertThat(SET.find("https://a" + LONGEST_LABEL + ".foo.com")).isEqualTo("invalid");
  }

  @Test
  void aHostHas253CharactersAndATrailingDotAtMost() {
    assertThat(LONGEST_NAME).hasSize(253);
    assertThat(isOrigin("https://" + LONGEST_NAME)).isTrue();
    assertThat(isOrigin("https://" + LONGEST_NAME + ".")).isTrue();
    assertThat(isOrigin("https://" + LONGEST_NAME + ":8443")).isTrue();
    assertThat(isOrigin("https://" + LONGEST_NAME + "bb")).isFalse();
    assertThat(fault("https://" + LONGEST_NAME + "bb"))
        .isEqualTo("the host is longer than 253 characters");
  }

  @Test
  void aSchemeHas64CharactersAtMost() {
    assertThat(isOrigin("a".repeat(64) + "://foo.com")).isTrue();
    assertThat(isOrigin("a".repeat(65) + "://foo.com")).isFalse();
    assertThat(isOrigin("://foo.com")).isFalse();
  }

  @Test
  void anOriginIsReadUpToTheLongestThatThereCanBe() {
    String longest = "a".repeat(64) + "://" + LONGEST_NAME + ".:65535";
    assertThat(isOrigin(longest)).isTrue();
    String tooLong = "it is longer than " + OriginParser.LONGEST_ORIGIN + " characters";
    assertThat(fault("x".repeat(OriginParser.LONGEST_ORIGIN))).isNotEqualTo(tooLong);
    assertThat(fault("x".repeat(OriginParser.LONGEST_ORIGIN + 1))).isEqualTo(tooLong);
    assertThat(SET.find("https://" + "a.".repeat(4000) + "foo.com")).isEqualTo("invalid");
  }

  /** Every character at the beginning, within and at the end of a label. */
  @Test
  void aHostIsOfLowerCaseLettersDigitsHyphensAndUnderscores() {
    for (char c = 0; c < 0x180; c++) {
      boolean expected = c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' || c == '_';
      for (String host : List.of("a" + c + "b.com", c + "b.com", "b" + c + ".com")) {
        String text = "https://" + host;
        assertThat(isOrigin(text))
            .as("U+%04x in %s", (int) c, text)
            .isEqualTo(expected || isDot(c, host));
      }
      boolean last = c >= 'a' && c <= 'z' || c == '-' || c == '_' || c == '.';
      assertThat(isOrigin("https://foo.com" + c)).isEqualTo(last || c >= '0' && c <= '9');
      assertThat(SET.find("https://x" + c + "y.foo.com"))
          .as("U+%04x", (int) c)
          .isEqualTo(expected || c == '.' ? "found" : "invalid");
    }
  }

  private static boolean isDot(char c, String host) {
    return c == '.' && host.startsWith("a");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "A | the host has upper-case letters, which browsers lower",
        "Z | the host has upper-case letters, which browsers lower",
        "[ | the host has the character \"[\"",
        "` | the host has the character \"`\"",
        "{ | the host has the character \"{\"",
        "~ | the host has the character \"~\"",
        "/ | an origin ends after host and port, without a slash or path",
        "? | an origin ends after host and port, without a slash or path",
        "@ | an origin has no user or password",
      })
  void saysWhichCharacterIsWrong(String character, String fault) {
    assertThat(fault("https://a" + character + "b.com")).isEqualTo(fault);
  }

  @Test
  void saysThatAHostIsNotAscii() {
    assertThat(fault("https://a\u007fb.com"))
        .isEqualTo("the host is not ASCII; browsers send its punycode form");
    assertThat(fault("https://b\u00fccher.de"))
        .isEqualTo("the host is not ASCII; browsers send its punycode form");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://", "https://.", "https://a..b", "https://.a", "https://:80"})
  void aHostHasNoEmptyLabel(String text) {
    assertThat(isOrigin(text)).isFalse();
  }

  @Test
  void aSchemeIsOfLowerCaseLettersDigitsAndThreeSigns() {
    for (char c = 0; c < 0x180; c++) {
      boolean letter = c >= 'a' && c <= 'z';
      boolean later = letter || c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
      assertThat(isOrigin(c + "://foo.com")).as("U+%04x", (int) c).isEqualTo(letter);
      assertThat(isOrigin("a" + c + "b://foo.com")).as("U+%04x", (int) c).isEqualTo(later);
      assertThat(isOrigin("a" + c + "://foo.com")).as("U+%04x", (int) c).isEqualTo(later);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, true",
    "255.255.255.255, true",
    "256.0.0.1, false",
    "1.2.3.256, false",
    "1.2.3, false",
    "1.2.3.4.5, false",
    "1.2.3.4., false",
    "01.2.3.4, false",
    "1.2.3.04, false",
    "1.2.3.1000, false",
    "1.2.3.0x4, false",
    "1.2.3.0x, false",
    "1.2.3.0xf, false",
    "1.2.3.0xg, true",
    "1.2.3.a, true",
    "a.9, false",
    "a.9., false",
    "a.0, false",
    "9.a, true",
    "[::], true",
    "[::1], true",
    "[1::], true",
    "[1:2:3:4:5:6:7:8], true",
    "[1:2:3:4:5:6:7:8:9], false",
    "[1:2:3:4:5:6:7], false",
    "[1:2:3:4:5:6:7::], false",
    "[::2:3:4:5:6:7:8], false",
    "[1:2:3::5:6:7:8], false",
    "[1::2::3], false",
    "[1:0:0:4:0:0:0:8], false",
    "[1:0:0:4::8], true",
    "[1::4:0:0:8], true",
    "[1::4:0:0:7:8], true",
    "[1:0:3:4:5:6:7:8], true",
    "[ffff::1], true",
    "[fffff::1], false",
    "[fffg::1], false",
    "[0001::1], false",
    "[::a], true",
    "[::f], true",
    "[::F], false",
    "[::g], false",
    "[::/], false",
    "[:::1], false",
    "[:1], false",
    "[1:], false",
    "[1], false",
    "[], false",
    "[::1, false",
    "[::ffff:7f00:1], true",
    "[::ffff:127.0.0.1], false",
    "[::1%25eth0], false",
  })
  void anAddressIsInItsOneSpelling(String host, boolean expected) {
    assertThat(isOrigin("https://" + host)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[0:0:0:0:0:0:0:1] | browsers write this IPv6 address as [::1]",
        "[1:0:0:4:0:0:0:8] | browsers write this IPv6 address as [1:0:0:4::8]",
        "[1:0:0:0:5:0:0:0] | browsers write this IPv6 address as [1::5:0:0:0]",
        "[1:2:3:4:5:6:0:0] | browsers write this IPv6 address as [1:2:3:4:5:6::]",
        "[::ffff:127.0.0.1] | browsers write this IPv6 address as [::ffff:7f00:1]",
        "[::255.255.0.1] | browsers write this IPv6 address as [::ffff:1]",
        "[1:2:3:4:5:6:7::] | browsers write this IPv6 address as [1:2:3:4:5:6:7:0]",
        "[::256.0.0.1] | the host is not an IPv6 address",
        "[1:2:3:4:5:6:7:8:1.2.3.4] | the host is not an IPv6 address",
        "[1:2:3:4:5:6:7::8:9] | the host is not an IPv6 address",
        "[::1] | accepted: https://[::1]",
      })
  void saysHowBrowsersWriteAnAddress(String host, String expected) {
    assertThat(fault("https://" + host)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "1, true",
    "9, true",
    "65535, true",
    "65536, false",
    "99999, false",
    "100000, false",
    "00, false",
    "01, false",
    "443, false",
    "444, true",
    "/, false",
    ":, false",
  })
  void aPortIsAPlainNumber(String port, boolean expected) {
    assertThat(isOrigin("https://foo.com:" + port)).isEqualTo(expected);
  }

  /** A URL can have hosts that a header cannot. */
  @Test
  void aTupleHoldsWhatTheUrlStandardAllows() {
    for (char c = 0; c < 0x180; c++) {
      boolean forbidden =
          c <= ' ' || c >= 0x7f || c >= 'A' && c <= 'Z' || "#%/:<>?@[\\]^|".indexOf(c) >= 0;
      String host = "a" + c + "b.com";
      if (forbidden) {
        assertThatThrownBy(() -> new TupleOrigin("https", host, OptionalInt.empty()))
            .as("U+%04x", (int) c)
            .isInstanceOf(OriginSyntaxException.class);
      } else {
        assertThat(new TupleOrigin("https", host, OptionalInt.empty()).host()).isEqualTo(host);
      }
    }
    assertThatThrownBy(() -> new TupleOrigin("https", "", OptionalInt.empty()))
        .hasMessageContaining("it has no host");
    assertThatThrownBy(() -> new TupleOrigin("https", "[::01]", OptionalInt.empty()))
        .hasMessageContaining("browsers write this IPv6 address as [::1]");
    assertThatThrownBy(() -> new TupleOrigin("https", "a.1", OptionalInt.empty()))
        .hasMessageContaining("ends in a number");
  }

  @Test
  void aTupleLeavesADefaultPortOut() {
    assertThat(TupleOrigin.of("https", "foo.com", 443))
        .isEqualTo(TupleOrigin.of("https", "foo.com"));
    assertThat(TupleOrigin.of("https", "foo.com", 80)).hasToString("https://foo.com:80");
    assertThat(TupleOrigin.of("https", "foo.com").effectivePort()).hasValue(443);
    assertThat(TupleOrigin.of("https", "foo.com", 8443).effectivePort()).hasValue(8443);
    assertThat(TupleOrigin.of("ftp", "foo.com").effectivePort()).hasValue(21);
    assertThat(TupleOrigin.of("app", "foo.com").effectivePort()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.foo.com, http://b.foo.com:81, true",
    "https://foo.com, https://foo.com, true",
    "https://foo.com, https://foo.org, false",
    "https://a.github.io, https://b.github.io, false",
    "https://localhost, https://localhost:3000, true",
    "https://127.0.0.1, https://127.0.0.2, false",
    "https://foo.com, https://127.0.0.1, false",
    "https://foo.com, null, false",
  })
  void tellsWhatIsOfOneSiteWhateverTheScheme(String one, String other, boolean expected) {
    assertThat(Origin.parse(one).isSchemelesslySameSite(Origin.parse(other))).isEqualTo(expected);
  }

  /** The part around a wildcard is as long as a label allows, with one character for it. */
  @Test
  void aPartOfALabelIsHeldToTheLengthOfOne() {
    String pattern = "https://" + "a".repeat(61) + "-*.foo.com";
    assertThat(OriginPattern.parse(pattern)).hasToString(pattern);
    assertThatThrownBy(() -> OriginPattern.parse("https://" + "a".repeat(62) + "-*.foo.com"))
        .hasMessageContaining("longer than 63");
    for (String wrong :
        List.of("-*", "*-", "a*", "*a", "a-*b", "a*-b", "*-a-*", "a-**", "a-*-", "-*-a")) {
      assertThatThrownBy(() -> OriginPattern.parse("https://" + wrong + ".foo.com"))
          .as(wrong)
          .isInstanceOf(OriginPatternException.class);
    }
    for (String right : List.of("a-*", "*-a", "a-*-b", "aa-*-b")) {
      assertThat(OriginPattern.parse("https://" + right + ".foo.com")).isNotNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://a-*.foo.com, https://a-b.foo.com, found",
    "https://a-*.foo.com, https://a-.foo.com, outside",
    "https://a-*.foo.com, https://a-b-c.foo.com, found",
    "https://a-*.foo.com, https://x.a-b.foo.com, outside",
    "https://a-*.foo.com, https://a-b.x.foo.com, outside",
    "https://a-*-c.foo.com, https://a-b-c.foo.com, found",
    "https://a-*-c.foo.com, https://a--c.foo.com, outside",
    "https://a-*-c.foo.com, https://a-c.foo.com, outside",
    "https://*-c.foo.com, https://a-c.foo.com, found",
    "https://*-c.foo.com, https://-c.foo.com, outside",
    "https://*-c.foo.com, https://xn--a-c.foo.com, outside",
    "https://*.foo.com, https://foo.com, outside",
    "https://*.foo.com, https://.foo.com, invalid",
    "https://*.foo.com, https://a.foo.com, found",
    "https://*.foo.com, https://a.b.foo.com, found",
    "https://*.foo.com, https://a.xfoo.com, outside",
    "https://foo.com:*, https://foo.com, found",
    "https://foo.com:*, https://foo.com:1, found",
    "https://foo.com:*, https://a.foo.com, outside",
    "https://foo.com:*, http://foo.com, outside",
    "https://*.foo.com:8443, https://a.foo.com:8443, found",
    "https://*.foo.com:8443, https://a.foo.com, outside",
  })
  void aFewPatternsAndManyMatchAlike(String pattern, String origin, String expected) {
    List<String> many = new ArrayList<>(List.of(pattern));
    for (int i = 0; i < 20; i++) {
      many.add("https://*.other-" + i + ".example");
      many.add("https://p-*.other-" + i + ".a.b.example");
      many.add("https://other-" + i + ".c.d.e.example:*");
    }
    OriginSet.Misses<String> misses =
        new OriginSet.Misses<>("outside", "excluded", "opaque", "invalid");
    assertThat(OriginSet.compile(List.of(pattern), misses, (p, o) -> "found").find(origin))
        .isEqualTo(expected);
    assertThat(OriginSet.compile(many, misses, (p, o) -> "found").find(origin)).isEqualTo(expected);
  }

  /** Of several patterns that match, the same one counts, however many others there are. */
  @Test
  void theNarrowestPatternCounts() {
    List<String> patterns =
        List.of(
            "https://*.foo.com",
            "https://*.a.foo.com",
            "https://b-*.a.foo.com",
            "https://c.a.foo.com:*");
    List<String> many = new ArrayList<>(patterns);
    for (int i = 0; i < 20; i++) {
      many.add("https://*.other-" + i + ".example");
    }
    OriginSet.Misses<String> misses = new OriginSet.Misses<>("-", "-", "-", "-");
    for (List<String> each : List.of(patterns, many)) {
      OriginSet<String> set =
          OriginSet.compile(each, misses, (pattern, origin) -> pattern.toString());
      assertThat(set.find("https://x.foo.com")).isEqualTo("https://*.foo.com");
      assertThat(set.find("https://x.a.foo.com")).isEqualTo("https://*.a.foo.com");
      assertThat(set.find("https://b-1.a.foo.com")).isEqualTo("https://b-*.a.foo.com");
      assertThat(set.find("https://c.a.foo.com")).isEqualTo("https://c.a.foo.com:*");
    }
  }

  @Test
  void hostsOfAnyNumberOfLabelsAreLookedUp() {
    String deep = "a.".repeat(70) + "foo.com";
    for (String pattern :
        List.of("https://*.foo.com", "https://*." + deep, "https://" + deep + ":*")) {
      List<String> many = new ArrayList<>(List.of(pattern));
      for (int i = 0; i < 20; i++) {
        many.add("https://*.other-" + i + ".example");
      }
      OriginSet<String> set =
          OriginSet.compile(
              many, new OriginSet.Misses<>("outside", "-", "-", "invalid"), (p, o) -> "found");
      boolean exact = pattern.endsWith(":*");
      assertThat(set.find("https://" + deep))
          .isEqualTo(pattern.contains("*." + deep) ? "outside" : "found");
      assertThat(set.find("https://x." + deep)).isEqualTo(exact ? "outside" : "found");
      assertThat(set.find("https://foo.com")).isEqualTo("outside");
    }
  }
}
