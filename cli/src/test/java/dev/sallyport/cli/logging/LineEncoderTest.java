package dev.sallyport.cli.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A line of the log stays a line, whoever wrote what is in it. */
class LineEncoderTest {

  private static String line(Level level, String time, String message, @Nullable Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent(
            "",
            new LoggerContext().getLogger("sallyport.access"),
            level,
            message,
            thrown,
            new Object[0]);
    event.setTimeStamp(Instant.parse(time).toEpochMilli());
    return new String(new LineEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "INFO,  2026-11-23T09:47:00.123Z, 2026-11-23T09:47:00.123Z INFO  sallyport.access GET /",
    "WARN,  2026-11-23T09:47:00Z,     2026-11-23T09:47:00.000Z WARN  sallyport.access GET /",
    "ERROR, 2026-11-23T09:00:00.05Z,  2026-11-23T09:00:00.050Z ERROR sallyport.access GET /",
    "DEBUG, 1969-12-31T23:59:59.999Z, 1969-12-31T23:59:59.999Z DEBUG sallyport.access GET /",
  })
  void timeLevelAndNameStandBeforeTheMessage(String level, String time, String line) {
    assertThat(line(Level.valueOf(level), time, "GET /", null)).isEqualTo(line + "\n");
  }

  @Test
  void whatCouldForgeALineOrMoveACursorIsEscaped() {
    String[][] cases = {
      {"a\r\nb", "a\\r\\nb"},
      {"a\tb", "a\\tb"},
      {"\u001b[2J", "\\u001b[2J"},
      {"\u009b2J", "\\u009b2J"},
      {"\u0000\u007f", "\\u0000\\u007f"},
      {"\u2028\u2029", "\\u2028\\u2029"},
      {"\u202e\u2066\u200b\ufeff", "\\u202e\\u2066\\u200b\\ufeff"},
      {"\ud83d", "\\ud83d"},
      {"b\u00fccher \ud83d\udc31 \u2026", "b\u00fccher \ud83d\udc31 \u2026"},
    };
    for (String[] each : cases) {
      assertThat(line(Level.INFO, "2026-11-23T09:47:00Z", each[0], null))
          .endsWith(" sallyport.access " + each[1] + "\n");
    }
  }

  @Test
  void whatWasThrownIsNamedInTheSameLine() {
    Exception thrown = new IllegalStateException("one\ntwo", new ArithmeticException("/ by zero"));
    assertThat(line(Level.ERROR, "2026-11-23T09:47:00Z", "it failed", thrown))
        .endsWith(
            " it failed: java.lang.IllegalStateException \"one\\ntwo\", because of"
                + " java.lang.ArithmeticException \"/ by zero\"\n");
    assertThat(line(Level.ERROR, "2026-11-23T09:47:00Z", "it failed", new Error()))
        .endsWith(" it failed: java.lang.Error\n");
  }
}
