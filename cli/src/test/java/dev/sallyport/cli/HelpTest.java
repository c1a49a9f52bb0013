package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code --help} at every level teaches by examples that work. */
class HelpTest {

  private static CommandLine commandLine() {
    return Sallyport.commandLine(
        Run.environment(new byte[0], Map.of(), new StringWriter(), new StringWriter()));
  }

  private static Stream<CommandLine> commands() {
    CommandLine root = commandLine();
    return Stream.concat(Stream.of(root), root.getSubcommands().values().stream())
        .filter(command -> !command.getCommandSpec().usageMessage().hidden());
  }

  static Stream<String> names() {
    return commands().map(command -> command.getCommandSpec().qualifiedName());
  }

  private static CommandLine command(String name) {
    return commands()
        .filter(command -> command.getCommandSpec().qualifiedName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> footer(String name) {
    return List.of(command(name).getCommandSpec().usageMessage().footer());
  }

  @ParameterizedTest
  @MethodSource("names")
  void showsExamplesExitCodesAndEnvironmentVariables(String name) {
    String[] words = name.split(" ");
    String[] arguments = Arrays.copyOfRange(words, 1, words.length + 1);
    arguments[words.length - 1] = "--help";
    Run run = Run.of(arguments);
    assertThat(run.exit()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .contains("\nUsage: " + name + " ", "\nExamples:\n", "\nOptions:\n", "\nExit codes:\n")
        .contains("\nEnvironment variables:\n", "NO_COLOR", "SALLYPORT_DEBUG");
    for (String line : footer(name)) {
      assertThat(run.out()).contains("  " + line + "\n");
    }
    assertThat(run.out().lines()).allMatch(line -> line.length() <= 100, "fits on 100 columns");
    assertThat(run.out()).doesNotContain("${C", "${R", "%n", "null");
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyExampleIsUnderstood(String name) {
    List<String> examples =
        CommandLines.joined(footer(name)).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("sallyport "))
            .toList();
    assertThat(examples).as("examples of " + name).isNotEmpty();
    for (String example : examples) {
      assertThatCode(() -> commandLine().parseArgs(CommandLines.arguments(example)))
          .as(example)
          .doesNotThrowAnyException();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h", "help"})
  void theCommandsAreListed(String asked) {
    Run run = Run.of(asked);
    assertThat(run.exit()).isZero();
    for (String name : commandLine().getSubcommands().keySet()) {
      if (name.equals("training-run")) {
        assertThat(run.out()).doesNotContain(name);
      } else {
        assertThat(run.out()).containsPattern("\n  " + name + " +[A-Z]");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sallyport, sallyport",
    "./sallyport, ./sallyport",
    "../checkout/sallyport, ../checkout/sallyport",
    "/usr/local/bin/sallyport, sallyport",
    "../a checkout/sallyport, sallyport",
    "./sally$(port), sallyport"
  })
  void examplesCanBeCopied(String typed, String name) {
    assertThat(Sallyport.name(typed)).isEqualTo(name);
  }

  @Test
  void helpOfACommandIsThatCommandsHelp() {
    assertThat(Run.of("help", "origin")).isEqualTo(Run.of("origin", "--help"));
  }

  @Test
  void withoutACommandTheHelpIsTalk() {
    Run run = Run.of();
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo(Run.of("--help").out());
  }

  @Test
  void theVersionsAreShown() {
    Run run = Run.of("--version");
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .containsPattern("(?m)^sallyport +\\d+\\.\\d+\\.\\d+")
        .containsPattern("(?m)^JDK +" + Runtime.version().feature() + "\\b.*\\(.+\\)$")
        .containsPattern("(?m)^Netty +4\\.\\d+\\.\\d+")
        .containsPattern("(?m)^Public Suffix List +20\\d\\d-\\d\\d-\\d\\d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          orign http://foo.com   | there is no command "orign". Did you mean origin? | sallyport
          --verson               | there is no option "--verson". Did you mean --version? | sallyport
          origin --jsn           | there is no option "--jsn" of origin. Did you mean --json? | sallyport origin
          origin --jsn http://a  | there is no option "--jsn" of origin. Did you mean --json? | sallyport origin
          origin                 | Missing required parameter: 'URL'. | sallyport origin
          origin a: b: c:        | origin takes no argument "c:" here. | sallyport origin
          help foo               | there is no command "foo". | sallyport
          completion fish        | Invalid value for positional parameter at index 0 (SHELL): "fish" is none of bash, zsh. | sallyport completion
          """)
  void whatIsCalledWronglyIsSaidAndHelped(String command, String message, String helpOf) {
    Run run = Run.of(command.split(" "));
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).isEqualTo("sallyport: " + message + "\nSee: " + helpOf + " --help\n");
  }

  @Test
  void anArgumentThatBeginsWithAtIsNoFile() {
    assertThat(Run.of("origin", "@/etc/hosts").err()).startsWith("sallyport: \"@/etc/hosts\" is");
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completionKnowsTheCommandsAndTheirOptions(String shell) {
    Run run = Run.of("completion", shell);
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .contains("complete -F _complete_sallyport", "origin", "--json", "(\"bash\" \"zsh\")")
        .doesNotContain("training");
  }
}
