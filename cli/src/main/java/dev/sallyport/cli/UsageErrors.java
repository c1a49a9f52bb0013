package dev.sallyport.cli;

import dev.sallyport.origin.Printable;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says how a command was called wrongly, what was probably meant, and where to learn more. */
final class UsageErrors implements IParameterExceptionHandler {
  private final Environment environment;

  UsageErrors(Environment environment) {
    this.environment = environment;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = environment.err();
    err.println("sallyport: " + sentence(message(e)));
    err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return Exit.USAGE;
  }

  private static String message(ParameterException e) {
    CommandLine command = e.getCommandLine();
    if (e instanceof MissingParameterException && !command.getUnmatchedArguments().isEmpty()) {
      // A misspelled option is why the right one is missing.
      return message(new UnmatchedArgumentException(command, command.getUnmatchedArguments()));
    }
    if (!(e instanceof UnmatchedArgumentException unmatched)
        || unmatched.getUnmatched().isEmpty()) {
      return String.valueOf(e.getMessage());
    }
    String argument = unmatched.getUnmatched().get(0);
    boolean group = command.getCommandSpec().parent() == null;
    String kind = unmatched.isUnknownOption() ? "option" : group ? "command" : "argument";
    String whose = group ? "" : " of " + command.getCommandName();
    String message =
        kind.equals("argument")
            ? command.getCommandName()
                + " takes no argument \""
                + Printable.of(argument)
                + "\" here"
            : "there is no " + kind + " \"" + Printable.of(argument) + "\"" + whose;
    return message + suggestion(unmatched.getSuggestions());
  }

  /** The likest of them; they come in that order. */
  private static String suggestion(List<String> suggestions) {
    return suggestions.isEmpty() ? "" : ". Did you mean " + suggestions.get(0) + "?";
  }

  private static String sentence(String message) {
    return message.endsWith("?") || message.endsWith(".") ? message : message + ".";
  }
}
