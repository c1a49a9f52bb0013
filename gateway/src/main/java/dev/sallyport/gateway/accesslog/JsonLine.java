package dev.sallyport.gateway.accesslog;

import dev.sallyport.gateway.accesslog.AccessEntry.Request;
import dev.sallyport.gateway.accesslog.AccessEntry.Upstream;
import dev.sallyport.gateway.answer.JsonText;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A request as a JSON object in ASCII. Every line has every key, in the same order; what there is
 * not is null. Times are in milliseconds.
 */
final class JsonLine {
  private static final DateTimeFormatter TO_THE_MILLISECOND =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  void append(AccessEntry entry, StringBuilder text) {
    Request request = entry.request();
    Upstream upstream = entry.upstream();
    text.append("{\"time\":\"");
    TO_THE_MILLISECOND.formatTo(entry.time(), text);
    text.append('"');
    string(text, "client", request.client());
    string(text, "method", request.method());
    string(text, "path", request.path());
    string(text, "protocol", request.protocol());
    number(text, "status", entry.status() == 0 ? -1 : entry.status());
    number(text, "bytes", entry.bytes());
    millis(text, "durationMs", entry.nanos());
    string(text, "route", entry.route());
    string(text, "category", entry.verdict().category());
    string(text, "decision", entry.verdict().decision());
    string(text, "reason", entry.reason());
    string(text, "ending", entry.ending());
    string(text, "origin", request.origin());
    string(text, "upstream", upstream == null ? null : upstream.name());
    millis(text, "upstreamConnectMs", upstream == null ? -1 : upstream.connect());
    millis(text, "upstreamFirstByteMs", upstream == null ? -1 : upstream.firstByte());
    millis(text, "upstreamTotalMs", upstream == null ? -1 : upstream.total());
    text.append("}\n");
  }

  private static void string(StringBuilder text, String key, @Nullable String value) {
    key(text, key).append(value == null ? "null" : JsonText.quote(value));
  }

  private static void number(StringBuilder text, String key, long value) {
    key(text, key);
    if (value < 0) {
      text.append("null");
    } else {
      text.append(value);
    }
  }

  /** Milliseconds with three decimals: as fine as anything here is measured. */
  private static void millis(StringBuilder text, String key, long nanos) {
    key(text, key);
    if (nanos < 0) {
      text.append("null");
      return;
    }
    long micros = nanos / 1_000;
    int fraction = (int) (micros % 1_000);
    text.append(micros / 1_000)
        .append('.')
        .append((char) ('0' + fraction / 100))
        .append((char) ('0' + fraction / 10 % 10))
        .append((char) ('0' + fraction % 10));
  }

  private static StringBuilder key(StringBuilder text, String key) {
    return text.append(",\"").append(key).append("\":");
  }
}
