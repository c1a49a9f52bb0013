package dev.sallyport.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.launcher.Call.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./sallyport} runs, on which Java, and what it says when it cannot. */
final class LauncherTest {
  @TempDir Path temporary;
  Checkout checkout;

  @BeforeEach
  void layCheckout() {
    checkout = new Checkout(temporary);
  }

  @Nested
  final class ChoosesJava {
    @ParameterizedTest(name = "of {0} runs {1}")
    @CsvSource(
        delimiter = '|',
        value = {
          "17                       | 17",
          "17.0.15 25.0.3           | 25.0.3",
          "21.0.9 21.0.10           | 21.0.10",
          "21.0.9 21.0.9.1          | 21.0.9.1",
          "1.8.0_452 11.0.27 17.0.2 | 17.0.2",
          "9 100 25                 | 100",
          "21.0.8 22-ea             | 22-ea",
        })
    void theNewest(String found, String chosen) {
      for (String version : found.split(" ", -1)) {
        checkout.jdk(version);
      }

      assertThat(checkout.call("--version").run().jdk()).isEqualTo(chosen);
    }

    @Test
    void overAnOlderJavaHome() {
      checkout.jdk("25.0.3");
      Path older = checkout.jdk(temporary.resolve("older"), "17.0.1");

      Answer answer = checkout.call("--version").with("JAVA_HOME", older.toString()).run();

      assertThat(answer.jdk()).isEqualTo("25.0.3");
    }

    @Test
    void fromJavaHome() {
      checkout.jdk("17");
      Path newer = checkout.jdk(temporary.resolve("some where"), "25");

      Answer answer = checkout.call("--version").with("JAVA_HOME", newer.toString()).run();

      assertThat(answer.jdk()).isEqualTo("some where");
    }

    @Test
    void thatIsOnPathThroughSymbolicLinks() {
      checkout.jdk("17");
      Path newer = checkout.jdk(temporary.resolve("alternatives/jdk-25"), "25");
      Path second =
          Checkout.link(temporary.resolve("alternatives/java"), Path.of("jdk-25/bin/java"));
      Checkout.link(checkout.programs().resolve("java"), second);

      assertThat(checkout.call("--version").run().jdk()).isEqualTo(newer.getFileName().toString());
    }

    @ParameterizedTest(name = "in {0}")
    @CsvSource({
      ".sdkman/candidates/java/25-tem",
      ".jdks/temurin-25",
      ".gradle/jdks/25",
      ".asdf/installs/java/25",
      "Library/Java/JavaVirtualMachines/25/Contents/Home"
    })
    void whereAUsersToolsPutIt(String place) {
      Path jdk = checkout.jdk(temporary.resolve("home").resolve(place), "999");

      Answer answer = checkout.call("--version").with("SALLYPORT_JDKS", "").run();

      assertThat(answer.jdk()).isEqualTo(jdk.getFileName().toString());
    }

    @Test
    void thatSallyportJavaHomeForces() {
      checkout.jdk("25");
      Path older = checkout.jdk(temporary.resolve("forced"), "17");

      Answer answer =
          checkout.call("--version").with("SALLYPORT_JAVA_HOME", older.toString()).run();

      assertThat(answer.jdk()).isEqualTo("forced");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
        delimiter = '|',
        value = {
          "nowhere | SALLYPORT_JAVA_HOME is \"%s\", which holds no JDK (bin/java and release).",
          "old     | SALLYPORT_JAVA_HOME is \"%s\", a JDK 11.0.2; Sallyport needs 17 or newer.",
        })
    void butNotWhatCannotBeForced(String name, String message) {
      checkout.jdk("25");
      checkout.jdk(temporary.resolve("old"), "11.0.2");
      Path forced = temporary.resolve(name);

      Answer answer =
          checkout.call("--version").with("SALLYPORT_JAVA_HOME", forced.toString()).run();

      assertThat(answer.exit()).isEqualTo(1);
      assertThat(answer.err()).contains(message.formatted(forced));
      assertThat(checkout.builds()).isEmpty();
    }

    @Test
    void withoutACompilerOnlyToRun() {
      Path jdk = checkout.jdk("17");
      checkout.jre(temporary.resolve("jdks/25-jre"), "25");

      assertThat(checkout.call("--version").run().jdk()).isEqualTo("25-jre");
      assertThat(checkout.builds()).singleElement().asString().startsWith(jdk + " ");
    }
  }

  @Nested
  final class SaysWhatIsMissing {
    @Test
    void aJdk() {
      Answer answer = checkout.call("--version").run();

      assertThat(answer.exit()).isEqualTo(1);
      assertThat(answer.out()).isEmpty();
      assertThat(answer.err())
          .contains("no JDK 17 or newer with a compiler was found")
          .contains("sudo apt-get install -y openjdk-")
          .contains("sudo dnf install -y java-21-openjdk-devel")
          .contains("  brew install openjdk");
      assertThat(checkout.builds()).isEmpty();
    }

    @Test
    void aJdkThatIsNewEnough() {
      Path old = checkout.jdk("11.0.27");

      Answer answer = checkout.call("--version").run();

      assertThat(answer.exit()).isEqualTo(1);
      assertThat(answer.err())
          .contains("no JDK 17 or newer")
          .contains(old + " is version 11.0.27")
          .contains("Install one:");
    }

    @Test
    void aCompiler() {
      Path jre = checkout.jre(temporary.resolve("jdks/25"), "25");

      Answer answer = checkout.call("--version").run();

      assertThat(answer.exit()).isEqualTo(1);
      assertThat(answer.err())
          .contains("no JDK 17 or newer with a compiler was found")
          .contains(jre + " is version 25, but has no compiler (bin/javac)");
    }

    @Test
    void anyJavaForWhatIsBuilt() {
      Path jdk = checkout.jdk("17");
      checkout.call("--version").run();
      Checkout.delete(jdk.resolve("release"));

      Answer answer = checkout.call("--version").run();

      assertThat(answer.exit()).isEqualTo(1);
      assertThat(answer.err()).contains("no Java 17 or newer was found").contains("Install one:");
    }

    @Test
    void maven() {
      checkout.jdk("17");
      Checkout.delete(checkout.programs().resolve("mvn"));

      Answer answer = checkout.call("--version").run();

      assertThat(answer.exit()).isEqualTo(1);
      assertThat(answer.out()).isEmpty();
      assertThat(answer.err())
          .contains("no Maven was found")
          .contains("sudo apt-get install -y maven")
          .contains("sudo dnf install -y maven")
          .contains("  brew install maven");
    }

    @ParameterizedTest(name = "Maven {0}")
    @CsvSource({"3.6.3", "2.2.1", "3.7.9"})
    void aMavenThatIsNewEnough(String version) {
      checkout.jdk("17");
      checkout.record(
          "maven-version", "\u001b[1mApache Maven " + version + "\u001b[m\nJava version: 17\n");

      Answer answer = checkout.call("--version").run();

      assertThat(answer.exit()).isEqualTo(1);
      assertThat(answer.err())
          .contains("is Maven " + version + ". Sallyport needs 3.8 or newer")
          .contains("sudo apt-get install -y maven");
      assertThat(checkout.builds()).isEmpty();
    }

    @ParameterizedTest(name = "not Maven {0}")
    @CsvSource({"3.8.1", "3.10.0", "4.0.0-rc-5"})
    void nothing(String version) {
      checkout.jdk("17");
      checkout.record("maven-version", "Apache Maven " + version + " (abc)\n");

      assertThat(checkout.call("--version").run().exit()).isZero();
    }
  }

  @Nested
  final class PassesOn {
    @BeforeEach
    void installJdk() {
      checkout.jdk("25");
    }

    @Test
    void argumentsUnchanged() {
      Answer answer =
          checkout
              .call(
                  "serve", "--to", "a b", "", "it's", "\"x\"", "$HOME", "`id`", "*", "\\n", "-Dx=y",
                  "--", "ü")
              .run();

      assertThat(answer.arguments())
          .containsExactly(
              "[serve]", "[--to]", "[a b]", "[]", "[it's]", "[\"x\"]", "[$HOME]", "[`id`]", "[*]",
              "[\\n]", "[-Dx=y]", "[--]", "[ü]");
    }

    @Test
    void noArguments() {
      assertThat(checkout.call().run().arguments()).isEmpty();
    }

    @Test
    void theDirectoryOfTheCheckout() {
      assertThat(checkout.call("--version").run().out())
          .contains("[-Dsallyport.home=" + checkout.root() + "]");
    }

    @Test
    void theUsersDirectory() throws Exception {
      Path elsewhere = Files.createDirectory(temporary.resolve("else where")).toRealPath();

      Answer answer = checkout.call("validate", "sallyport.yaml").in(elsewhere).run();

      assertThat(answer.out()).contains("directory " + elsewhere + "\n");
      assertThat(answer.arguments()).containsExactly("[validate]", "[sallyport.yaml]");
    }

    @Test
    void theUsersJvmOptionsAfterItsOwn() {
      List<String> lines =
          checkout
              .call("serve")
              .with("SALLYPORT_JAVA_OPTS", " -Xmx64m  -Da=* ")
              .run()
              .out()
              .lines()
              .toList();

      assertThat(lines).containsSubsequence("[-Xmn16m]", "[-Xmx64m]", "[-Da=*]", "[-cp]");
    }

    @Test
    void theJvmOptionsThatTheImageForContainersHas() {
      Pattern flag = Pattern.compile("<jvmFlag>(.+)</jvmFlag>");
      List<String> ofImage =
          flag.matcher(Checkout.read(Checkout.original().resolve("cli/pom.xml")))
              .results()
              .map(found -> "[" + found.group(1) + "]")
              .filter(option -> !option.startsWith("[-Dsallyport."))
              .toList();

      List<String> chosen =
          checkout
              .call("serve")
              .run()
              .out()
              .lines()
              .filter(line -> line.startsWith("[-"))
              .takeWhile(line -> !line.startsWith("[-Dsallyport."))
              .filter(line -> !line.startsWith("[-XX:AOTCache"))
              .toList();

      assertThat(ofImage).isNotEmpty().containsExactlyElementsOf(chosen);
    }

    @Test
    void theUsersJvmOptionsToTheProgramOnly() {
      checkout.call("serve").with("SALLYPORT_JAVA_OPTS", "-Xmx64m").run();

      assertThat(checkout.records("trainings")).hasSize(1);
    }

    @Test
    void theExitCode() {
      checkout.call("--version").run();
      Checkout.program(temporary.resolve("jdks/25/bin/java"), "#!/bin/sh\nexit 7\n");

      assertThat(checkout.call("validate").run().exit()).isEqualTo(7);
    }

    @Test
    void nothingOfItsOwnOnStdout() {
      assertThat(checkout.call("--version").run().out()).startsWith("java ");
    }
  }

  @Nested
  final class IsFound {
    @BeforeEach
    void installJdk() {
      checkout.jdk("25");
    }

    @ParameterizedTest(name = "through {0}")
    @CsvSource({"absolute", "relative", "chain"})
    void throughASymbolicLink(String kind) {
      Path absolute = Checkout.link(temporary.resolve("links/absolute"), checkout.script());
      Checkout.link(temporary.resolve("links/relative"), Path.of("../a checkout/sallyport"));
      Checkout.link(temporary.resolve("links/chain"), Path.of(absolute.getFileName().toString()));

      Answer answer =
          checkout.call("--version").by(temporary.resolve("links").resolve(kind).toString()).run();

      assertThat(answer.out()).contains("[-Dsallyport.home=" + checkout.root() + "]");
    }

    @Test
    void throughALinkedDirectory() {
      Path linked = Checkout.link(temporary.resolve("linked"), checkout.root());

      Answer answer = checkout.call("--version").by(linked.resolve("sallyport").toString()).run();

      assertThat(answer.out()).contains("[-Dsallyport.home=" + checkout.root() + "]");
    }

    @ParameterizedTest(name = "as {0}")
    @CsvSource({"./sallyport", "../a checkout/sallyport"})
    void fromItsOwnDirectory(String relative) {
      Answer answer = checkout.call("--version").by(relative).in(checkout.root()).run();

      assertThat(answer.out())
          .contains("[-Dsallyport.home=" + checkout.root() + "]")
          .contains("[-Dsallyport.command=" + relative + "]");
    }

    @Test
    void onPath() {
      Answer answer =
          checkout
              .call("-c", "sallyport --version")
              .by("/bin/sh")
              .with("PATH", checkout.programs() + ":" + checkout.root())
              .run();

      assertThat(answer.out()).contains("[-Dsallyport.home=" + checkout.root() + "]");
    }

    @Test
    void whateverCdpathSays() {
      Answer answer =
          checkout
              .call("--version")
              .by("a checkout/sallyport")
              .with("CDPATH", "/:" + temporary)
              .run();

      assertThat(answer.out())
          .startsWith("java ")
          .contains("[-Dsallyport.home=" + checkout.root() + "]");
    }
  }
}
