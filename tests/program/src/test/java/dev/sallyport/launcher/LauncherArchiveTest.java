package dev.sallyport.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.launcher.Call.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The archive of loaded classes that makes starts fast: made once for a Java and a build, and never
 * in the way.
 */
final class LauncherArchiveTest {
  @TempDir Path temporary;
  Checkout checkout;

  @BeforeEach
  void layCheckout() {
    checkout = new Checkout(temporary);
  }

  @ParameterizedTest(name = "Java {0} uses {1}")
  @CsvSource({
    "17.0.2,-XX:SharedArchiveFile=,.jsa",
    "24,-XX:SharedArchiveFile=,.jsa",
    "25.0.3,-XX:AOTCache=,.aot",
    "26,-XX:AOTCache=,.aot"
  })
  void ofTheKindThatThisJavaKnows(String version, String option, String ending) {
    checkout.jdk(version);

    Answer answer = checkout.call("--version").run();

    assertThat(answer.err()).contains("sallyport: preparing fast starts on Java " + version);
    assertThat(answer.out())
        .contains("[" + option + checkout.root().resolve(".sallyport/builds"))
        .containsPattern(ending.replace(".", "\\.") + "]\n");
  }

  @Test
  void isMadeOnceForAJavaAndABuild() {
    Path older = checkout.jdk(temporary.resolve("older"), "17");
    Path newer = checkout.jdk("25");
    Call plain = checkout.call("--version");
    Call forced = plain.with("SALLYPORT_JAVA_HOME", older.toString());

    for (int i = 0; i < 2; i++) {
      plain.run();
      forced.run();
    }
    assertThat(checkout.records("trainings"))
        .containsExactly(newer + "/bin/java training-run", older + "/bin/java training-run");

    Checkout.append(checkout.root().resolve("core/src/main/java/Some.java"), "// more\n");
    plain.run();
    assertThat(checkout.records("trainings")).hasSize(3);
  }

  @Test
  void isMadeFromTheVersionWhereTheTrainingRunFails() {
    checkout.jdk("25");
    checkout.record("fails-training-run", "");

    assertThat(checkout.call("serve").run().out()).contains("[-XX:AOTCache=");
    assertThat(checkout.records("trainings")).hasSize(2).last().asString().endsWith(" --version");
  }

  @Test
  void thatCannotBeMadeIsDoneWithoutAndNotTriedAgain() {
    checkout.jdk("25");
    checkout.record("fails-training-run", "");
    checkout.record("fails---version", "");

    Answer first = checkout.call("serve").run();
    Answer second = checkout.call("serve").run();

    assertThat(first.exit()).isZero();
    assertThat(first.out()).contains("[serve]").doesNotContain("AOTCache");
    assertThat(second.exit()).isZero();
    assertThat(second.err()).isEmpty();
    assertThat(checkout.records("trainings")).hasSize(2);
    assertThat(checkout.root().resolve(".sallyport/build.log"))
        .content()
        .contains(
            "sallyport: no archive could be made for " + temporary.toAbsolutePath().getRoot());
  }

  @Test
  void isMadeAgainWhereTheCheckoutWasMovedTo() throws Exception {
    checkout.jdk("25");
    checkout.call("--version").run();
    Path moved = Files.move(checkout.root(), checkout.temporary().resolve("moved"));

    Answer answer = checkout.call("--version").by(moved.resolve("sallyport").toString()).run();

    assertThat(answer.out()).contains("[-Dsallyport.home=" + moved + "]");
    assertThat(checkout.builds()).hasSize(1);
    assertThat(checkout.records("trainings")).hasSize(2);
  }
}
