package dev.sallyport.gateway.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a log shows of a path. */
class LoggedPathTest {
  @ParameterizedTest
  @CsvSource({
    "/photos?key=s3cret, /photos",
    "/a%2Fb:c, /a%2Fb:c",
    "/maven/g:a@1.0, /maven/g:a@1.0",
    "/relay/https://bar.com/@me, /relay/https://bar.com/@me",
    "/relay/https://bar.com:8443/a%2Fb, /relay/https://bar.com:8443/a%2Fb",
    "/relay/https://me:s3cret@bar.com/x, /relay/https://***@bar.com/x",
    "/relay/https:/me:s3cret@bar.com/x, /relay/https:/***@bar.com/x",
    "/relay/https%3A%2F%2Fme%3As3cret%40bar.com%2Fx, /relay/https%3A%2F%2F***%40bar.com%2Fx",
    "/relay/https%3A%2F%2Fbar.com%2F%3Fkey%3Ds3cret, /relay/https%3A%2F%2Fbar.com%2F",
    "http://me:s3cret@gate/x, http://***@gate/x",
  })
  void leavesOutQueriesAndCredentials(String uri, String shown) {
    assertThat(LoggedPath.redacted(uri)).isEqualTo(shown);
  }

  /** As passwords have to be written, and as people write them. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/relay/https://me:s3%2Fcret@bar.com/",
        "/relay/https://me:s3%5Ccret@bar.com/",
        "/relay/https://me:s3%3Fcret@bar.com/",
        "/relay/https://me:s3%23cret@bar.com/",
        "/relay/https://me:s3@cret@bar.com/",
        "/relay/https%3A%2F%2Fme%3As3%252Fcret%40bar.com%2F",
        "/relay/https%3A%2F%2Fme%3As3%253Fcret%40bar.com%2F",
        "/relay/https%253A%252F%252Fme%253As3cret%2540bar.com%252F",
        "/relay/https:me:s3cret@bar.com/",
        "/relay/https:\\\\me:s3cret@bar.com/",
        "/relay/https:%5C%5Cme:s3cret@bar.com/",
        "/relay/wss://me:s3cret@bar.com/",
        "/relay/redis://me:s3cret@bar.com/",
        "/relay/https://bar.com/https://me:s3cret@bar.com/",
      })
  void neverHasAPasswordHoweverItIsWritten(String uri) {
    assertThat(LoggedPath.redacted(uri)).doesNotContain("s3", "cret").contains("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://",
        "https:",
        "https:https%3A",
        "%2525",
        "25",
        "a:",
        "@",
        "x",
        "/",
        "a:/@"
      })
  void longPathsAreReadInOnePass(String piece) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThat(LoggedPath.redacted("/https:" + piece.repeat(100_000) + "/@")).isNotEmpty());
  }

  @Test
  void neverHasAPasswordHoweverLongItIs() {
    assertThat(LoggedPath.redacted("/relay/https://me:" + "s3cret".repeat(10_000) + "@bar.com/"))
        .isEqualTo("/relay/https://***@bar.com/");
  }
}
