package dev.sallyport.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/**
 * What a run of the program in this process gave.
 *
 * @param exit the exit code
 * @param out what came on standard output
 * @param err what came on standard error
 */
record Run(int exit, String out, String err) {

  /** Runs without input and without environment variables. */
  static Run of(String... args) {
    return with("", args);
  }

  /** Runs with {@code in} on standard input. */
  static Run with(String in, String... args) {
    return with(in.getBytes(StandardCharsets.UTF_8), Map.of(), args);
  }

  static Run with(byte[] in, Map<String, String> variables, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Sallyport.run(environment(in, variables, out, err), args);
    return new Run(exit, out.toString(), err.toString());
  }

  static Environment environment(
      byte[] in, Map<String, String> variables, StringWriter out, StringWriter err) {
    return new Environment(
        new ByteArrayInputStream(in),
        new PrintWriter(out),
        new PrintWriter(err),
        Ansi.OFF,
        Ansi.OFF,
        name -> Optional.ofNullable(variables.get(name)),
        stop -> {});
  }
}
