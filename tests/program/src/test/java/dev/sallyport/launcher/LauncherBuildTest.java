package dev.sallyport.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.launcher.Call.Answer;
import dev.sallyport.launcher.Call.Started;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When {@code ./sallyport} builds, and that nothing runs which is not what the sources say. */
final class LauncherBuildTest {
  @TempDir Path temporary;
  Checkout checkout;

  @BeforeEach
  void layCheckout() {
    checkout = new Checkout(temporary);
    checkout.jdk("25");
  }

  @Test
  void firstUseBuildsWhatTheCommandLineNeeds() {
    Answer answer = checkout.call("--version").run();

    assertThat(answer.exit()).isZero();
    assertThat(answer.err())
        .contains("sallyport: building for first use with JDK 25 and Maven 3.9.9")
        .containsPattern("sallyport: built in \\d+ s");
    assertThat(checkout.builds())
        .singleElement()
        .asString()
        .contains("-Dquick")
        .contains("-Dmaven.test.skip=true")
        .endsWith("-pl cli -am package");
  }

  @Test
  void secondUseDoesNotBuildAndSaysNothing() {
    checkout.call("--version").run();

    Answer answer = checkout.call("--version").run();

    assertThat(answer.err()).isEmpty();
    assertThat(answer.exit()).isZero();
    assertThat(checkout.builds()).hasSize(1);
  }

  enum Change {
    FILE_CHANGED(true),
    FILE_CHANGED_AND_TIME_SET_BACK(true),
    FILE_ADDED(true),
    FILE_WITH_BLANKS_ADDED(true),
    FILE_REMOVED(true),
    FILE_RENAMED(true),
    RESOURCE_ADDED(true),
    POM_OF_MODULE_CHANGED(true),
    POM_OF_ALL_CHANGED(true),
    FILE_TOUCHED(false),
    FILE_CHANGED_AND_CHANGED_BACK(false),
    TEST_CHANGED(false),
    EDITORS_FILE_ADDED(false),
    MODULE_CHANGED_THAT_IS_NOT_PART_OF_THE_PROGRAM(false);

    final boolean builds;

    Change(boolean builds) {
      this.builds = builds;
    }

    void make(Checkout checkout) throws Exception {
      String code = "core/src/main/java/Some.java";
      Path file = checkout.root().resolve(code);
      switch (this) {
        case FILE_CHANGED -> Checkout.append(file, "// more\n");
        case FILE_CHANGED_AND_TIME_SET_BACK -> {
          FileTime before = Files.getLastModifiedTime(file);
          checkout.write(code, "class Same {}");
          Files.setLastModifiedTime(file, before);
        }
        case FILE_ADDED -> checkout.write("core/src/main/java/More.java", "class More {}");
        case FILE_WITH_BLANKS_ADDED -> checkout.write("core/src/main/resources/a b c.txt", "1 2 3");
        case FILE_REMOVED -> Checkout.delete(file);
        case FILE_RENAMED -> Files.move(file, file.resolveSibling("Other.java"));
        case RESOURCE_ADDED -> checkout.write("cli/src/main/resources/deep/er/text.txt", "");
        case POM_OF_MODULE_CHANGED -> checkout.write("core/pom.xml", "<project></project>");
        case POM_OF_ALL_CHANGED -> Checkout.append(checkout.root().resolve("pom.xml"), "<!-- -->");
        case FILE_TOUCHED ->
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
        case FILE_CHANGED_AND_CHANGED_BACK -> {
          String before = Checkout.read(file);
          checkout.write(code, "class Else {}");
          checkout.write(code, before);
        }
        case TEST_CHANGED -> checkout.write("core/src/test/java/SomeTest.java", "class Changed {}");
        case EDITORS_FILE_ADDED -> {
          checkout.write(code + "~", "");
          checkout.write("core/src/main/java/.Some.java.swp", "");
          checkout.write("core/src/main/java/.DS_Store", "");
        }
        case MODULE_CHANGED_THAT_IS_NOT_PART_OF_THE_PROGRAM ->
            checkout.write("extras/src/main/java/Some.java", "class Changed {}");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void buildsAgainWhenTheProgramsSourcesChanged(Change change) throws Exception {
    checkout.call("--version").run();
    change.make(checkout);

    Answer changed = checkout.call("--version").run();
    Answer unchanged = checkout.call("--version").run();

    assertThat(changed.exit()).isZero();
    assertThat(changed.err().contains("sallyport: the sources changed, building"))
        .isEqualTo(change.builds);
    assertThat(checkout.builds()).hasSize(change.builds ? 2 : 1);
    assertThat(unchanged.err()).isEmpty();
  }

  @Test
  void classesOfAFileThatIsNoMoreAreForgotten() {
    checkout.write("core/src/main/java/More.java", "class More {}");
    checkout.call("--version").run();
    Checkout.append(checkout.root().resolve("core/src/main/java/Some.java"), "// more\n");
    checkout.call("--version").run();
    assertThat(checkout.records("classes-found")).as("after a change").hasSize(1);
    Checkout.delete(checkout.root().resolve("core/src/main/java/More.java"));

    checkout.call("--version").run();

    assertThat(checkout.builds()).hasSize(3);
    assertThat(checkout.records("classes-found")).as("after a removal").hasSize(1);
  }

  @Test
  void classesOfAFileThatOnlyAFailedBuildSawAreForgotten() {
    checkout.call("--version").run();
    checkout.write("core/src/main/java/More.java", "class More {}");
    checkout.record("maven-fails", COMPILER_ERROR);
    checkout.call("--version").run();
    checkout.erase("maven-fails");
    Checkout.delete(checkout.root().resolve("core/src/main/java/More.java"));
    Checkout.append(checkout.root().resolve("core/src/main/java/Some.java"), "// more\n");

    checkout.call("--version").run();

    assertThat(checkout.builds()).hasSize(3);
    assertThat(checkout.records("classes-found")).as("by the failed build only").hasSize(1);
  }

  private static final String COMPILER_ERROR =
      """
      [INFO] Scanning for projects...
      [INFO] Building Sallyport core 0.1.0                                      [1/2]
      [ERROR] COMPILATION ERROR :
      [ERROR] /src/Some.java:[23,39] reference to Some is ambiguous
        both class a.Some in a and class b.Some in b match
      [INFO] 1 error
      [ERROR] Failed to execute goal maven-compiler-plugin:compile on project sallyport-core: Compilation failure
      [ERROR] /src/Some.java:[23,39] reference to Some is ambiguous
      [ERROR] -> [Help 1]
      [ERROR]
      [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
      """;

  @Test
  void aFailedBuildIsToldInItsDecisiveLines() {
    checkout.record("maven-fails", COMPILER_ERROR);

    Answer answer = checkout.call("--version").run();

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.out()).isEmpty();
    assertThat(answer.err())
        .endsWith(
            """
            sallyport: the build failed. Maven says:
              COMPILATION ERROR :
              /src/Some.java:[23,39] reference to Some is ambiguous
                both class a.Some in a and class b.Some in b match
              Failed to execute goal maven-compiler-plugin:compile on project sallyport-core: Compilation failure
            sallyport: all it said: %s
            """
                .formatted(checkout.root().resolve(".sallyport/build.log")));
    assertThat(checkout.root().resolve(".sallyport/build.log")).content().isEqualTo(COMPILER_ERROR);
  }

  @Test
  void aFailureToReadAPomIsToldOnce() {
    checkout.record(
        "maven-fails",
        """
        [INFO] Scanning for projects...
        [ERROR] [ERROR] Some problems were encountered while processing the POMs:
        [FATAL] Non-parseable POM /core/pom.xml: unexpected character @ line 81, column 3
         @
        [ERROR] The build could not read 1 project -> [Help 1]
        [ERROR]
        [ERROR]   The project  (/core/pom.xml) has 1 error
        [ERROR]     Non-parseable POM /core/pom.xml: unexpected character @ line 81, column 3 -> [Help 2]
        [ERROR]
        [ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
        [ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/ProjectBuildingException
        """);

    assertThat(checkout.call("--version").run().err())
        .contains(
            """
            sallyport: the build failed. Maven says:
              Some problems were encountered while processing the POMs:
              Non-parseable POM /core/pom.xml: unexpected character @ line 81, column 3
              The build could not read 1 project
                The project  (/core/pom.xml) has 1 error
            sallyport: all it said:\
            """);
  }

  @Test
  void aFailureWithoutErrorLinesShowsTheEndOfTheLog() {
    checkout.record("maven-fails", "Error: Could not create the Java Virtual Machine.\n");

    Answer answer = checkout.call("--version").run();

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err()).contains("Could not create the Java Virtual Machine");
  }

  @Test
  void theOldProgramDoesNotRunAfterAFailedBuild() {
    checkout.call("--version").run();
    Checkout.append(checkout.root().resolve("core/src/main/java/Some.java"), "wrong");
    checkout.record("maven-fails", COMPILER_ERROR);

    Answer first = checkout.call("--version").run();
    Answer second = checkout.call("--version").run();
    checkout.erase("maven-fails");
    Answer mended = checkout.call("--version").run();

    assertThat(first.exit()).isEqualTo(1);
    assertThat(first.out()).isEmpty();
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.out()).isEmpty();
    assertThat(mended.exit()).isZero();
    assertThat(checkout.builds()).hasSize(4);
  }

  @Test
  void whatChangesDuringABuildIsBuiltByTheNextStart() {
    checkout.record("maven-waits", "");
    Started building = checkout.call("--version").start();
    building.await("the build", () -> !checkout.builds().isEmpty());
    Checkout.append(checkout.root().resolve("core/src/main/java/Some.java"), "// more\n");
    checkout.erase("maven-waits");
    building.answer();

    checkout.call("--version").run();

    assertThat(checkout.builds()).hasSize(2);
  }

  @Test
  void twoAtOnceBuildOnce() {
    checkout.record("maven-waits", "");
    Started first = checkout.call("--version").start();
    first.await("the build", () -> !checkout.builds().isEmpty());
    Started second = checkout.call("--version").start();
    second.awaitTalk("waiting for another build here (process " + first.process().pid() + " on ");
    checkout.erase("maven-waits");

    assertThat(first.answer().exit()).isZero();
    assertThat(second.answer().exit()).isZero();
    assertThat(checkout.builds()).hasSize(1);
    assertThat(checkout.records("trainings")).hasSize(1);
  }

  @Test
  void theSecondOfTwoDoesNotRunWhatTheFirstFailedToBuild() {
    checkout.record("maven-waits", "");
    checkout.record("maven-fails", COMPILER_ERROR);
    Started first = checkout.call("--version").start();
    first.await("the build", () -> !checkout.builds().isEmpty());
    Started second = checkout.call("--version").start();
    second.awaitTalk("waiting for another build here");
    checkout.erase("maven-waits");

    assertThat(first.answer().exit()).isEqualTo(1);
    assertThat(second.answer().exit()).isEqualTo(1);
  }

  @Test
  void theLockOfADeadProcessIsBroken() {
    Started gone = checkout.call("--version").start();
    gone.answer();
    Checkout.append(checkout.root().resolve("core/src/main/java/Some.java"), "// more\n");
    String host =
        checkout.call("-n").by(checkout.programs().resolve("uname").toString()).run().out().strip();
    Checkout.link(
        checkout.root().resolve(".sallyport/lock"), Path.of(host + ":" + gone.process().pid()));

    Answer answer = checkout.call("--version").run();

    assertThat(answer.exit()).isZero();
    assertThat(checkout.builds()).hasSize(2);
  }

  @Test
  void aKilledBuildLeavesNothingBehind() throws Exception {
    checkout.record("maven-waits", "");
    Started building = checkout.call("--version").start();
    building.await("the build", () -> !checkout.builds().isEmpty());
    building.process().destroy();

    assertThat(building.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(building.process().exitValue()).isEqualTo(143);
    assertThat(Checkout.list(checkout.root().resolve(".sallyport")))
        .extracting(file -> file.getFileName().toString())
        .containsExactly("attempted-sources", "build.log", "builds");
    assertThat(Checkout.list(checkout.root().resolve(".sallyport/builds"))).isEmpty();
    checkout.erase("maven-waits");
    assertThat(checkout.call("--version").run().exit()).isZero();
  }

  @Test
  void aRunningGatewayKeepsItsJars() {
    checkout.call("--version").run();
    checkout.record("java-waits", "");
    Started gateway = checkout.call("serve").start();
    gateway.await("the gateway", () -> Checkout.read(gateway.out()).contains("[serve]"));
    Path first = Checkout.list(checkout.root().resolve(".sallyport/builds")).get(0);
    checkout.erase("java-waits");

    rebuild(2);
    assertThat(first.resolve("lib")).as("while it runs").isNotEmptyDirectory();

    gateway.answer();
    rebuild(2);
    assertThat(first).as("when it has ended").doesNotExist();
    assertThat(Checkout.list(checkout.root().resolve(".sallyport/builds"))).hasSize(2);
  }

  private void rebuild(int times) {
    for (int i = 0; i < times; i++) {
      Checkout.append(checkout.root().resolve("core/src/main/java/Some.java"), "// more\n");
      assertThat(checkout.call("--version").run().exit()).isZero();
    }
  }

  @Test
  void buildNeverRunsWhatMavenPackaged() {
    checkout.write("cli/target/sallyport/lib/sallyport-cli-0.1.0.jar", "jar");

    Answer answer = checkout.call("--version").with("SALLYPORT_BUILD", "never").run();

    assertThat(answer.exit()).isZero();
    assertThat(answer.out())
        .contains("[" + checkout.root().resolve("cli/target/sallyport/lib") + "/*]");
    assertThat(answer.err()).isEmpty();
    assertThat(checkout.builds()).isEmpty();
  }

  @Test
  void buildNeverRefusesToBuild() {
    Answer answer = checkout.call("--version").with("SALLYPORT_BUILD", "never").run();

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err())
        .contains("nothing is built in " + checkout.root().resolve("cli/target/sallyport"))
        .contains(
            "SALLYPORT_BUILD=never forbids to build it. Unset SALLYPORT_BUILD, or run \"mvn package\"");
    assertThat(checkout.builds()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"always", "NEVER", "0"})
  void anotherBuildIsRefused(String value) {
    Answer answer = checkout.call("--version").with("SALLYPORT_BUILD", value).run();

    assertThat(answer.exit()).isEqualTo(1);
    assertThat(answer.err())
        .contains("SALLYPORT_BUILD is \"" + value + "\". It can be \"never\", or unset.");
  }
}
