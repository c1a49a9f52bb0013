package dev.sallyport.cli;

import dev.sallyport.cli.demo.DemoCommand;
import java.io.FileDescriptor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program: reads the command line and runs the command it names. */
@Command(
    name = "sallyport",
    versionProvider = Versions.class,
    header = "CORS done right: a gateway between web pages and the APIs they call.",
    description =
        "A page of one origin may read what another origin's server answers only if that answer says"
            + " so, by CORS. Sallyport stands in front of a server that does not say so, and says it:"
            + " to the pages you name, and to no others.",
    footer = {
      "Let pages of one origin use an API that knows no CORS:",
      "  ${ROOT-COMMAND-NAME} serve --to https://photos.bar.com/api \\",
      "      --allow-origin https://blog.foo.com",
      "Check a configuration before it is used:",
      "  ${ROOT-COMMAND-NAME} validate sallyport.yaml",
      "Ask why a browser keeps an answer from a page, and what to change:",
      "  ${ROOT-COMMAND-NAME} explain https://api.bar.com/v1 --page https://blog.foo.com",
      "Ask a live server as a browser would:",
      "  ${ROOT-COMMAND-NAME} probe https://api.bar.com/v1 --origin https://blog.foo.com",
      "Ask whether two URLs are of the same origin:",
      "  ${ROOT-COMMAND-NAME} origin http://foo.com https://foo.com",
      "Learn what a command does:",
      "  ${ROOT-COMMAND-NAME} help serve"
    },
    exitCodeList = {
      "0:Fine, or the answer is yes.",
      "1:The answer is no, or what was asked for could not be done.",
      "2:The command was called wrongly.",
      "70:A fault of Sallyport's own."
    })
public final class Sallyport implements Callable<Integer> {
  private static final String NAME = "sallyport";

  /** The commands that speak of the others. */
  private static final Set<String> NEEDS_ALL = Set.of("help", "completion");

  private final Environment environment;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("UnusedVariable") // read by picocli
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the versions of Sallyport and of what it is made of.")
  private boolean version;

  private Sallyport(Environment environment) {
    this.environment = environment;
  }

  /** Runs the program and ends the process with its exit code. */
  public static void main(String[] args) {
    StandardOutput out = StandardOutput.of(FileDescriptor.out);
    Environment environment = Environment.ofProcess(out);
    int exit = run(environment, args);
    if (out.failure().isPresent()) {
      environment
          .err()
          .println(
              "sallyport: standard output cannot be written to: "
                  + out.failure().get().getMessage()
                  + ". What came out of it is not all.");
      exit = Exit.NO;
    }
    System.exit(exit);
  }

  /** Runs what {@code args} say; the outputs are flushed, nothing is thrown. */
  static int run(Environment environment, String... args) {
    try {
      return commandLine(environment, args).execute(args);
    } catch (Throwable fault) {
      return Faults.tell(fault, environment);
    } finally {
      environment.out().flush();
      environment.err().flush();
    }
  }

  /** The commands in the order in which they are listed. */
  private static Map<String, Supplier<Object>> commands(Environment environment) {
    Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
    commands.put("serve", () -> new ServeCommand(environment));
    commands.put("demo", () -> demo(environment));
    commands.put("validate", () -> new ValidateCommand(environment));
    commands.put("schema", () -> new SchemaCommand(environment));
    commands.put("origin", () -> new OriginCommand(environment));
    commands.put("pattern", () -> new PatternCommand(environment));
    commands.put("explain", () -> new ExplainCommand(environment));
    commands.put("probe", () -> new ProbeCommand(environment));
    commands.put("completion", () -> new CompletionCommand(environment));
    commands.put("help", () -> new HelpCommand(environment));
    commands.put("training-run", () -> new TrainingRunCommand(environment));
    return commands;
  }

  private static DemoCommand demo(Environment environment) {
    return new DemoCommand(
        environment.out(),
        environment.err(),
        environment.outColours(),
        environment.variables(),
        environment.stopSignals()::onFirst);
  }

  /** The parser of the whole command line, with all commands. */
  static CommandLine commandLine(Environment environment) {
    return commandLine(environment, commands(environment));
  }

  /**
   * The parser that {@code args} need: when they name a command, that of this command alone, which
   * takes a good part less of the time to start.
   */
  private static CommandLine commandLine(Environment environment, String[] args) {
    Map<String, Supplier<Object>> commands = commands(environment);
    if (args.length > 0 && !NEEDS_ALL.contains(args[0]) && commands.containsKey(args[0])) {
      commands.keySet().retainAll(Set.of(args[0]));
    }
    return commandLine(environment, commands);
  }

  private static CommandLine commandLine(
      Environment environment, Map<String, Supplier<Object>> commands) {
    CommandLine root = new CommandLine(new Sallyport(environment));
    root.setCommandName(name(System.getProperty("sallyport.command", NAME)));
    commands.forEach((name, command) -> root.addSubcommand(name, command.get()));
    HelpLayout.apply(root);
    Words.register(root);
    return root.setOut(environment.out())
        .setErr(environment.err())
        .setColorScheme(HelpLayout.colours(environment.outColours()))
        // An argument is what it is: "@" starts no file of arguments.
        .setExpandAtFiles(false)
        .setParameterExceptionHandler(new UsageErrors(environment))
        .setExecutionExceptionHandler(
            (fault, commandLine, parsed) -> Faults.tell(fault, environment));
  }

  /**
   * The name in the examples: as it was typed, so that they can be copied, or the plain one when
   * what was typed is found by {@code PATH} or would need quotes.
   */
  static String name(String typed) {
    return typed.matches("[\\w.-][\\w./-]*") ? typed : NAME;
  }

  /** No command was given: shows what there is to give. */
  @Override
  public Integer call() {
    spec.commandLine().usage(environment.err(), HelpLayout.colours(environment.errColours()));
    return Exit.USAGE;
  }
}
