package dev.sallyport.browsers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.program.Program;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration of the built program. */
class DemoTest {

  @Test
  void everyClaimIsProvedInChromiumAndNothingIsLeftBehind(@TempDir Path temporary)
      throws Exception {
    Map<String, String> variables =
        Map.of(
            "SALLYPORT_CHROMIUM",
            Lab.chromium().toString(),
            "SALLYPORT_JAVA_OPTS",
            "-Djava.io.tmpdir=" + temporary);
    try (Program program = Program.start(variables, "demo", "--check")) {
      assertThat(program.exit()).as("%s", program.output()).isZero();
      assertThat(program.output().lines())
          .hasSizeGreaterThanOrEqualTo(13)
          .allMatch(line -> line.startsWith("✓ "))
          .contains(
              "✓ image embedded across origins: works",
              "✓ script's call straight to the API: blocked by the browser",
              "✓ the same call through the gateway: works",
              "✓ form-like POST from there, before the API sees it: refused by the gateway");
    }
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void withoutABrowserTheCheckSaysWhatIsMissing() throws Exception {
    try (Program program =
        Program.start(Map.of("SALLYPORT_CHROMIUM", "/nowhere/chromium"), "demo", "--check")) {
      assertThat(program.exit()).isEqualTo(1);
      assertThat(program.output())
          .isEqualTo(
              "sallyport: SALLYPORT_CHROMIUM is \"/nowhere/chromium\", and there is no program of that name. Let it be the"
                  + " path of a Chromium or Chrome, or unset it.");
    }
  }

  @Test
  void itServesItsPageUntilItIsInterrupted() throws Exception {
    try (Program program = Program.start("demo")) {
      HttpResponse<String> page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + program.port() + "/"))
                      .build(),
                  BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("<title>Sallyport");
      assertThat(page.headers().firstValue("content-security-policy")).isPresent();

      program.interrupt();
      assertThat(program.exit()).as("%s", program.output()).isZero();
    }
  }

  @Test
  void aWildcardWithCredentialsIsNotServed() throws Exception {
    try (Program program =
        Program.start(
            "serve",
            "--to=http://127.0.0.1:1",
            "--allow-origin=*",
            "--allow-credentials",
            "--listen=127.0.0.1:0")) {
      assertThat(program.exit()).isNotZero();
      assertThat(program.output()).contains("\"*\"", "credentials");
    }
  }
}
