package dev.sallyport.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** What goes into the log, and that all of it is written before the end. */
class LoggingTest {

  private static List<String> logged(LogLevel least, boolean access) {
    PrintStream err = System.err;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    try {
      Logging.start(least, access);
      LoggerFactory.getLogger("sallyport.access").info("a request");
      LoggerFactory.getLogger("sallyport.decision").info("a denial");
      LoggerFactory.getLogger("sallyport.decision").debug("a detail");
      LoggerFactory.getLogger("dev.sallyport.gateway.Gateway").warn("a warning");
      LoggerFactory.getLogger("dev.sallyport.gateway.Gateway").error("an error");
      LoggerFactory.getLogger("io.netty.util").info("another's talk");
      LoggerFactory.getLogger("io.netty.util").warn("another's warning");
      Logging.stop();
      LoggerFactory.getLogger("sallyport.access").error("after the end");
    } finally {
      System.setErr(err);
    }
    return written
        .toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> line.replaceFirst("^\\S+Z (\\S+) +\\S+ ", "$1 "))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OFF   | true  |
          ERROR | true  | ERROR an error
          WARN  | true  | WARN a warning, ERROR an error, WARN another's warning
          INFO  | true  | INFO a request, INFO a denial, WARN a warning, ERROR an error, WARN another's warning
          INFO  | false | INFO a denial, WARN a warning, ERROR an error, WARN another's warning
          DEBUG | true  | INFO a request, INFO a denial, DEBUG a detail, WARN a warning, ERROR an error, WARN another's warning
          """)
  void whatIsLoggedIsWhatWasAskedFor(LogLevel least, boolean access, String lines) {
    assertThat(String.join(", ", logged(least, access))).isEqualTo(lines == null ? "" : lines);
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void everyLineThatWaitsIsWrittenAtTheEnd(int times) {
    for (int i = 0; i < times; i++) {
      PrintStream err = System.err;
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
      try {
        Logging.start(LogLevel.INFO, true);
        for (int line = 0; line < 5000; line++) {
          LoggerFactory.getLogger("sallyport.access").info("line {}", line);
        }
        Logging.stop();
      } finally {
        System.setErr(err);
      }
      assertThat(written.toString(StandardCharsets.UTF_8).lines()).hasSize(5000);
    }
  }
}
