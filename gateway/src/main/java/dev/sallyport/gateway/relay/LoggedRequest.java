package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.accesslog.AccessEntry;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;

/** What the access log has of a request, taken from it before it is written afresh. */
final class LoggedRequest {
  /** Beyond any path of a page, and far below what a head may have. */
  private static final int MOST = 2048;

  private LoggedRequest() {}

  static AccessEntry.Request of(ClientSide client, Caller caller, HttpRequest request) {
    String referer = header(request, HttpHeaderNames.REFERER);
    return new AccessEntry.Request(
        NetUtil.toAddressString(caller.address()),
        bounded(request.method().name()),
        bounded(LoggedPath.redacted(request.uri())),
        client.protocol(request),
        header(request, HttpHeaderNames.ORIGIN),
        referer == null ? null : LoggedPath.redacted(referer),
        header(request, HttpHeaderNames.USER_AGENT));
  }

  private static @Nullable String header(HttpRequest request, CharSequence name) {
    String value = request.headers().get(name);
    return value == null ? null : bounded(value);
  }

  private static String bounded(String text) {
    return text.length() <= MOST ? text : text.substring(0, MOST) + "\u2026";
  }
}
