package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sallyport explain}. */
class ExplainCommandTest {
  private static final String API = "https://api.bar.com/v1";

  @TempDir private Path directory;

  private static Run explain(String... more) {
    String[] arguments = new String[more.length + 4];
    arguments[0] = "explain";
    arguments[1] = API;
    arguments[2] = "--page";
    arguments[3] = "https://blog.foo.com";
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Run.of(arguments);
  }

  @Test
  void saysTheVerdictFirst() {
    Run run = explain();
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .startsWith("blocked: GET https://api.bar.com/v1 for a page of https://blog.foo.com\n")
        .contains("\nreason: missing-allow-origin\n")
        .containsSubsequence(
            "What goes over the wire:",
            "GET https://api.bar.com/v1  Origin: https://blog.foo.com",
            "Step by step:",
            "✗ CORS check: there is no Access-Control-Allow-Origin",
            "https://fetch.spec.whatwg.org/#concept-cors-check",
            "What to change:",
            "send Access-Control-Allow-Origin: https://blog.foo.com and Vary: Origin.",
            "nginx, in the location of the API:",
            "Sallyport's gateway");
  }

  @Test
  void isFineWhenThePageGetsTheAnswer() {
    Run run = explain("--response-header", "Access-Control-Allow-Origin: *", "--method", "HEAD");
    assertThat(run.exit()).isZero();
    assertThat(run.out()).startsWith("allowed: HEAD ").doesNotContain("What to change");
  }

  @ParameterizedTest
  @CsvSource({"chromium, 0", "firefox, 0", "webkit, 0", "standard, 1"})
  void playsABrowser(String browser, int exit) {
    Run run =
        explain(
            "--browser",
            browser,
            "--header",
            "Authorization: x",
            "--response-header",
            "Access-Control-Allow-Origin: *",
            "--response-header",
            "Access-Control-Allow-Headers: *");
    assertThat(run.exit()).isEqualTo(exit);
  }

  @Test
  void showsAnotherServer() {
    assertThat(explain("--server", "django").out())
        .contains("CORS_ALLOWED_ORIGINS = [\"https://blog.foo.com\"]")
        .doesNotContain("nginx");
  }

  @Test
  void answersInJson() {
    Run run = explain("--json", "--status", "404");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .startsWith(
            "{\"outcome\":\"blocked\",\"type\":\"error\",\"status\":0,\"visibleHeaders\":[],")
        .contains("\"reason\":\"missing-allow-origin\"", "\"fix\":[\"In the answer of ")
        .containsOnlyOnce("\n");
  }

  @Test
  void takesWhatCurlPrinted() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("answer.txt"),
            "HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: https://blog.foo.com/\r\n\r\n");
    assertThat(explain("--curl", file.toString()).out()).contains("reason: allow-origin-mismatch");
    Run standardInput =
        Run.with(
            "HTTP/2 200\naccess-control-allow-origin: *\n\n",
            "explain",
            API,
            "--page",
            "https://blog.foo.com",
            "--curl",
            "-");
    assertThat(standardInput.exit()).isZero();
    Path empty = Files.writeString(directory.resolve("empty.txt"), "curl: (6) no such host\n");
    Run nothing = explain("--curl", empty.toString());
    assertThat(nothing.exit()).isEqualTo(1);
    assertThat(nothing.err()).contains("no line begins like HTTP/1.1 200");
  }

  @Test
  void takesAConfigurationForTheServer() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("sallyport.yaml"),
            """
            listen: 127.0.0.1:8080
            routes:
              - path: /v1
                upstream: http://127.0.0.1:9000
                cors: {allowOrigins: ["https://blog.foo.com"], allowMethods: [PUT]}
            """);
    assertThat(explain("--config", file.toString(), "--method", "PUT").exit()).isZero();
    assertThat(explain("--config", file.toString(), "--method", "DELETE").out())
        .contains("reason: method-not-allowed");
    Files.writeString(file, "listen: 127.0.0.1:8080\nroutes: []\n");
    Run bad = explain("--config", file.toString());
    assertThat(bad.exit()).isEqualTo(1);
    assertThat(bad.err()).contains("sallyport.yaml:");
  }

  @Test
  void takesOneCaseFromAFile() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("case.json"),
            "{\"page\":\"https://blog.foo.com/\",\"request\":{\"url\":\"/x\"},\"exchanges\":"
                + "[{\"on\":\"actual\",\"status\":200}]}");
    assertThat(Run.of("explain", "--case", file.toString()).exit()).isZero();
    Files.writeString(file, "{\"page\":");
    Run broken = Run.of("explain", "--case", file.toString());
    assertThat(broken.exit()).isEqualTo(1);
    assertThat(broken.err()).startsWith("sallyport: the file is not JSON: ");
    Run none = Run.of("explain", "--case", directory.resolve("none").toString());
    assertThat(none.err()).contains("cannot be read").doesNotContain("Exception");
  }

  @Test
  void takesAMessageOfTheConsole() {
    String message =
        "Access to fetch at 'https://api.bar.com/v1' from origin 'https://blog.foo.com' has been"
            + " blocked by CORS policy: Request header field x-token is not allowed by"
            + " Access-Control-Allow-Headers in preflight response.";
    Run run = Run.of("explain", "--message", message);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains(
            "reason: header-not-allowed",
            "value: x-token",
            "add x-token to Access-Control-Allow-Headers");
    assertThat(Run.with(message, "explain", "--message", "-", "--json").out())
        .startsWith(
            "{\"reason\":\"header-not-allowed\",\"browser\":\"chromium\",\"url\":\"https://api.bar.com/v1\"");
    Run unknown = Run.of("explain", "--message", "Uncaught TypeError: Failed to fetch");
    assertThat(unknown.exit()).isEqualTo(1);
    assertThat(unknown.err()).contains("Paste the whole line");
  }

  @Test
  void takesAHarFile() throws IOException {
    Path file =
        Files.writeString(
            directory.resolve("saved.har"),
            """
            {"log":{"entries":[
              {"request":{"method":"GET","url":"https://api.bar.com/fine","headers":[{"name":"Origin","value":"https://blog.foo.com"}]},
               "response":{"status":200,"headers":[{"name":"access-control-allow-origin","value":"*"}]}},
              {"request":{"method":"GET","url":"https://api.bar.com/not","headers":[{"name":"Origin","value":"https://blog.foo.com"}]},
               "response":{"status":200,"headers":[]}}]}}
            """);
    Run run = Run.of("explain", "--har", file.toString());
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .containsSubsequence(
            "blocked: GET https://api.bar.com/not", "allowed: GET https://api.bar.com/fine");
    Files.writeString(file, "{\"log\":{\"entries\":[]}}");
    assertThat(Run.of("explain", "--har", file.toString()).exit()).isZero();
  }

  @Test
  void tellsWhatBecomesOfAnEmbedding() {
    Run image = explain("--embed", "img");
    assertThat(image.exit()).isZero();
    assertThat(image.out())
        .contains("It works; scripts of the page may read its width and height.");
    Run closed = explain("--embed", "img", "--crossorigin", "anonymous");
    assertThat(closed.exit()).isEqualTo(1);
    assertThat(closed.out()).contains("It is blocked.");
    assertThat(explain("--embed", "font", "--json").out())
        .startsWith("{\"embed\":\"font\",\"crossorigin\":\"none\",\"mode\":\"cors\"");
  }

  @Test
  void writesAPageToShare() throws IOException {
    Path page = directory.resolve("page.html");
    explain("--html", page.toString());
    assertThat(page)
        .content()
        .startsWith("<!doctype html>")
        .contains("there is no Access-Control-Allow-Origin");
  }

  @Test
  void sendsNoControlCharactersToTheTerminal() {
    Run run = explain("--response-header", "Access-Control-Allow-Origin: \u001b[31mred\u0007");
    assertThat(run.out()).doesNotContain("\u001b", "\u0007").contains("\\u001b[31mred");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "explain | say what to explain: a URL, -, --case, --har or --message",
        "explain - --har x | say what to explain",
        "explain https://a.b | say whose page asks: --page",
        "explain https://a.b --page x | --page is no URL: \"x\"",
        "explain https://a.b --page https://c.d --header x | \"x\" is no header. Write 'Name: value'",
        "explain https://a.b --page https://c.d --mode x | \"x\" is none of cors, no-cors",
        "explain https://a.b --page https://c.d --browser x | \"x\" is none of standard, chromium, firefox, webkit",
      })
  void saysWhatIsWrongWithTheCommand(String line, String error) {
    Run run = Run.of(line.split(" ", -1));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(error);
    assertThat(run.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"id":1.50,"page":"https://a.b/","request":{"url":"/x"},"exchanges":[{"on":"actual","status":204}]} | {"id":1.50,"outcome":"allowed","type":"basic","status":204,"visibleHeaders":[],"reason":null,"preflights":[],"actuals":[{"url":"https://a.b/x","method":"GET","origin":null}],"trace":[
          {"page":"https://a.b/","request":{"url":"https://c.d/"},"exchanges":[],"id":"z"} | {"id":"z","outcome":"blocked","type":"error","status":0,"visibleHeaders":[],"reason":"no-response",
          {"id":2,"page":"https://a.b/","request":{"url":"https://c.d/","method":"PUT"},"exchanges":[{"on":"preflight","status":204}]} | {"id":2,"outcome":"blocked","type":"error","status":0,"visibleHeaders":[],"reason":"preflight-missing-allow-origin","preflights":[{"url":"https://c.d/","origin":"https://a.b","accessControlRequestMethod":"PUT","accessControlRequestHeaders":null}],"actuals":[],
          """)
  void aLineIsAnsweredByALine(String line, String answer) {
    Run run = Run.with(line + "\n", "explain", "-");
    assertThat(run.out()).startsWith(answer.strip()).endsWith("]}\n").containsOnlyOnce("\n");
    assertThat(run.exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          no JSON | {"error":"not a case: Unrecognized token
          [] | {"error":"not a case: a case is an object
          {"id":7} | {"id":7,"error":"not a case: it has no \\"page\\"
          {"page":"https://a.b/","request":{"url":"x"}} | {"error":"not a case: it has no \\"id\\"
          {"id":true,"page":"https://a.b/","request":{"url":"x"}} | {"error":"not a case: its \\"id\\" is not a string or a number
          {"id":8,"page":"https://a.b/","request":{"url":"x","mode":7}} | {"id":8,"error":"not a case: its \\"request.mode\\" is not a string
          {"id":9,"id":9} | {"id":9,"error":"not a case: Duplicate
          {"id":9,"page":"https://a.b/","request":{"url":"x"}} {"id":10} | {"id":9,"error":"not a case: there is more in the line than one object
          """)
  void aLineThatIsNoCaseIsSaidToBeNone(String line, String answer) {
    Run run =
        Run.with(
            line + "\n{\"id\":0,\"page\":\"https://a.b/\",\"request\":{\"url\":\"/\"}}\n",
            "explain",
            "-");
    assertThat(run.out())
        .startsWith(answer.strip())
        .contains("\n{\"id\":0,\"outcome\":\"blocked\"");
    assertThat(run.exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "https://b/ --page https://a/ --api xhr --mode cors | --mode means nothing with --api xhr: an XMLHttpRequest has no choice of it",
        "https://b/ --page https://a/ --embed img --method PUT | --method means nothing with --embed",
        "https://b/ --page https://a/ --crossorigin anonymous | --crossorigin is an attribute of what embeds",
        "https://b/ --page https://a/ --curl x --status 200 | --status means nothing with --curl",
        "https://b/ --page https://a/ --config x --status 200 | --status means nothing with --config",
        "--har x --page https://a/ | --page means nothing with --har",
        "--case x --method PUT | --method means nothing with --case",
        "--message x --browser webkit | --browser means nothing with --message",
        "- --html x | --html means nothing with -",
      })
  void whatWouldBePassedOverIsAnError(String line, String message) {
    Run run = Run.of(("explain " + line).split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }
}
