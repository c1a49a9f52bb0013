package dev.sallyport.cli;

import dev.sallyport.origin.Printable;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Help.Ansi;

/**
 * What a command sees of the world outside.
 *
 * @param in standard input
 * @param out standard output: data
 * @param err standard error: talk
 * @param outColours whether what goes to {@code out} is coloured
 * @param errColours whether what goes to {@code err} is coloured
 * @param variables the environment variables; empty for one that is not set
 * @param stopSignals what tells a command that serves to end
 */
record Environment(
    InputStream in,
    PrintWriter out,
    PrintWriter err,
    Ansi outColours,
    Ansi errColours,
    Function<String, Optional<String>> variables,
    StopSignals stopSignals) {

  /** That of this process, writing to {@code out}; both outputs are UTF-8, whatever the locale. */
  static Environment ofProcess(OutputStream out) {
    Function<String, Optional<String>> variables = name -> Optional.ofNullable(System.getenv(name));
    return new Environment(
        System.in,
        new PrintWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8)),
        new PrintWriter(
            new OutputStreamWriter(StandardOutput.of(FileDescriptor.err), StandardCharsets.UTF_8),
            true),
        colours(1, variables),
        colours(2, variables),
        variables,
        StopSignals.ofProcess());
  }

  private static Ansi colours(int descriptor, Function<String, Optional<String>> variables) {
    return Terminal.isColoured(descriptor, variables) ? Ansi.ON : Ansi.OFF;
  }

  /** Whether whoever runs the command wants to see stack traces. */
  boolean isDebugging() {
    return variables.apply("SALLYPORT_DEBUG").filter(value -> !value.isEmpty()).isPresent();
  }

  /**
   * Says that standard input broke off.
   *
   * @return the exit code
   */
  int tellUnreadable(IOException e) {
    err.println(
        "sallyport: standard input cannot be read: "
            + Printable.of(String.valueOf(e.getMessage()))
            + ". Give it a file or a pipe.");
    return Exit.NO;
  }
}
