package dev.sallyport.cors;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be told of a request without a policy. */
final class Requests {
  /** More lines of one header are not read. */
  private static final int MOST_LINES = 64;

  private Requests() {}

  /**
   * See <a href="https://fetch.spec.whatwg.org/#cors-preflight-request">CORS-preflight request</a>;
   * the request has an {@code Origin}.
   */
  static boolean isPreflight(CorsRequest request) {
    return request.method().equals("OPTIONS")
        && request.header(CorsHeaders.ACCESS_CONTROL_REQUEST_METHOD, 0) != null;
  }

  /**
   * A browser checks no answer to a WebSocket handshake, so that the server has to. Over HTTP/2 and
   * HTTP/3 the handshake is a CONNECT, which no page can send otherwise.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc8441">RFC 8441</a>
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-10.2">RFC 6455, section 10.2</a>
   */
  static boolean isWebSocketHandshake(CorsRequest request) {
    if (request.method().equals("CONNECT")) {
      return true;
    }
    for (int line = 0; line < MOST_LINES; line++) {
      String value = request.header("upgrade", line);
      if (value == null) {
        return false;
      }
      if (Vary.covers(List.of(value).iterator(), "websocket")) {
        return true;
      }
    }
    return false;
  }

  /** Whether the user's credentials came with it. */
  static boolean hasCredentials(CorsRequest request) {
    return request.header("cookie", 0) != null || request.header("authorization", 0) != null;
  }

  /** The value of a header that has one line; null when it has none or several. */
  static @Nullable String only(CorsRequest request, String name) {
    String value = request.header(name, 0);
    return value == null || request.header(name, 1) == null ? value : null;
  }
}
