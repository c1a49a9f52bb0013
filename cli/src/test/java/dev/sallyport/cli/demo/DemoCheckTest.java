package dev.sallyport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/** The check tells what does not hold; that it all holds, the browser tests show. */
class DemoCheckTest {
  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();

  @Test
  void whatDoesNotHoldIsToldWithWhatWasExpectedAndSeen() throws Exception {
    long untrue =
        Arrays.stream(Claim.values()).filter(c -> c.expected() != Claim.Seen.WORKS).count();

    assertThat(check("C.UTF-8").run(lyingBrowser())).isEqualTo((int) untrue);
    assertThat(out.toString().lines())
        .hasSize(Claim.values().length)
        .contains(
            "✓ image embedded across origins: works",
            "✗ script's call straight to the API: expected \"blocked by the browser\", saw \"works\": “all” of it");
  }

  @Test
  void onATerminalWithoutUnicodeItIsAscii() throws Exception {
    check("C").run(lyingBrowser());
    assertThat(out.toString()).matches("\\p{ASCII}+");
    assertThat(out.toString().lines())
        .contains(
            "ok   image embedded across origins: works",
            "FAIL script's call straight to the API: expected \"blocked by the browser\", saw \"works\": \"all\" of it");
  }

  @Test
  void aBrowserThatEndsIsNotWaitedFor() throws Exception {
    Path browser = browser("echo no display; exit 3");
    assertThatThrownBy(() -> check("C").run(browser))
        .isInstanceOf(Chromium.NoReportException.class)
        .hasMessage(
            "Chromium ended with exit code 3 before the page had reported; its last words: no display");
  }

  private DemoCheck check(String locale) {
    Map<String, String> variables = Map.of("LANG", locale);
    return new DemoCheck(
        new PrintWriter(out), Ansi.OFF, name -> Optional.ofNullable(variables.get(name)));
  }

  private Path lyingBrowser() throws IOException {
    return browser(
        "exec '%s/bin/java' -cp '%s' %s \"$@\""
            .formatted(
                System.getProperty("java.home"),
                System.getProperty("java.class.path"),
                LyingBrowser.class.getName()));
  }

  private Path browser(String script) throws IOException {
    Path file = Files.writeString(directory.resolve("browser"), "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
