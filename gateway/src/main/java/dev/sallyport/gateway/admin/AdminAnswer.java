package dev.sallyport.gateway.admin;

import dev.sallyport.gateway.answer.JsonText;
import dev.sallyport.gateway.answer.Problem;
import dev.sallyport.gateway.reload.ReloadOutcome;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Collectors;

/** The answers of the admin listener, none of which a browser shows as a page that runs scripts. */
final class AdminAnswer {
  private static final String PROBLEM_JSON = "application/problem+json";
  private static final String JSON = "application/json";

  /** The text format of Prometheus, of the version that every collector reads. */
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private AdminAnswer() {}

  static FullHttpResponse text(HttpResponseStatus status, String text) {
    return of(status, "text/plain; charset=utf-8", text + "\n");
  }

  static FullHttpResponse metrics(String text) {
    return of(HttpResponseStatus.OK, PROMETHEUS, text);
  }

  static FullHttpResponse problem(HttpResponseStatus status, String code, String detail) {
    return of(
        status,
        PROBLEM_JSON,
        new Problem(status.code(), code, status.reasonPhrase(), detail, Optional.empty()).json());
  }

  static FullHttpResponse reloaded(ReloadOutcome outcome) {
    return of(
        outcome.applied() ? HttpResponseStatus.OK : HttpResponseStatus.UNPROCESSABLE_ENTITY,
        JSON,
        "{\"applied\":"
            + outcome.applied()
            + ",\"messages\":["
            + outcome.messages().stream().map(JsonText::quote).collect(Collectors.joining(","))
            + "]}\n");
  }

  private static FullHttpResponse of(HttpResponseStatus status, String type, String text) {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    FullHttpResponse answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(body));
    HttpHeaders headers = answer.headers();
    headers.set(HttpHeaderNames.CONTENT_TYPE, type);
    headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
    headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    headers.set("x-content-type-options", "nosniff");
    headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
    headers.set("cross-origin-resource-policy", "same-origin");
    headers.set("cross-origin-opener-policy", "same-origin");
    headers.set("referrer-policy", "no-referrer");
    headers.set("x-frame-options", "DENY");
    return answer;
  }
}
