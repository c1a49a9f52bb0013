package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every command that the documents show gives what is shown below it. */
class CommandLineDocTest {
  private static final Pattern CONSOLE = Pattern.compile("(?ms)^```console\\n(.*?)^```$");
  private static final Pattern SHELL = Pattern.compile("(?ms)^```sh\\n(.*?)^```$");
  private static final Pattern INPUT = Pattern.compile(" - < (\\S+)$");

  @TempDir private Path directory;

  /**
   * @param command what is typed
   * @param output what is shown below it
   */
  private record Step(String command, String output) {}

  private static String document() throws IOException {
    return document("command-line.md");
  }

  private static String document(String name) throws IOException {
    return Files.readString(Path.of("../docs").resolve(name));
  }

  @TestFactory
  Stream<DynamicTest> consolesShowWhatCommandsGive() throws IOException {
    List<String> consoles = new ArrayList<>();
    for (String name : List.of("command-line.md", "messages.md", "har-files.md")) {
      Matcher console = CONSOLE.matcher(document(name));
      while (console.find()) {
        consoles.add(console.group(1));
      }
    }
    assertThat(consoles).hasSizeGreaterThan(16);
    return consoles.stream()
        .map(each -> DynamicTest.dynamicTest(each.lines().findFirst().orElse(""), () -> run(each)));
  }

  private void run(String console) throws IOException {
    int exit = 0;
    for (Step step : steps(console)) {
      if (step.command().startsWith("cat ")) {
        Files.writeString(directory.resolve(step.command().substring(4)), step.output());
      } else if (step.command().equals("echo $?")) {
        assertThat(exit + "\n").as(console).isEqualTo(step.output());
      } else {
        Run run = run(step);
        assertThat(run.out() + run.err()).as(step.command()).isEqualTo(step.output());
        exit = run.exit();
      }
    }
  }

  private static List<Step> steps(String console) {
    List<Step> steps = new ArrayList<>();
    for (String step : Pattern.compile("(?m)^\\$ ").split(console, -1)) {
      if (!step.isEmpty()) {
        int end = step.indexOf('\n');
        steps.add(new Step(step.substring(0, end), step.substring(end + 1)));
      }
    }
    return steps;
  }

  private Run run(Step step) throws IOException {
    assertThat(step.command()).startsWith("./sallyport ");
    String[] arguments = CommandLines.arguments(step.command());
    if (arguments[0].equals("serve") && step.output().contains("listens on")) {
      return serve(arguments);
    }
    for (int i = 0; i < arguments.length; i++) {
      Path file = directory.resolve(arguments[i].replace(':', '_'));
      if (arguments[i].startsWith("docs/")) {
        file = Path.of("..").resolve(arguments[i]);
      }
      arguments[i] = Files.exists(file) ? file.toString() : arguments[i];
    }
    Matcher input = INPUT.matcher(step.command());
    byte[] in = input.find() ? Files.readAllBytes(directory.resolve(input.group(1))) : new byte[0];
    Run run = Run.with(in, Map.of(), arguments);
    String prefix = directory + "/";
    return new Run(run.exit(), run.out().replace(prefix, ""), run.err().replace(prefix, ""));
  }

  /** At a port that is free, which is then said to be the one of the document. */
  private static Run serve(String[] arguments) {
    List<String> free = new ArrayList<>(List.of(arguments));
    free.addAll(List.of("--listen", "0"));
    try (Serving serving = Serving.start(free.toArray(String[]::new))) {
      String port = ":" + serving.port();
      Run run = serving.stop();
      return new Run(
          run.exit(),
          run.out(),
          run.err().replace(port, ":8080").replace("sallyport: fin", "^C\nsallyport: fin"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"command-line.md", "explain.md"})
  void otherCommandsAreUnderstood(String name) throws IOException {
    Matcher shell = SHELL.matcher(document(name));
    int understood = 0;
    while (shell.find()) {
      for (String line : shell.group(1).lines().toList()) {
        String command = line.replaceFirst("^source <\\((.*)\\)$", "$1");
        if (!command.startsWith("./sallyport demo") && !command.startsWith("curl ")) {
          commandLine().parseArgs(CommandLines.arguments(command));
          understood++;
        }
      }
    }
    assertThat(understood).isPositive();
  }

  @Test
  void everyCommandAndOptionIsDescribed() throws IOException {
    String document = document();
    for (CommandLine command : commandLine().getSubcommands().values()) {
      if (command.getCommandSpec().usageMessage().hidden()) {
        continue;
      }
      assertThat(document).contains("\n## " + command.getCommandName() + "\n");
      for (OptionSpec option : command.getCommandSpec().options()) {
        assertThat(document).containsPattern("`?" + option.longestName() + "\\b");
      }
    }
  }

  private static CommandLine commandLine() {
    return Sallyport.commandLine(
        Run.environment(
            "".getBytes(StandardCharsets.UTF_8), Map.of(), new StringWriter(), new StringWriter()));
  }
}
