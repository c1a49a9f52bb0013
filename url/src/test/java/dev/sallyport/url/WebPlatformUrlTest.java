package dev.sallyport.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The URL cases of web-platform-tests, reduced to origins. They lie beside the checkout and not in
 * it, so a checkout alone does without them.
 */
class WebPlatformUrlTest {
  private static final int CASES = 421;
  private static final Path FILE =
      checkout().resolveSibling("shared").resolve("wpt").resolve("urltestdata-origin.json");

  private record Case(
      String input, @Nullable String base, @Nullable String origin, boolean failure) {
    Url parse() {
      return base == null ? Url.parse(input) : Url.parse(input, Url.parse(base));
    }

    @Override
    public String toString() {
      return Quote.quote(input) + (base == null ? "" : " against " + Quote.quote(base));
    }
  }

  /** The directory that holds the modules: tests run in one of them, or beside them. */
  private static Path checkout() {
    Path directory = Path.of("").toAbsolutePath();
    while (!Files.exists(directory.resolve("url").resolve("pom.xml"))) {
      directory = directory.getParent();
      if (directory == null) {
        throw new IllegalStateException("not run in a checkout: " + Path.of("").toAbsolutePath());
      }
    }
    return directory;
  }

  @BeforeAll
  static void theFileIsThere() {
    if (!Files.exists(FILE)) {
      String message =
          "NOT RUN: the "
              + CASES
              + " URL cases of web-platform-tests, because there is no file "
              + FILE
              + ". URLs are tested on this project's own table alone.";
      System.err.println(message);
      assumeTrue(false, message);
    }
  }

  static List<Case> cases() {
    List<Case> cases = Arrays.asList(JsonMapper.shared().readValue(FILE.toFile(), Case[].class));
    assertThat(cases).hasSizeGreaterThanOrEqualTo(CASES);
    return cases;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void hasTheOriginThatBrowsersGiveIt(Case c) {
    if (c.failure) {
      assertThatThrownBy(c::parse).as(c.toString()).isInstanceOf(UrlSyntaxException.class);
    } else {
      Url url = c.parse();
      assertThat(url.origin().serialize()).as(c.toString()).isEqualTo(c.origin);
      UrlLaws.check(url);
    }
  }
}
