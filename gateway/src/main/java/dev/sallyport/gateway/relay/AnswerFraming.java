package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.http.BodyLength;
import dev.sallyport.gateway.http.RequestHead;
import dev.sallyport.gateway.http.WebSocketHandshake;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/** Writes into an answer's head how its end is found, and whether the connection lasts. */
final class AnswerFraming {
  private static final int SWITCHING_PROTOCOLS = 101;

  private AnswerFraming() {}

  /**
   * Writes the headers that suit the client.
   *
   * @param bodyLength as {@link BodyLength} says
   * @param request what is answered; null when it could not be read
   * @param keepAlive whether the connection could last
   * @return whether the connection lasts
   */
  static boolean write(
      HttpResponse answer, long bodyLength, @Nullable RequestHead request, boolean keepAlive) {
    HttpHeaders headers = answer.headers();
    boolean http11 = request == null || request.isHttp11();
    boolean bodyless =
        request != null && request.isHead() || BodyLength.isNeverWithBody(answer.status());
    boolean lasts = keepAlive;
    answer.setProtocolVersion(HttpVersion.HTTP_1_1);
    BodyLength.writeAfresh(headers);
    if (!bodyless && bodyLength < 0) {
      if (http11) {
        headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
      } else {
        lasts = false;
      }
    }
    if (bodyless || bodyLength != BodyLength.CHUNKED || !http11) {
      headers.remove(HttpHeaderNames.TRAILER);
    }
    if (answer.status().code() == SWITCHING_PROTOCOLS) {
      WebSocketHandshake.write(headers);
    } else if (!lasts) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (!http11) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
    return lasts;
  }

  /** Whether the client finds the answer's end by the connection's end only. */
  static boolean endsWithConnection(HttpResponse answer, long bodyLength, boolean http11) {
    return bodyLength < 0 && !http11 && !BodyLength.isNeverWithBody(answer.status());
  }
}
