package dev.sallyport.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text is either a URL, for which the laws hold, or refused with a reason. */
class UrlMutationTest {
  private static final int MUTATIONS = 20_000;

  /** What the states of the parser and the host parser look at. */
  private static final List<String> PIECES =
      List.of(
          "/",
          "\\",
          "//",
          ":",
          "@",
          "?",
          "#",
          "[",
          "]",
          "%",
          ".",
          "..",
          "/../",
          "/./",
          "%2e",
          "%2E.",
          "|",
          "C|",
          "c:",
          " ",
          "\t",
          "\n",
          "\u0000",
          "\u001f",
          "\u007f",
          "0",
          "1",
          "9",
          "0x",
          "255",
          "256",
          "65535",
          "65536",
          "::",
          "ffff",
          "127.0.0.1",
          "localhost",
          "xn--",
          "XN--",
          "%00",
          "%41",
          "%C3%9F",
          "%FF",
          "ß",
          "é",
          "İ",
          "K",
          "。",
          "．",
          "１",
          "\u00ad",
          "\u200d",
          "\u05d0",
          "\ufeff",
          "\ufffd",
          "\ud800",
          "\udc00",
          "😀",
          "*",
          ",",
          "'",
          "\"",
          "<",
          "^",
          "`",
          "{",
          "http:",
          "https://",
          "ws:",
          "file:",
          "file://",
          "blob:",
          "data:",
          "foo://",
          "foo:");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aMutatedUrlIsAUrlOrRefused(long seed) throws IOException {
    List<UrlCase> cases = UrlCase.all();
    Random random = new Random(seed);
    int urls = 0;
    for (int i = 0; i < MUTATIONS; i++) {
      String input = mutate(cases, random);
      Url base =
          random.nextBoolean()
              ? null
              : Url.tryParse(mutate(cases, random)).orElse(Url.parse("https://foo.com/a/b"));
      if (check(input, base, seed)) {
        urls++;
      }
    }
    assertThat(urls).as("mutations that are URLs").isBetween(MUTATIONS / 4, MUTATIONS * 3 / 4);
  }

  private static boolean check(String input, @Nullable Url base, long seed) {
    try {
      Url url = base == null ? Url.parse(input) : Url.parse(input, base);
      UrlLaws.check(url);
      return true;
    } catch (UrlSyntaxException refused) {
      assertThat(refused.why()).isNotBlank();
      assertThat(refused.getMessage()).matches("[\\x20-\\x7e…]*");
      return false;
    } catch (RuntimeException | AssertionError e) {
      return fail("seed " + seed + ": " + Quote.quote(input) + " against " + base, e);
    }
  }

  private static String mutate(List<UrlCase> cases, Random random) {
    StringBuilder text = new StringBuilder(any(cases, random).input());
    for (int edits = random.nextInt(5); edits > 0; edits--) {
      int at = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), at + random.nextInt(4));
      switch (random.nextInt(6)) {
        case 0 -> text.insert(at, any(PIECES, random));
        case 1 -> text.replace(at, end, any(PIECES, random));
        case 2 -> text.delete(at, end);
        case 3 -> text.insert(at, any(cases, random).input());
        case 4 -> text.insert(at, text.substring(at, end).repeat(random.nextInt(4)));
        default -> text.insert(at, Character.toString(random.nextInt(0x110000)));
      }
    }
    return text.toString();
  }

  private static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
