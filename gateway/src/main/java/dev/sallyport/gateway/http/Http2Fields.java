package dev.sallyport.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Carries fields from the header lists of HTTP/2 into the headers of HTTP/1.1, and back.
 *
 * <p>What HTTP/1.1 could not say is refused, never mended: a line break in a value would become a
 * header of its own.
 */
final class Http2Fields {
  /** About a connection, which HTTP/2 says by frames. */
  private static final HeaderNames OF_CONNECTIONS =
      HeaderNames.of(
          List.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"));

  private Http2Fields() {}

  /**
   * Reads all fields but the pseudo-headers.
   *
   * @throws MalformedException when one is what no field may be
   */
  static void read(Http2Headers list, HttpHeaders into) {
    int lines = 0;
    StringBuilder cookies = new StringBuilder();
    for (Map.Entry<CharSequence, CharSequence> field : list) {
      CharSequence name = field.getKey();
      CharSequence value = field.getValue();
      if (++lines > HeaderLines.MOST) {
        throw new MalformedException(
            Fault.HEAD_TOO_LARGE, "There are more than " + HeaderLines.MOST + " header lines.");
      }
      checkValue(value);
      if (PseudoHeaderName.hasPseudoHeaderFormat(name)) {
        continue;
      }
      checkName(name);
      if (AsciiString.contentEquals(HttpHeaderNames.COOKIE, name)) {
        // RFC 9113, 8.2.3: crumbs are one header where they leave HTTP/2.
        cookies.append(cookies.isEmpty() ? "" : "; ").append(value);
      } else {
        into.add(name, value);
      }
    }
    if (!cookies.isEmpty()) {
      into.set(HttpHeaderNames.COOKIE, cookies.toString());
    }
  }

  /**
   * Reads the trailers that end a body.
   *
   * @throws MalformedException when they are not what trailers may be
   */
  static void readTrailers(Http2Headers list, HttpHeaders into) {
    for (Map.Entry<CharSequence, CharSequence> field : list) {
      if (PseudoHeaderName.hasPseudoHeaderFormat(field.getKey())) {
        throw new MalformedException(Fault.CHUNK, "A pseudo-header stands among the trailers.");
      }
    }
    read(list, into);
  }

  private static void checkName(CharSequence name) {
    if (name.length() == 0 || HttpHeaderValidationUtil.validateToken(name) != -1) {
      throw new MalformedException(
          Fault.HEADER_NAME, "A header's name is empty or has a character that no name may have.");
    }
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
        throw new MalformedException(
            Fault.HEADER_NAME, "A header's name has capitals, which HTTP/2 does not know.");
      }
    }
    if (OF_CONNECTIONS.contains(name)) {
      throw new MalformedException(
          Fault.CONNECTION, "HTTP/2 knows no header that is about the connection.");
    }
  }

  private static void checkValue(CharSequence value) {
    int end = value.length() - 1;
    if (HttpHeaderValidationUtil.validateValidHeaderValue(value) != -1
        || end >= 0 && (isBlank(value.charAt(0)) || isBlank(value.charAt(end)))) {
      throw new MalformedException(
          Fault.HEADER_VALUE,
          "A header's value has a control character, or a blank at its beginning or end.");
    }
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  /** Writes all fields but those about the connection. */
  static void write(HttpHeaders from, Http2Headers into) {
    Iterator<Map.Entry<CharSequence, CharSequence>> fields = from.iteratorCharSequence();
    while (fields.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = fields.next();
      if (!OF_CONNECTIONS.contains(field.getKey())) {
        into.add(AsciiString.of(field.getKey()).toLowerCase(), AsciiString.of(field.getValue()));
      }
    }
  }
}
