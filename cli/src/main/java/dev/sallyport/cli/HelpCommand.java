package dev.sallyport.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code sallyport help serve}: the same as {@code sallyport serve --help}. */
@Command(
    name = "help",
    header = "Show what a command does, with examples.",
    description = "Without a command, shows which there are.",
    footer = {
      "Which commands are there?",
      "  ${ROOT-COMMAND-NAME} help",
      "How is a gateway run?",
      "  ${ROOT-COMMAND-NAME} help serve"
    })
final class HelpCommand implements Callable<Integer> {
  private final Environment environment;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "COMMAND",
      description = "The command to explain.")
  private @Nullable String name;

  HelpCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    Map<String, CommandLine> commands = root.getSubcommands();
    CommandLine wanted = name == null ? root : commands.get(name);
    if (wanted == null) {
      throw new UnmatchedArgumentException(root, List.of(String.valueOf(name)));
    }
    wanted.usage(environment.out());
    return Exit.FINE;
  }
}
