package dev.sallyport.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.Iterator;

/**
 * How long the body of a message is, said by exactly one header or by none.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9112#name-message-body-length">RFC 9112, section
 *     6.3</a>
 */
public final class BodyLength {
  /** The body comes in chunks. */
  public static final long CHUNKED = -1;

  /** The body ends where the connection does. */
  public static final long UNTIL_CLOSE = -2;

  private static final int MOST_DIGITS = 18;

  private static final AsciiString WEBSOCKET_KEY1 = AsciiString.cached("sec-websocket-key1");
  private static final AsciiString WEBSOCKET_KEY2 = AsciiString.cached("sec-websocket-key2");

  private BodyLength() {}

  /**
   * The length of a request's body: a number, or {@link #CHUNKED}.
   *
   * @throws MalformedException when two servers could find two lengths
   */
  public static long of(HttpRequest request) {
    HttpHeaders headers = request.headers();
    if (headers.contains(WEBSOCKET_KEY1) && headers.contains(WEBSOCKET_KEY2)) {
      // Such a handshake has eight bytes of body that no header announces.
      throw new MalformedException(
          Fault.LENGTH, "A WebSocket handshake of a draft has a body without a length.");
    }
    long length = declared(request);
    return length == UNTIL_CLOSE ? 0 : length;
  }

  /**
   * The length of a response's body: a number, {@link #CHUNKED} or {@link #UNTIL_CLOSE}; what the
   * headers say does not count where there never is a body.
   *
   * @param toHead whether it answers {@code HEAD}
   * @throws MalformedException when two clients could find two lengths
   */
  public static long of(HttpResponse response, boolean toHead) {
    long length = declared(response);
    return toHead || isNeverWithBody(response.status()) ? 0 : length;
  }

  /** Whether responses of this status have no body, whatever their headers say. */
  public static boolean isNeverWithBody(HttpResponseStatus status) {
    return status.code() == 204
        || status.code() == 304
        || status.codeClass() == HttpStatusClass.INFORMATIONAL;
  }

  /** Writes the length afresh where it was written oddly: {@code 007}. */
  public static void writeAfresh(HttpHeaders headers) {
    String written = headers.get(HttpHeaderNames.CONTENT_LENGTH);
    if (written != null && written.length() > 1 && written.charAt(0) == '0') {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(number(written)));
    }
  }

  private static long declared(HttpMessage message) {
    Iterator<? extends CharSequence> encodings =
        message.headers().valueCharSequenceIterator(HttpHeaderNames.TRANSFER_ENCODING);
    Iterator<? extends CharSequence> lengths =
        message.headers().valueCharSequenceIterator(HttpHeaderNames.CONTENT_LENGTH);
    if (encodings.hasNext()) {
      CharSequence encoding = encodings.next();
      if (encodings.hasNext() || !AsciiString.contentEqualsIgnoreCase(encoding, "chunked")) {
        throw new MalformedException(
            Fault.TRANSFER_ENCODING, "Transfer-Encoding is not exactly \"chunked\".");
      }
      if (lengths.hasNext()) {
        throw new MalformedException(
            Fault.LENGTH_AND_ENCODING, "There are both Content-Length and Transfer-Encoding.");
      }
      if (!message.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
        throw new MalformedException(
            Fault.TRANSFER_ENCODING, "HTTP/1.0 knows no Transfer-Encoding.");
      }
      return CHUNKED;
    }
    if (!lengths.hasNext()) {
      return UNTIL_CLOSE;
    }
    CharSequence length = lengths.next();
    if (lengths.hasNext()) {
      throw new MalformedException(
          Fault.LENGTH_REPEATED, "There are several Content-Length headers.");
    }
    return number(length);
  }

  private static long number(CharSequence digits) {
    long number = digits.length() == 0 || digits.length() > MOST_DIGITS ? -1 : 0;
    for (int i = 0; number >= 0 && i < digits.length(); i++) {
      char c = digits.charAt(i);
      number = c >= '0' && c <= '9' ? number * 10 + (c - '0') : -1;
    }
    if (number < 0) {
      throw new MalformedException(
          Fault.LENGTH, "Content-Length is not a number of at most " + MOST_DIGITS + " digits.");
    }
    return number;
  }
}
