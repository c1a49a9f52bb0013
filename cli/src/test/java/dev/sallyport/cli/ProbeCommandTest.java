package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sallyport probe} against a server of this machine. */
class ProbeCommandTest {
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/open",
        exchange -> {
          exchange.getResponseHeaders().add("Access-Control-Allow-Origin", "*");
          exchange.getResponseHeaders().add("Access-Control-Allow-Methods", "PUT");
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.createContext(
        "/closed",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private Run probe(String path, String... more) {
    String[] arguments = new String[4 + more.length];
    arguments[0] = "probe";
    arguments[1] = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    arguments[2] = "--origin";
    arguments[3] = "http://localhost:3000";
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Run.of(arguments);
  }

  @Test
  void anAnswerThatThePageGets() {
    Run run = probe("/open");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("> Origin: http://localhost:3000", "< HTTP/1.1 204")
        .contains("For a page of http://localhost:3000, as chromium does it: allowed (cors, 204)");
  }

  @Test
  void anAnswerThatItDoesNotGet() {
    Run run = probe("/closed", "--header", "Authorization: Bearer hush");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .contains("blocked (preflight-missing-allow-origin)", "[works-in-curl]", "[gateway]")
        .doesNotContain("hush");
  }

  @Test
  void programsAndColleaguesReadIt() {
    assertThat(probe("/closed", "--json").out())
        .startsWith("{\"url\":\"http://127.0.0.1:")
        .contains("\"verdict\":\"blocked\"", "\"reason\":\"missing-allow-origin\"")
        .contains("\"code\":\"works-in-curl\"")
        .hasLineCount(1);
    assertThat(probe("/closed", "--html").out())
        .startsWith("<!doctype html>\n")
        .contains("works-in-curl");
  }

  @Test
  void aPutIsSentWhenThatIsSaid() {
    assertThat(probe("/open", "--method", "PUT").out())
        .contains("not sent; so far nothing is wrong")
        .doesNotContain("The request of the page");
    assertThat(probe("/open", "--method", "PUT", "--send").out())
        .contains("The request of the page: PUT http");
  }

  @Test
  void aPageFromAFile() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/open";
    assertThat(Run.of("probe", url, "--page", "file:///home/me/index.html").out())
        .contains("> Origin: null", "For a page of null", "[origin-null]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "probe ftp://foo.com --origin https://a.com | \"ftp://foo.com\" is no URL of http or https",
        "probe https://u:hush@foo.com --origin https://a.com | the URL has a user or a password in it, which no script may ask for. Say it by --header \"Authorization: ...\"",
        "probe https://foo.com | say either --origin ORIGIN or --page URL",
        "probe https://foo.com --origin https://a.com/ | \"https://a.com/\" is no origin. Did you mean https://a.com?",
        "probe https://foo.com --origin a.com | \"a.com\" is no origin: it is a scheme and a host, as in https://blog.foo.com",
        "probe https://foo.com --origin https://a.com --header x | --header is \"name: value\", not \"x\"",
        "probe https://foo.com --origin https://a.com --timeout 0 | --timeout is a number of seconds from 1 to 600",
        "probe https://foo.com --origin https://a.com --mode navigate | --mode is cors, no-cors or same-origin",
        "probe https://foo.com --origin https://a.com --browser lynx | --browser is chromium, firefox, webkit or standard",
      })
  void whatIsCalledWronglyIsSaid(String command, String message) {
    Run run = Run.of(command.split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "sallyport: "
                + message
                + (message.endsWith("?") ? "" : ".")
                + "\nSee: sallyport probe --help\n");
  }
}
