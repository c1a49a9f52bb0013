package dev.sallyport.doctor.har;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.fetch.Api;
import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.Reason;
import dev.sallyport.fetch.RequestMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** HAR files of the three kinds of makers, and ones made up for what these do not hold. */
class HarFileTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String ORIGIN = header("Origin", "https://blog.foo.com");

  private static HarFile file(String text) throws Exception {
    return HarFile.read(JSON.readTree(text));
  }

  /** One that a browser made of pages that stand in the documents. */
  private static HarFile saved(String name) throws Exception {
    return file(Files.readString(Path.of("../docs/har").resolve(name + ".har")));
  }

  private static List<String> told(HarFile file, Profile profile) {
    return file.crossOriginRequests().stream()
        .map(request -> request.explain(profile))
        .map(
            each ->
                each.explained().request().method()
                    + " "
                    + each.explained().request().url().replaceFirst(".*\\.com", "")
                    + " "
                    + each.outcome().reason().map(Reason::code).orElse("allowed")
                    + (each.isAnswerMissing() ? ", not in the file" : ""))
        .toList();
  }

  @Test
  void explainsWhatChromiumsDeveloperToolsSave() throws Exception {
    HarFile file = saved("chromium");
    assertThat(file.browser()).contains(Profile.CHROMIUM);
    assertThat(told(file, Profile.CHROMIUM))
        .containsExactly(
            "GET /peace.png allowed",
            "GET /open allowed",
            "PUT /users/7 header-not-allowed",
            "GET /me wildcard-with-credentials");
  }

  @Test
  void explainsWhatFirefoxsSave() throws Exception {
    HarFile file = saved("firefox");
    assertThat(file.browser()).contains(Profile.FIREFOX);
    assertThat(told(file, Profile.FIREFOX))
        .containsExactly(
            "GET /peace.png allowed",
            "GET /closed missing-allow-origin",
            "GET /moved missing-allow-origin",
            "POST /upload allowed");
    HarRequest upload = file.crossOriginRequests().get(3);
    assertThat(upload.asked().request().api()).isEqualTo(Api.XHR_UPLOAD);
    assertThat(upload.explain(Profile.FIREFOX).notes())
        .singleElement()
        .asString()
        .contains("If it does, it is blocked");
  }

  @Test
  void saysWhatPlaywrightDoesNotKeep() throws Exception {
    HarFile file = saved("playwright");
    assertThat(file.browser()).contains(Profile.CHROMIUM);
    assertThat(told(file, Profile.CHROMIUM))
        .containsExactly(
            "GET /peace.png allowed",
            "GET /open allowed",
            "DELETE /users/8 preflight-no-response, not in the file");
    HarExplanation delete = file.crossOriginRequests().get(2).explain(Profile.CHROMIUM);
    assertThat(delete.fixes()).isEmpty();
    assertThat(delete.notes())
        .singleElement()
        .asString()
        .endsWith(
            "sallyport probe 'http://api.bar.com/users/8' --origin http://blog.foo.com --method 'DELETE'");
  }

  private static String har(String... entries) {
    return "{\"log\":{\"creator\":{\"name\":\"WebInspector\"},\"pages\":[{\"id\":\"p\",\"title\":\"Blog\"}],"
        + "\"entries\":["
        + String.join(",", entries)
        + "]}}";
  }

  private static String entry(
      String method, String url, String requestHeaders, int status, String responseHeaders) {
    return entry("", method, url, requestHeaders, status, responseHeaders, "");
  }

  private static String entry(
      String type,
      String method,
      String url,
      String requestHeaders,
      int status,
      String responseHeaders,
      String error) {
    return """
    {"pageref":"p","_resourceType":"%s","request":{"method":"%s","url":"%s","headers":[%s]},
     "response":{"status":%d,"headers":[%s],"_error":"%s"}}
    """
        .formatted(type, method, url, requestHeaders, status, responseHeaders, error);
  }

  private static String header(String name, String value) {
    return "{\"name\":\"" + name + "\",\"value\":\"" + value + "\"}";
  }

  @Test
  void whoseHeadersAreTheBrowsersAreNotTakenForTheScripts() throws Exception {
    HarFile file =
        file(
            har(
                entry("GET", "https://blog.foo.com/", "", 200, ""),
                entry(
                    "OPTIONS",
                    "https://api.bar.com/v1",
                    ORIGIN + "," + header("Access-Control-Request-Method", "PUT"),
                    204,
                    header("Access-Control-Allow-Origin", "https://blog.foo.com")),
                entry(
                    "PUT",
                    "https://api.bar.com/v1",
                    String.join(
                        ",",
                        ORIGIN,
                        header("Referer", "https://blog.foo.com/a"),
                        header("User-Agent", "x"),
                        header("X-Of-An-Extension", "x"),
                        header("sec-ch-ua", "x")),
                    0,
                    "")));
    HarRequest put = file.crossOriginRequests().get(0);
    assertThat(put.asked().page().href()).isEqualTo("https://blog.foo.com/a");
    assertThat(put.asked().request().headers()).isEmpty();
    assertThat(told(file, Profile.CHROMIUM)).containsExactly("PUT /v1 method-not-allowed");
  }

  /** As Chromium writes what it did not let through before there was an answer. */
  @Test
  void thePageIsKnownWithoutAnOrigin() throws Exception {
    HarFile file =
        file(
            har(
                entry("document", "GET", "https://blog.foo.com/", "", 200, "", ""),
                entry("fetch", "GET", "https://api.bar.com/a", "", 0, "", "net::ERR_FAILED"),
                entry("fetch", "GET", "https://blog.foo.com/b", "", 0, "", "net::ERR_FAILED")));
    assertThat(told(file, Profile.CHROMIUM)).containsExactly("GET /a no-response, not in the file");
  }

  @ParameterizedTest
  @CsvSource({
    "fetch, cors",
    "xhr, cors",
    "font, cors",
    "image, no-cors",
    "script, no-cors",
    "ping, no-cors",
    "'', no-cors",
  })
  void theModeIsThatOfTheType(String type, String mode) throws Exception {
    HarFile file =
        file(
            har(
                entry("document", "GET", "https://blog.foo.com/", "", 200, "", ""),
                entry(type, "GET", "https://api.bar.com/a", "", 200, "", "")));
    assertThat(file.crossOriginRequests().get(0).asked().request().mode())
        .isEqualTo(RequestMode.of(mode).orElseThrow());
  }

  @Test
  void anOriginOrTheBrowsersOwnWordSaysTheMode() throws Exception {
    HarFile file =
        file(
            har(
                entry("script", "GET", "https://api.bar.com/a", ORIGIN, 200, "", ""),
                entry(
                    "fetch",
                    "POST",
                    "https://api.bar.com/b",
                    ORIGIN + "," + header("Sec-Fetch-Mode", "no-cors"),
                    200,
                    "",
                    "")));
    assertThat(file.crossOriginRequests())
        .extracting(each -> each.asked().request().mode())
        .containsExactly(RequestMode.CORS, RequestMode.NO_CORS);
  }

  @Test
  void redirectsBelongToTheRequestThatTheyCameOf() throws Exception {
    String star = header("Access-Control-Allow-Origin", "*");
    HarFile file =
        file(
            har(
                entry(
                    "GET",
                    "https://api.bar.com/a",
                    ORIGIN,
                    302,
                    star + "," + header("Location", "/b")),
                entry(
                    "GET",
                    "https://api.bar.com/b",
                    ORIGIN,
                    307,
                    star + "," + header("Location", "https://cdn.baz.org/c")),
                entry("GET", "https://cdn.baz.org/c", header("Origin", "null"), 200, ""),
                entry("GET", "https://api.bar.com/b", ORIGIN, 200, star)));
    assertThat(told(file, Profile.CHROMIUM))
        .containsExactly("GET /a missing-allow-origin", "GET /b allowed");
  }

  @Test
  void aRequestThatIsLedAwayFromItsOwnOriginIsExplained() throws Exception {
    HarFile file =
        file(
            har(
                entry("document", "GET", "https://blog.foo.com/", "", 200, "", ""),
                entry(
                    "fetch",
                    "GET",
                    "https://blog.foo.com/a",
                    "",
                    302,
                    header("Location", "https://sso.bar.com/"),
                    ""),
                entry("fetch", "GET", "https://sso.bar.com/", ORIGIN, 200, "", "net::ERR_FAILED")));
    assertThat(told(file, Profile.CHROMIUM)).containsExactly("GET /a missing-allow-origin");
  }

  @Test
  void navigationsAndSocketsAreNoScriptsRequests() throws Exception {
    HarFile file =
        file(
            har(
                entry("document", "GET", "https://blog.foo.com/", "", 200, "", ""),
                entry("document", "GET", "https://frame.bar.com/", "", 200, "", ""),
                entry("websocket", "GET", "wss://api.bar.com/", ORIGIN, 101, "", ""),
                entry("GET", "https://x.bar.com/", header("Sec-Fetch-Mode", "navigate"), 200, "")));
    assertThat(file.crossOriginRequests()).isEmpty();
  }

  @Test
  void cookiesAreCredentials() throws Exception {
    HarFile file =
        file(
            har(
                entry(
                    "GET",
                    "https://api.bar.com/a",
                    ORIGIN + "," + header("Cookie", "a=b"),
                    200,
                    header("Access-Control-Allow-Origin", "*"))));
    assertThat(file.crossOriginRequests().get(0).asked().request().credentials())
        .isEqualTo(CredentialsMode.INCLUDE);
    assertThat(told(file, Profile.CHROMIUM)).containsExactly("GET /a wildcard-with-credentials");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "net::ERR_NAME_NOT_RESOLVED | the name is not known to DNS",
        "net::ERR_CERT_DATE_INVALID | does not trust the server's certificate",
        "net::ERR_SOMETHING | The browser says net::ERR_SOMETHING.",
      })
  void otherFailuresAreSaidToBeOthers(String error, String note) throws Exception {
    HarFile file = file(har(entry("fetch", "GET", "https://api.bar.com/a", ORIGIN, 0, "", error)));
    HarExplanation explanation = file.crossOriginRequests().get(0).explain(Profile.CHROMIUM);
    assertThat(explanation.failed()).isTrue();
    assertThat(explanation.notes().get(0)).contains(note);
  }

  @Test
  void aFailureThatIsNoMatterOfCorsIsNotMadeOne() throws Exception {
    HarFile file =
        file(
            har(
                entry(
                    "fetch",
                    "GET",
                    "https://api.bar.com/a",
                    ORIGIN,
                    200,
                    header("Access-Control-Allow-Origin", "https://blog.foo.com")
                        + ","
                        + header("Access-Control-Allow-Credentials", "true"),
                    "net::ERR_ABORTED")));
    HarExplanation explanation = file.crossOriginRequests().get(0).explain(Profile.CHROMIUM);
    assertThat(explanation.failed()).isTrue();
    assertThat(explanation.outcome().allowed()).isTrue();
    assertThat(String.join(" ", explanation.notes()))
        .contains("the page ended the request", "CORS allows it");
  }

  /** Only tokens of a name and values are shown in the command that asks the server. */
  @Test
  void noSecretIsPutIntoTheCommand() throws Exception {
    HarFile file =
        file(
            har(
                entry(
                    "xhr",
                    "GET",
                    "https://api.bar.com/a'b",
                    ORIGIN + "," + header("Authorization", "Bearer 5ecret"),
                    0,
                    "",
                    "net::ERR_FAILED")));
    String note =
        String.join(" ", file.crossOriginRequests().get(0).explain(Profile.CHROMIUM).notes());
    assertThat(note)
        .contains("--header 'Authorization: x'", "'https://api.bar.com/a%27b'")
        .doesNotContain("5ecret");
  }

  @Test
  void makersAreKnown() throws Exception {
    for (String maker : List.of("Firefox", "WebKit Web Inspector", "WebInspector", "mitmproxy")) {
      Optional<Profile> browser =
          file("{\"log\":{\"creator\":{\"name\":\"" + maker + "\"},\"entries\":[]}}").browser();
      assertThat(browser.map(Profile::keyword).orElse("none"))
          .isEqualTo(
              switch (maker.toLowerCase(Locale.ROOT)) {
                case "firefox" -> "firefox";
                case "webkit web inspector" -> "webkit";
                case "webinspector" -> "chromium";
                default -> "none";
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"{}", "[]", "7"})
  void saysWhatIsNoHarFile(String text) {
    assertThatThrownBy(() -> file(text)).hasMessageContaining("it has no log.entries");
  }

  @Test
  void entriesOfOtherShapesArePassedOver() throws Exception {
    assertThat(
            file("{\"log\":{\"entries\":[7,{},{\"request\":{\"url\":\"x\"}}]}}")
                .crossOriginRequests())
        .isEmpty();
  }
}
