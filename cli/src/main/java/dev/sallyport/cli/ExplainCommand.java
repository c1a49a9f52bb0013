package dev.sallyport.cli;

import dev.sallyport.fetch.Profile;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sallyport explain}: what a browser makes of a request and its answers, and why. */
@Command(
    name = "explain",
    header = "Explain why a browser keeps an answer from a page, and what to change.")
final class ExplainCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(index = "0", paramLabel = "URL", description = "What the page asks for, or -.")
  private String url = "";

  @Option(names = "--browser", paramLabel = "NAME", description = "Whose behaviour.")
  private Profile profile = Profile.STANDARD;

  ExplainCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    try {
      return CaseLines.answerAll(
          environment.in(),
          environment.out(),
          new ExplainCases(profile, environment.out())::answer);
    } catch (IOException e) {
      return environment.tellUnreadable(e);
    }
  }
}
