package dev.sallyport.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderValuesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "accept | */* | true",
        "accept | text/html;q=0.5 | true",
        "accept | text/html;q=\"1\" | false",
        "accept | a:b | false",
        "accept | `` | true",
        "accept-language | en, de;q=0.5 | true",
        "accept-language | en_US | false",
        "accept-language | * | true",
        "content-language | de-AT=. | true",
        "content-language | e/n | false",
        "content-type | text/plain | true",
        "content-type | TEXT/PLAIN;charset=utf-8 | true",
        "content-type | text/plain ; x=y | true",
        "content-type | text/plain; x=\"y\" | false",
        "content-type | multipart/form-data; boundary=x | true",
        "content-type | application/x-www-form-urlencoded | true",
        "content-type | application/json | false",
        "content-type | text/plain, text/plain | false",
        "content-type | text | false",
        "content-type | text/ | false",
        "content-type | /plain | false",
        "content-type | te xt/plain | false",
        "content-type | `` | false",
        "range | bytes=0- | true",
        "range | bytes=0-0 | true",
        "range | bytes=5-4 | false",
        "range | bytes=10-9 | false",
        "range | bytes=09-10 | true",
        "range | bytes=-5 | false",
        "range | bytes=- | false",
        "range | bytes=0-1,3-4 | false",
        "range | bytes = 0- | false",
        "range | Bytes=0- | false",
        "range | lines=0- | false",
        "range | bytes=a- | false",
        "range | bytes=0 | false",
        "range | bytes=0-99999999999999999999 | true",
        "x-other | a | false",
        "authorization | a | false",
      })
  void isCorsSafelistedRequestHeader(String name, String value, boolean expected) {
    assertThat(HeaderValues.isCorsSafelistedRequestHeader(name, value)).isEqualTo(expected);
  }

  @Test
  void isCorsSafelistedRequestHeaderUpTo128Bytes() {
    for (String name : List.of("accept", "accept-language", "content-language")) {
      assertThat(HeaderValues.isCorsSafelistedRequestHeader(name, "a".repeat(128))).isTrue();
      assertThat(HeaderValues.isCorsSafelistedRequestHeader(name, "a".repeat(129))).isFalse();
    }
  }

  @Test
  void hasCorsUnsafeRequestHeaderByte() {
    for (char c = 0; c < 0x100; c++) {
      boolean unsafe = c < 0x20 && c != '\t' || c == 0x7f || "\"():<>?@[\\]{}".indexOf(c) >= 0;
      assertThat(HeaderValues.isCorsSafelistedRequestHeader("accept", "a" + c + "b"))
          .as("U+%04x", (int) c)
          .isEqualTo(!unsafe);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "none",
      value = {
        "PUT | PUT",
        "PUT,PATCH | PUT PATCH",
        "` PUT , PATCH ` | PUT PATCH",
        "PUT,,PATCH | PUT PATCH",
        "PUT, | PUT",
        "`` | ``",
        ", | ``",
        "* | *",
        "PUT DELETE | none",
        "\"PUT\" | none",
        "PUT;q=1 | none",
        "P/T | none",
      })
  void extractHeaderListValues(String line, String expected) {
    List<String> tokens = HeaderValues.extractHeaderListValues(List.of(line));
    assertThat(tokens == null ? null : String.join(" ", tokens)).isEqualTo(expected);
  }

  @Test
  void extractHeaderListValuesOfSeveralLines() {
    assertThat(HeaderValues.extractHeaderListValues(List.of("a, b", "", "c")))
        .containsExactly("a", "b", "c");
    assertThat(HeaderValues.extractHeaderListValues(List.of("a", "b c"))).isNull();
    assertThat(HeaderValues.extractHeaderListValues(List.of())).isEmpty();
    List<String> before = new ArrayList<>();
    assertThat(HeaderValues.extractHeaderValues("a, b c", before)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a | a",
        "a, b | a/b",
        "`` | ``",
        ", | /",
        "\"a, b\", c | \"a, b\"/c",
        "a\"b, c\"d, e | a\"b, c\"d/e",
        "\"a\\\", b\", c | \"a\\\", b\"/c",
        "a\\, b | a\\/b",
        "\"a, b | \"a, b",
        "\"a\\ | \"a\\",
        "\"a\"\", b | \"a\"\", b",
      })
  void getDecodeAndSplit(String value, String elements) {
    assertThat(String.join("/", HeaderValues.getDecodeAndSplit(value))).isEqualTo(elements);
  }

  @Test
  void isHeaderValue() {
    assertThat(HeaderValues.isHeaderValue("a\tb\u0001\u00ff")).isTrue();
    for (String wrong : List.of("a\u0000", "a\nb", "a\rb", "\u0100")) {
      assertThat(HeaderValues.isHeaderValue(wrong)).isFalse();
    }
    assertThat(HeaderValues.trim(" \t\r\na b\n ")).isEqualTo("a b");
  }
}
