package dev.sallyport.gateway.relay;

import io.netty.util.AsciiString;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The value of {@code Date}, written once a second.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#http.date">RFC 9110, IMF-fixdate</a>
 */
final class HttpDate {
  private static final DateTimeFormatter IMF_FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private long second = -1;
  private AsciiString text = AsciiString.EMPTY_STRING;

  AsciiString now() {
    Instant now = Instant.now();
    if (now.getEpochSecond() != second) {
      second = now.getEpochSecond();
      text = AsciiString.of(IMF_FIXDATE.format(now));
    }
    return text;
  }
}
