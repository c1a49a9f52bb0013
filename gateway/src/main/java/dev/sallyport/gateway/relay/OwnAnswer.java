package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.answer.Problem;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/** The answers that the gateway gives itself. */
final class OwnAnswer {
  private static final AsciiString PROBLEM_JSON = AsciiString.cached("application/problem+json");
  private static final AsciiString NO_CONTENT_SNIFFING = AsciiString.cached("nosniff");
  private static final AsciiString X_CONTENT_TYPE_OPTIONS =
      AsciiString.cached("x-content-type-options");

  private OwnAnswer() {}

  /** The answer to a preflight: nothing but its headers. */
  static FullHttpResponse preflight(int status) {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.EMPTY_BUFFER);
  }

  /**
   * The answer that tells of {@code problem}.
   *
   * @param toHead whether it answers {@code HEAD}, and so only tells how long it would be
   */
  static FullHttpResponse of(Problem problem, boolean toHead) {
    byte[] json = problem.json().getBytes(StandardCharsets.US_ASCII);
    ByteBuf body = toHead ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(json);
    FullHttpResponse answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(problem.status()), body);
    answer
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, PROBLEM_JSON)
        .set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(json.length))
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE)
        .set(X_CONTENT_TYPE_OPTIONS, NO_CONTENT_SNIFFING);
    problem
        .retryAfter()
        .ifPresent(
            wait ->
                answer
                    .headers()
                    .set(
                        HttpHeaderNames.RETRY_AFTER,
                        Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()))));
    return answer;
  }
}
