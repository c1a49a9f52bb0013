package dev.sallyport.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sallyport origin}: the origin of a URL, and whether two URLs have the same. */
@Command(
    name = "origin",
    header = "Show the origin of a URL, or whether two URLs are of the same origin and site.",
    description = {
      "The origin of a URL is its scheme, host and port, as browsers read them. A page may read what"
          + " its own origin answers; what another origin answers, only if that one allows it.",
      "",
      "With - instead of a URL, each line of standard input is a case, {\"id\",\"url\",\"base\"?},"
          + " and is answered by a line of JSON with the same id."
    },
    footer = {
      "What origin does a page have?",
      "  ${ROOT-COMMAND-NAME} origin https://blog.foo.com:8443/2026/11/hello.html",
      "May a page of the first read what the second answers? (exit code 1: not without CORS)",
      "  ${ROOT-COMMAND-NAME} origin http://foo.com https://foo.com",
      "The same for a program:",
      "  ${ROOT-COMMAND-NAME} origin --json http://www.foo.com http://blog.foo.com",
      "Thousands of them at once:",
      "  ${ROOT-COMMAND-NAME} origin - < cases.ndjson"
    },
    exitCodeList = {
      "0:Fine; of two URLs: they are of the same origin; with -: every line was a case.",
      "1:A URL could not be understood; of two URLs: they are not of the same origin.",
      "2:The command was called wrongly; with -: a line was no case."
    })
final class OriginCommand implements Callable<Integer> {
  private final Environment environment;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "URL",
      description = "An absolute URL, or - for cases on standard input.")
  private String first = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "URL",
      description = "Another one, to compare the first with.")
  private @Nullable String second;

  @Option(names = "--json", description = "Answer in JSON, in one line.")
  private boolean json;

  OriginCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (second != null && (first.equals("-") || second.equals("-"))) {
      throw new ParameterException(
          spec.commandLine(),
          "- stands for all the cases on standard input, so nothing is beside it");
    }
    if (first.equals("-")) {
      return answerCases();
    }
    return second == null
        ? tell(UrlReading.of(first))
        : compare(UrlReading.of(first), UrlReading.of(second));
  }

  private int answerCases() {
    try {
      return CaseLines.answerAll(
          environment.in(), environment.out(), new OriginCases(environment.out())::answer);
    } catch (IOException e) {
      return environment.tellUnreadable(e);
    }
  }

  private int tell(UrlReading reading) {
    if (json) {
      OriginJson.line(environment.out(), reading);
    } else if (reading instanceof UrlReading.Understood url) {
      OriginReport.of(url, environment.outColours()).forEach(environment.out()::println);
    } else {
      complain(reading);
    }
    return reading instanceof UrlReading.Understood ? Exit.FINE : Exit.NO;
  }

  private int compare(UrlReading a, UrlReading b) {
    if (json) {
      OriginJson.line(environment.out(), a, b);
    } else if (a instanceof UrlReading.Understood one && b instanceof UrlReading.Understood other) {
      OriginReport.of(one, other, environment.outColours()).forEach(environment.out()::println);
    } else {
      complain(a);
      complain(b);
    }
    return a instanceof UrlReading.Understood one
            && b instanceof UrlReading.Understood other
            && Comparison.of(one.origin(), other.origin()).sameOrigin()
        ? Exit.FINE
        : Exit.NO;
  }

  private void complain(UrlReading reading) {
    if (reading instanceof UrlReading.Refused refused) {
      environment.err().println("sallyport: " + refused.error() + refused.hint());
    }
  }
}
