package dev.sallyport.cli.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Writes an event as a line: {@code 2026-11-23T09:47:00.123Z INFO sallyport.access GET /photos}.
 *
 * <p>Control characters are escaped, whoever sent them: a line stays a line, and a terminal takes
 * no orders from it. A stack trace is written only where it was asked for; otherwise what was
 * thrown is named at the line's end.
 */
final class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final byte[] NOTHING = {};

  private final boolean stackTraces =
      !Objects.requireNonNullElse(System.getenv("SALLYPORT_DEBUG"), "").isEmpty();

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(160);
    appendTime(line, event.getTimeStamp());
    line.append(' ').append(event.getLevel());
    line.append(event.getLevel().levelStr.length() == 4 ? "  " : " ");
    line.append(event.getLoggerName()).append(' ');
    appendEscaped(line, event.getFormattedMessage());
    IThrowableProxy thrown = event.getThrowableProxy();
    for (IThrowableProxy t = thrown; t != null; t = t.getCause()) {
      line.append(t == thrown ? ": " : ", because of ").append(t.getClassName());
      if (t.getMessage() != null) {
        line.append(" \"");
        appendEscaped(line, t.getMessage());
        line.append('"');
      }
    }
    line.append('\n');
    if (thrown != null && stackTraces) {
      line.append(ThrowableProxyUtil.asString(thrown));
    }
    return line.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** To the millisecond, always as long. */
  private static void appendTime(StringBuilder line, long millis) {
    line.append(Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS));
    line.setLength(line.length() - 1);
    line.append('.');
    int fraction = (int) Math.floorMod(millis, 1000L);
    line.append((char) ('0' + fraction / 100));
    line.append((char) ('0' + fraction / 10 % 10));
    line.append((char) ('0' + fraction % 10));
    line.append('Z');
  }

  private static void appendEscaped(StringBuilder line, String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (isUnfit(c)) {
            appendHex(line, c);
          } else {
            line.appendCodePoint(c);
          }
        }
      }
    }
  }

  private static void appendHex(StringBuilder line, int c) {
    for (char unit : Character.toChars(c)) {
      line.append("\\u");
      for (int shift = 12; shift >= 0; shift -= 4) {
        line.append(Character.forDigit(unit >> shift & 0xf, 16));
      }
    }
  }

  /**
   * Controls, those of the second block too, which terminals obey as well; marks that turn the
   * direction of writing or show nothing; separators of lines and paragraphs; halves of characters.
   */
  private static boolean isUnfit(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> false;
    };
  }
}
