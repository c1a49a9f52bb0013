package dev.sallyport.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.launcher.Call.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./check} runs, installs, counts and says. */
final class CheckTest {
  private static final String PASSED =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuite name="dev.SomeTest" time="0.1" tests="2" errors="0" skipped="0" failures="0">
        <testcase name="one" classname="dev.SomeTest" time="0.1"/>
        <testcase name="two" classname="dev.SomeTest" time="0.1">
          <system-out><![CDATA[<testsuite tests="9" errors="9" skipped="9" failures="9">
      <skipped message="printed by a test"/>]]></system-out>
        </testcase>
      </testsuite>""";

  private static final String SKIPPED =
      """
      <testsuite name="dev.OtherTest" tests="3" errors="0" skipped="2" failures="0">
        <testcase name="here" classname="dev.OtherTest" time="0.1"/>
        <testcase name="on macOS &lt;only&gt;" classname="dev.OtherTest" time="0.1">
          <skipped message="needs &quot;macOS&quot;&#10;&amp; a Mac"/>
        </testcase>
        <testcase name="never" classname="dev.OtherTest" time="0.1">
          <skipped/>
        </testcase>
      </testsuite>
      """;

  private static final String FAILED =
      """
      <testsuite name="dev.BadTest" tests="3" errors="1" skipped="0" failures="1">
        <testcase name="good" classname="dev.BadTest" time="0.1"/>
        <testcase name="wrong" classname="dev.BadTest" time="0.1">
          <failure message="expected: 1" type="AssertionError"><![CDATA[<failure message="in a trace">]]></failure>
        </testcase>
        <testcase name="broken" classname="dev.BadTest" time="0.1">
          <error type="java.io.IOException"><![CDATA[trace]]></error>
        </testcase>
      </testsuite>
      """;

  @TempDir Path temporary;
  Checkout checkout;

  @BeforeEach
  void layCheckout() {
    checkout = new Checkout(temporary);
    checkout.jdk("17");
    Checkout.program(checkout.programs().resolve("chromium"), "#!/bin/sh\necho Chromium 1\n");
  }

  private Call check(String... arguments) {
    return checkout.call(arguments).by(checkout.root().resolve("check").toString());
  }

  private void report(String name, String content) {
    checkout.record("reports/core/TEST-" + name + ".xml", content);
  }

  @Test
  void countsLastAndNamesWhatWasSkipped() {
    report("dev.SomeTest", PASSED);
    report("dev.OtherTest", SKIPPED);

    Answer answer = check().run();

    assertThat(answer.exit()).isZero();
    assertThat(answer.out())
        .isEqualTo(
            """
            skipped dev.OtherTest.on macOS <only>: needs "macOS" & a Mac
            skipped dev.OtherTest.never: no reason given
            3 passed, 0 failed, 2 skipped
            """);
  }

  @Test
  void failsWhenATestFailedThoughMavenDidNot() {
    report("dev.SomeTest", PASSED);
    report("dev.BadTest", FAILED);

    Answer answer = check().run();

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.out())
        .isEqualTo(
            """
            failed dev.BadTest.wrong: expected: 1
            failed dev.BadTest.broken: java.io.IOException
            3 passed, 2 failed, 0 skipped
            """);
  }

  @Test
  void failsWhenNoTestRan() {
    Answer answer = check().run();

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.out()).isEqualTo("0 passed, 0 failed, 0 skipped\n");
  }

  @Test
  void failsWhenMavenFailedThoughNoTestDid() {
    checkout.write("core/target/surefire-reports/TEST-dev.SomeTest.xml", PASSED);
    checkout.record("maven-fails", "[ERROR] COMPILATION ERROR\n");

    Answer answer = check().run();

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.out())
        .as("reports of an earlier run do not count")
        .isEqualTo("0 passed, 0 failed, 0 skipped\n");
    assertThat(answer.err())
        .contains("[ERROR] COMPILATION ERROR")
        .contains("check: the build failed");
  }

  @ParameterizedTest(name = "check {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "''             | core,extras,cli,tests/program",
        "--quick        | core,extras,cli",
        "core           | core",
        "cli/ core      | cli,core",
        "tests/program  | tests/program",
      })
  void runsTheModulesAskedFor(String arguments, String modules) {
    report("dev.SomeTest", PASSED);

    Answer answer = check(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1)).run();

    assertThat(answer.exit()).isZero();
    assertThat(checkout.builds())
        .singleElement()
        .asString()
        .endsWith("-pl " + modules + " -am clean verify");
  }

  @ParameterizedTest(name = "check {0}")
  @CsvSource({"extended, 30", "extended --minutes 2, 2"})
  void runsWhatTakesTimeOnlyWhenAsked(String arguments, int minutes) {
    report("dev.SomeTest", PASSED);

    Answer answer = check(arguments.split(" ", -1)).run();

    assertThat(answer.exit()).isZero();
    assertThat(checkout.builds())
        .singleElement()
        .asString()
        .contains("-pl tests/program -am verify", "-Dsallyport.excluded=none", "-Dtest=SoakTest,")
        .endsWith("-DargLine=-Dsallyport.soak.minutes=" + minutes);
  }

  @ParameterizedTest(name = "check {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--fast               | there is no option \"--fast\". See ./check --help.",
        "cor                  | there is no module \"cor\". There are: core extras cli tests/program",
        "--quick tests/program | --quick leaves nothing of what was asked for.",
        "extended --minutes    | --minutes is \"\". See ./check --help.",
        "extended --minutes 1h | --minutes is \"1h\". See ./check --help.",
        "extended --hours 1    | ./check extended has no option \"--hours\". See ./check --help.",
      })
  void refusesWhatItDoesNotKnow(String arguments, String message) {
    Answer answer = check(arguments.split(" ", -1)).run();

    assertThat(answer.exit()).isEqualTo(2);
    assertThat(answer.err()).isEqualTo("check: " + message + "\n");
    assertThat(checkout.builds()).isEmpty();
  }

  @Test
  void helps() {
    Answer answer = check("--help").run();

    assertThat(answer.exit()).isZero();
    assertThat(answer.out()).startsWith("Usage: ./check [--quick] [MODULE…]");
  }

  @Test
  void saysWhatToInstallWhereItCannot() {
    Checkout.delete(checkout.programs().resolve("chromium"));

    Answer answer = check().run();

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.out()).isEqualTo("0 passed, 0 failed, 0 skipped\n");
    assertThat(answer.err())
        .contains("no chromium was found")
        .contains("sudo apt-get install -y chromium")
        .contains("sudo dnf install -y chromium")
        .contains("brew install --cask google-chrome");
    assertThat(checkout.builds()).isEmpty();
  }

  @Test
  void needsNoBrowserForWhatOpensNone() {
    Checkout.delete(checkout.programs().resolve("chromium"));
    report("dev.SomeTest", PASSED);

    assertThat(check("--quick").run().exit()).isZero();
    assertThat(check("core").run().exit()).isZero();
  }

  @Test
  void saysWhichJdkIsMissing() {
    Answer answer = check().with("SALLYPORT_JDKS", temporary.toString()).run();

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.out()).isEqualTo("0 passed, 0 failed, 0 skipped\n");
    assertThat(answer.err()).contains("check: no JDK 17 or newer with a compiler was found");
  }

  @Test
  void buildsOnTheJdkThatTheDeveloperNamed() {
    checkout.jdk("25");
    Path named = checkout.jdk(temporary.resolve("named"), "17.0.1");
    report("dev.SomeTest", PASSED);

    check().with("JAVA_HOME", named.toString()).run();

    assertThat(checkout.builds()).singleElement().asString().startsWith(named + " ");
  }

  private Call need(String... arguments) {
    return checkout.call(arguments).by(checkout.root().resolve("scripts/need").toString());
  }

  @ParameterizedTest
  @CsvSource({"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"})
  void needFindsTheBrowserByAnyOfItsNames(String name) {
    Checkout.delete(checkout.programs().resolve("chromium"));
    Checkout.program(checkout.programs().resolve(name), "#!/bin/sh\n");

    Answer answer = need("chromium").run();

    assertThat(answer.exit()).isZero();
    assertThat(answer.out()).isEqualTo(checkout.programs().resolve(name) + "\n");
  }

  @Test
  void needPassesOverABrowserThatDoesNotRun() {
    Checkout.program(
        checkout.programs().resolve("chromium"), "#!/bin/sh\necho install the snap\nexit 1\n");
    Checkout.program(checkout.programs().resolve("google-chrome"), "#!/bin/sh\n");

    assertThat(need("chromium").run().out())
        .isEqualTo(checkout.programs().resolve("google-chrome") + "\n");
  }

  @Test
  void needTakesTheBrowserThatIsNamed() {
    Path named = temporary.resolve("a browser");
    Checkout.program(named, "#!/bin/sh\n");

    assertThat(need("chromium").with("SALLYPORT_CHROMIUM", named.toString()).run().out())
        .isEqualTo(named + "\n");
    assertThat(need("chromium").with("SALLYPORT_CHROMIUM", "/no/where").run())
        .matches(answer -> answer.exit() == 1)
        .matches(answer -> answer.out().isEmpty())
        .matches(
            answer ->
                answer
                    .err()
                    .contains(
                        "SALLYPORT_CHROMIUM is \"/no/where\", which is no program that runs."));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "root               | 0    | absent",
        "sudo, no password  | 1000 | passwordless",
      })
  void needInstallsWhatIsMissing(String who, String user, String sudo) {
    Checkout.delete(checkout.programs().resolve("chromium"));
    Path browser = temporary.resolve("browser");
    Checkout.program(browser, "#!/bin/sh\n");
    machine(user, sudo, "cp '" + browser + "' '" + checkout.programs().resolve("chromium") + "'");

    Answer answer = need("chromium").run();

    assertThat(answer.exit()).as(answer.err()).isZero();
    assertThat(answer.out()).isEqualTo(checkout.programs().resolve("chromium") + "\n");
    assertThat(answer.err()).isEqualTo("sallyport: installing chromium with apt-get …\n");
    assertThat(checkout.records("installs"))
        .containsExactlyElementsOf(List.of("update", "install -y chromium"));
  }

  @Test
  void needDoesNotAskForAPassword() {
    Checkout.delete(checkout.programs().resolve("chromium"));
    machine("1000", "asks", "");

    Answer answer = need("chromium").run();

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .isEqualTo(
            """
            sallyport: no chromium was found, and installing it takes a password.
            Install it:
              sudo apt-get install -y chromium
              or by hand: https://www.google.com/chrome/
            """);
    assertThat(checkout.records("installs")).isEmpty();
  }

  @Test
  void needSaysWhyAnInstallationFailed() {
    Checkout.delete(checkout.programs().resolve("chromium"));
    machine("0", "absent", "echo 'E: Unable to locate package chromium'\nexit 100");

    Answer answer = need("chromium").run();

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err())
        .contains("sallyport: that failed:\nE: Unable to locate package chromium\n")
        .contains("all it said: " + checkout.root().resolve(".sallyport/install-chromium.log"));
  }

  /**
   * A machine with apt-get, which on `install` does this; a user of this number; and sudo, if any.
   */
  private void machine(String user, String sudo, String install) {
    Path bin = checkout.programs();
    Checkout.program(
        bin.resolve("apt-get"),
        "#!/bin/sh\necho \"$*\" >>\"$RECORDS/installs\"\ncase $1 in install)\n"
            + install
            + "\n;; esac\n");
    Checkout.program(bin.resolve("true"), "#!/bin/sh\n");
    Checkout.program(bin.resolve("id"), "#!/bin/sh\necho " + user + "\n");
    Checkout.program(bin.resolve("env"), "#!/bin/sh\nshift\nexec \"$@\"\n");
    if (sudo.equals("passwordless")) {
      Checkout.program(bin.resolve("sudo"), "#!/bin/sh\n[ \"$1\" != -n ] || shift\nexec \"$@\"\n");
    } else if (sudo.equals("asks")) {
      Checkout.program(bin.resolve("sudo"), "#!/bin/sh\nexit 1\n");
    }
  }
}
