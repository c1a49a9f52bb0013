package dev.sallyport.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.Reason;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages as the consoles print them, and what each means. */
class ConsoleMessageTest {
  private static final String CHROMIUM =
      "Access to fetch at 'https://api.bar.com/v1' from origin 'https://blog.foo.com' has been blocked"
          + " by CORS policy: ";
  private static final String PREFLIGHT =
      "Response to preflight request doesn't pass access control check: ";
  private static final String FIREFOX =
      "Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at"
          + " https://api.bar.com/v1. (Reason: ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "No 'Access-Control-Allow-Origin' header is present on the requested resource. | MISSING_ALLOW_ORIGIN | PREFLIGHT_MISSING_ALLOW_ORIGIN | -",
        "The 'Access-Control-Allow-Origin' header contains multiple values '*, *', but only one is allowed. | MULTIPLE_ALLOW_ORIGIN | PREFLIGHT_MULTIPLE_ALLOW_ORIGIN | *, *",
        "The 'Access-Control-Allow-Origin' header contains the invalid value 'yes'. | INVALID_ALLOW_ORIGIN | PREFLIGHT_INVALID_ALLOW_ORIGIN | yes",
        "The 'Access-Control-Allow-Origin' header has a value 'https://a.b' that is not equal to the supplied origin. | ALLOW_ORIGIN_MISMATCH | PREFLIGHT_ALLOW_ORIGIN_MISMATCH | https://a.b",
        "The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'. | WILDCARD_WITH_CREDENTIALS | PREFLIGHT_WILDCARD_WITH_CREDENTIALS | *",
        "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'. | CREDENTIALS_NOT_ALLOWED | PREFLIGHT_CREDENTIALS_NOT_ALLOWED | -",
      })
  void chromiumSaysOfAnswers(String tail, Reason ofAnswer, Reason ofPreflight, String value) {
    ConsoleMessage answer = ConsoleMessage.read(CHROMIUM + tail).orElseThrow();
    assertThat(answer.reason()).isEqualTo(ofAnswer);
    assertThat(answer.url()).contains("https://api.bar.com/v1");
    assertThat(answer.origin()).contains("https://blog.foo.com");
    assertThat(answer.value().orElse(null)).isEqualTo(value);
    assertThat(ConsoleMessage.read(CHROMIUM + PREFLIGHT + tail).orElseThrow().reason())
        .isEqualTo(ofPreflight);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "Response to preflight request doesn't pass access control check: It does not have HTTP ok status. | PREFLIGHT_INVALID_STATUS | -",
        "Response to preflight request doesn't pass access control check: Redirect is not allowed for a preflight request. | PREFLIGHT_REDIRECT | -",
        "Method PUT is not allowed by Access-Control-Allow-Methods in preflight response. | METHOD_NOT_ALLOWED | PUT",
        "Request header field x-token is not allowed by Access-Control-Allow-Headers in preflight response. | HEADER_NOT_ALLOWED | x-token",
        "Cannot parse Access-Control-Allow-Methods response header field in preflight response. | ALLOW_METHODS_INVALID | -",
        "Cannot parse Access-Control-Allow-Headers response header field in preflight response. | ALLOW_HEADERS_INVALID | -",
        "Redirect location 'https://u:p@a.b/' contains a username and password, which is disallowed for cross-origin requests. | REDIRECT_WITH_CREDENTIALS | https://u:p@a.b/",
        "Cross origin requests are only supported for protocol schemes: chrome, data, http, https. | SCHEME_NOT_HTTP | -",
        "Permission was denied for this request to access the `loopback` address space. | LOCAL_NETWORK_PERMISSION_DENIED | -",
      })
  void chromiumSaysMore(String tail, Reason expected, String value) {
    ConsoleMessage message = ConsoleMessage.read(CHROMIUM + tail).orElseThrow();
    assertThat(message.reason()).isEqualTo(expected);
    assertThat(message.value().orElse(null)).isEqualTo(value);
    assertThat(message.browser().keyword()).isEqualTo("chromium");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        "CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 404. | MISSING_ALLOW_ORIGIN | -",
        "CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://a.b’). | ALLOW_ORIGIN_MISMATCH | https://a.b",
        "Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed). | MULTIPLE_ALLOW_ORIGIN | -",
        "Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’). | WILDCARD_WITH_CREDENTIALS | *",
        "expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’). | CREDENTIALS_NOT_ALLOWED | -",
        "CORS preflight response did not succeed). Status code: 405. | PREFLIGHT_INVALID_STATUS | -",
        "Did not find method in CORS header ‘Access-Control-Allow-Methods’). | METHOD_NOT_ALLOWED | -",
        "header ‘x-token’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response). | HEADER_NOT_ALLOWED | x-token",
        "missing token ‘x-token’ in CORS header ‘Access-Control-Allow-Headers’ from CORS preflight channel). | HEADER_NOT_ALLOWED | x-token",
        "invalid token ‘P T’ in CORS header ‘Access-Control-Allow-Methods’). | ALLOW_METHODS_INVALID | P T",
        "invalid token ‘a b’ in CORS header ‘Access-Control-Allow-Headers’). | ALLOW_HEADERS_INVALID | a b",
        "CORS request external redirect not allowed). | PREFLIGHT_REDIRECT | -",
        "CORS request not http). | SCHEME_NOT_HTTP | -",
        "CORS request did not succeed). Status code: (null). | NO_RESPONSE | -",
      })
  void firefoxSays(String tail, Reason expected, String value) {
    ConsoleMessage message = ConsoleMessage.read(FIREFOX + tail).orElseThrow();
    assertThat(message.reason()).isEqualTo(expected);
    assertThat(message.url()).contains("https://api.bar.com/v1");
    assertThat(message.value().orElse(null)).isEqualTo(value);
    assertThat(message.browser().keyword()).isEqualTo("firefox");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Origin https://blog.foo.com is not allowed by Access-Control-Allow-Origin. Status code: 200 | ALLOW_ORIGIN_MISMATCH",
        "Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true. | WILDCARD_WITH_CREDENTIALS",
        "Access-Control-Allow-Origin cannot contain more than one origin. | MULTIPLE_ALLOW_ORIGIN",
        "Credentials flag is true, but Access-Control-Allow-Credentials is not \"true\". | CREDENTIALS_NOT_ALLOWED",
        "Preflight response is not successful. Status code: 404 | PREFLIGHT_INVALID_STATUS",
        "Method PUT is not allowed by Access-Control-Allow-Methods. | METHOD_NOT_ALLOWED",
        "Request header field X-Token is not allowed by Access-Control-Allow-Headers. | HEADER_NOT_ALLOWED",
        "Fetch API cannot load https://api.bar.com/v1 due to access control checks. | NO_RESPONSE",
      })
  void webkitSays(String line, Reason expected) {
    ConsoleMessage message = ConsoleMessage.read(line).orElseThrow();
    assertThat(message.reason()).isEqualTo(expected);
    assertThat(message.browser().keyword()).isEqualTo("webkit");
  }

  @Test
  void otherLinesAreNone() {
    assertThat(ConsoleMessage.read("Uncaught TypeError: Failed to fetch")).isEmpty();
    assertThat(ConsoleMessage.read("")).isEmpty();
    assertThat(ConsoleMessage.read("x".repeat(100_000))).isEmpty();
  }

  /** A line may be broken by whoever pasted it. */
  @Test
  void lineEndsAreBlanks() {
    assertThat(
            ConsoleMessage.read(
                CHROMIUM.replace(" ", "\n")
                    + "No 'Access-Control-Allow-Origin'\n  header is present on the requested resource."))
        .map(ConsoleMessage::reason)
        .contains(Reason.MISSING_ALLOW_ORIGIN);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonHasAdvice(Reason reason) {
    ConsoleMessage message =
        new ConsoleMessage(
            Profile.CHROMIUM, reason, false, Optional.empty(), Optional.empty(), Optional.empty());
    assertThat(MessageAdvice.of(message))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line).endsWith(".").doesNotContain("\n"));
  }
}
