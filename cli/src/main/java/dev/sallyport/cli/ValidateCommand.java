package dev.sallyport.cli;

import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.ConfigProblem;
import dev.sallyport.gateway.config.ConfigResult;
import dev.sallyport.gateway.config.GatewayConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sallyport validate}: every problem of a configuration, before it is used. */
@Command(
    name = "validate",
    header = "Show every problem of a configuration: where it is, why it is one, how to mend it.",
    description =
        "Nothing is served and nobody is called. What serve would refuse is an error; what it would"
            + " take and its author would want to know is a warning. Environment variables that the"
            + " configuration names must be set, as for serve.",
    footer = {
      "Check a configuration before it is used:",
      "  ${ROOT-COMMAND-NAME} validate sallyport.yaml",
      "Check several, as a step of continuous integration:",
      "  ${ROOT-COMMAND-NAME} validate staging.yaml production.yaml",
      "The same for a program:",
      "  ${ROOT-COMMAND-NAME} validate --json sallyport.yaml",
      "Check what another program makes:",
      "  ${ROOT-COMMAND-NAME} validate - < sallyport.yaml"
    },
    exitCodeList = {
      "0:There are no errors, though there may be warnings.",
      "1:There are errors.",
      "2:The command was called wrongly."
    })
final class ValidateCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";

  private final Environment environment;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Configurations; - for one on standard input.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--json",
      description = "Answer in JSON: a list of {file, line, column, severity, message}.")
  private boolean json;

  ValidateCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (files.stream().filter(STANDARD_INPUT::equals).count() > 1) {
      throw new ParameterException(spec.commandLine(), "standard input can be read only once");
    }
    try {
      return validate();
    } catch (IOException e) {
      return environment.tellUnreadable(e);
    }
  }

  private int validate() throws IOException {
    List<ConfigProblem> all = new ArrayList<>();
    boolean fine = true;
    for (String file : files) {
      ConfigResult result = read(file);
      all.addAll(result.problems());
      fine &= result.config().isPresent();
      if (!json) {
        tell(file, result);
      }
    }
    if (json) {
      Json.line(environment.out(), out -> ProblemJson.write(out, all));
    }
    return fine ? Exit.FINE : Exit.NO;
  }

  private ConfigResult read(String file) throws IOException {
    return file.equals(STANDARD_INPUT)
        ? ConfigFile.read(file, environment.in(), environment.variables())
        : ConfigFile.read(Path.of(file), environment.variables());
  }

  private void tell(String file, ConfigResult result) {
    result.problems().forEach(environment.out()::println);
    String verdict =
        result
            .config()
            .map(config -> file + " is fine: " + contents(config, result.problems()))
            .orElseGet(() -> file + " cannot be used: " + ProblemCount.of(result.problems()));
    environment.out().println(verdict + ".");
  }

  private static String contents(GatewayConfig config, List<ConfigProblem> warnings) {
    String contents =
        ProblemCount.count(config.routes().size(), "route")
            + ", "
            + ProblemCount.count(config.listeners().size(), "listener");
    return warnings.isEmpty() ? contents : contents + ", " + ProblemCount.of(warnings);
  }
}
