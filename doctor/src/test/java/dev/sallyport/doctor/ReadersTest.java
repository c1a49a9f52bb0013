package dev.sallyport.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.fetch.Profile;
import dev.sallyport.fetch.Reason;
import dev.sallyport.fetch.ServerAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What is read: cases and transcripts. */
class ReadersTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | a case is an object",
        "{\"page\":\"https://a.b/\"} | it has no \"request\"",
        "{\"request\":{\"url\":\"x\"}} | it has no \"page\"",
        "{\"page\":7,\"request\":{\"url\":\"x\"}} | its \"page\" is not a string",
        "{\"page\":\"a\",\"request\":{\"url\":\"x\"}} | its \"page\" is no URL: \"a\"",
        "{\"page\":\"https://a.b/\",\"request\":7} | its \"request\" is not an object",
        "{\"page\":\"https://a.b/\",\"request\":{}} | it has no \"request.url\"",
        "{\"page\":\"https://a.b/\",\"request\":{\"url\":null}} | its \"request.url\" is not a string",
        "{\"page\":\"https://a.b/\",\"request\":{\"url\":\"x\",\"mode\":\"corse\"}} | its \"request.mode\" is not cors, no-cors or same-origin",
        "{\"page\":\"https://a.b/\",\"request\":{\"url\":\"x\",\"credentials\":true}} | its \"request.credentials\" is not a string",
        "{\"page\":\"https://a.b/\",\"request\":{\"url\":\"x\",\"redirect\":\"x\"}} | its \"request.redirect\" is not follow, error or manual",
        "{\"page\":\"https://a.b/\",\"request\":{\"url\":\"x\",\"headers\":{}}} | its \"request.headers\" is not an array",
        "{\"page\":\"https://a.b/\",\"request\":{\"url\":\"x\",\"headers\":[[\"a\"]]}} | its \"request.headers[0]\" is not a name and a value",
        "{\"page\":\"https://a.b/\",\"request\":{\"url\":\"x\"},\"exchanges\":[7]} | its \"exchanges[0]\" is not an object",
        "{\"page\":\"https://a.b/\",\"request\":{\"url\":\"x\"},\"exchanges\":[{\"status\":200}]} | it has no \"exchanges[0].on\"",
        "{\"page\":\"https://a.b/\",\"request\":{\"url\":\"x\"},\"exchanges\":[{\"on\":\"x\",\"status\":200}]} | its \"exchanges[0].on\" is not preflight or actual",
        "{\"page\":\"https://a.b/\",\"request\":{\"url\":\"x\"},\"exchanges\":[{\"on\":\"actual\",\"status\":99}]} | its \"exchanges[0].status\" is not a number from 200 to 599",
        "{\"page\":\"https://a.b/\",\"request\":{\"url\":\"x\"},\"exchanges\":[{\"on\":\"actual\",\"status\":200.5}]} | its \"exchanges[0].status\" is not a number",
        "{\"page\":\"https://a.b/\",\"request\":{\"url\":\"x\"},\"exchanges\":[{\"on\":\"actual\",\"status\":200,\"url\":\"x\"}]} | its \"exchanges[0].url\" is not an absolute URL",
      })
  void saysWhatIsNoCase(String json, String message) {
    assertThatThrownBy(() -> CaseReader.read(JSON.createParser(json)))
        .isInstanceOf(NoCaseException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void readsACaseAndPassesOthersProperties() throws Exception {
    ExplainCase read =
        CaseReader.read(
            JSON.createParser(
                """
                {"id": 1, "page": "https://blog.foo.com/", "expected": {"outcome": ["allowed"]},
                 "request": {"url": "https://api.bar.com/", "method": "PUT", "headers": [["X-A", "1"]],
                   "credentials": "include", "body": null},
                 "exchanges": [{"on": "actual", "url": null, "status": 200, "headers": []}]}
                """));
    assertThat(read.request().method()).isEqualTo("PUT");
    assertThat(read.request().headers()).hasSize(1);
    assertThat(read.exchanges()).hasSize(1);
    assertThat(read.run(Profile.STANDARD).reason()).contains(Reason.PREFLIGHT_NO_RESPONSE);
  }

  @Test
  void readsWhatCurlPrints() {
    List<ServerAnswer> answers =
        CurlTranscript.read(
            """
            HTTP/1.1 100 Continue\r
            \r
            HTTP/1.1 301 Moved Permanently\r
            Location: /b\r
            \r
            HTTP/2 200 \r
            access-control-allow-origin: *\r
            etag:"x"\r
            \r
            a body: with a colon
            HTTP is great
            """);
    assertThat(answers).extracting(ServerAnswer::status).containsExactly(301, 200);
    assertThat(answers.get(1).headers()).hasSize(2);
    assertThat(CurlTranscript.read("no answer")).isEmpty();
    assertThat(
            CurlTranscript.read(
                "* Connected\n> GET / HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 204 No Content\n< Vary: Origin\n<\n"))
        .extracting(ServerAnswer::status)
        .containsExactly(204);
  }
}
