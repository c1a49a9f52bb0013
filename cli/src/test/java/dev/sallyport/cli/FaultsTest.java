package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Help.Ansi;

/** What should not have happened frightens nobody, and can be reported. */
class FaultsTest {

  private static String told(Map<String, String> variables, Throwable fault) {
    StringWriter err = new StringWriter();
    int exit = Faults.tell(fault, Run.environment(new byte[0], variables, new StringWriter(), err));
    assertThat(exit).isEqualTo(70);
    return err.toString();
  }

  @Test
  void oneLineSaysWhatToReport() {
    Exception fault =
        new IllegalStateException("a\nb\u001b[31m", new ArithmeticException("/ by zero"));
    assertThat(told(Map.of(), fault))
        .matches(
            "sallyport: this is a fault of Sallyport's own: java\\.lang\\.IllegalStateException"
                + " \"a\\\\u000ab\\\\u001b\\[31m\" at FaultsTest\\.java:\\d+, because of"
                + " java\\.lang\\.ArithmeticException \"/ by zero\" at FaultsTest\\.java:\\d+\\."
                + " Please report this line together with the command; with SALLYPORT_DEBUG=1 there"
                + " is more to report\\.\n");
  }

  @Test
  void theStackTraceIsThereForWhoAsks() {
    assertThat(told(Map.of("SALLYPORT_DEBUG", "1"), new IllegalStateException("x")))
        .contains("\tat dev.sallyport.cli.FaultsTest.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0"})
  void anEmptyVariableIsNotSet(String value) {
    String told = told(Map.of("SALLYPORT_DEBUG", value), new IllegalStateException("x"));
    assertThat(told.contains("\tat ")).isEqualTo(!value.isEmpty());
  }

  @Test
  void aFaultWithoutMessageAndTraceIsToldToo() {
    Throwable fault = new StackOverflowError();
    fault.setStackTrace(new StackTraceElement[0]);
    assertThat(told(Map.of(), fault)).contains("own: java.lang.StackOverflowError. Please");
  }

  @Test
  void aFaultOfACommandIsCaught() {
    StringWriter err = new StringWriter();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() {
            throw new IllegalStateException("broken");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return read();
          }
        };
    assertThat(Sallyport.run(environment(broken, err), "origin", "-")).isEqualTo(70);
    assertThat(err.toString()).contains("\"broken\" at FaultsTest.java:").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"origin", "validate"})
  void anInputThatBreaksOffIsNoFault(String command) {
    StringWriter err = new StringWriter();
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Is a directory");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };
    assertThat(Sallyport.run(environment(broken, err), command, "-")).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo(
            "sallyport: standard input cannot be read: Is a directory. Give it a file or a pipe.\n");
  }

  private static Environment environment(InputStream in, StringWriter err) {
    return new Environment(
        in,
        new PrintWriter(new StringWriter()),
        new PrintWriter(err),
        Ansi.OFF,
        Ansi.OFF,
        name -> Optional.empty(),
        stop -> {});
  }
}
