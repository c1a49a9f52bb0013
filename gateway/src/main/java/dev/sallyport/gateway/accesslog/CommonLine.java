package dev.sallyport.gateway.accesslog;

import dev.sallyport.gateway.accesslog.AccessEntry.Request;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request in the Common Log Format, or the Combined one, escaped as Apache httpd does: a quote
 * and a backslash behind a backslash, what is no printable ASCII as {@code \x1b}.
 */
final class CommonLine {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss '+0000'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final boolean combined;

  /**
   * The format.
   *
   * @param combined whether {@code Referer} and {@code User-Agent} stand at the end
   */
  CommonLine(boolean combined) {
    this.combined = combined;
  }

  void append(AccessEntry entry, StringBuilder text) {
    Request request = entry.request();
    text.append(request.client()).append(" - - [");
    TIME.formatTo(entry.time(), text);
    text.append("] \"");
    escape(text, request.method());
    text.append(' ');
    escape(text, request.path());
    text.append(' ').append(request.protocol()).append("\" ");
    orDash(text, entry.status()).append(' ');
    orDash(text, entry.bytes());
    if (combined) {
      quote(text, request.referer());
      quote(text, request.userAgent());
    }
    text.append('\n');
  }

  private static StringBuilder orDash(StringBuilder text, long number) {
    return number == 0 ? text.append('-') : text.append(number);
  }

  private static void quote(StringBuilder text, @Nullable String value) {
    text.append(" \"");
    escape(text, value == null || value.isEmpty() ? "-" : value);
    text.append('"');
  }

  private static void escape(StringBuilder text, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c >= 0x20 && c <= 0x7e) {
        text.append(c);
      } else if (c <= 0xff) {
        hex(text.append("\\x"), c, 4);
      } else {
        hex(text.append("\\u"), c, 12);
      }
    }
  }

  private static void hex(StringBuilder text, char c, int highest) {
    for (int shift = highest; shift >= 0; shift -= 4) {
      text.append(Character.forDigit(c >> shift & 0xf, 16));
    }
  }
}
