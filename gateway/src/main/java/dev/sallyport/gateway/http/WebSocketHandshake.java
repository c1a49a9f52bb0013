package dev.sallyport.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of a WebSocket: what a request that asks for one has to be, and what an
 * answer that grants it has to be.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4">RFC 6455, section 4</a>
 */
public final class WebSocketHandshake {
  private static final String WEBSOCKET = "websocket";
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;

  private final String accept;

  private WebSocketHandshake(String key) {
    this.accept = accept(key);
  }

  /**
   * The handshake that {@code request} is; empty when it is none: it asks for another protocol, or
   * not as a server would take it. What {@code Upgrade} says then is not passed on, and the request
   * is one like any other.
   */
  static Optional<WebSocketHandshake> of(
      HttpRequest request, ConnectionHeader connection, long bodyLength) {
    HttpHeaders headers = request.headers();
    boolean asks =
        request.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && connection.nominated().contains("upgrade")
            && headers.containsValue(HttpHeaderNames.UPGRADE, WEBSOCKET, true);
    if (!asks
        || !request.method().equals(HttpMethod.GET)
        || bodyLength != 0
        || !"13".equals(only(headers, HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      return Optional.empty();
    }
    return Optional.ofNullable(only(headers, HttpHeaderNames.SEC_WEBSOCKET_KEY))
        .filter(WebSocketHandshake::isKey)
        .map(WebSocketHandshake::new);
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static @Nullable String only(HttpHeaders headers, CharSequence name) {
    Iterator<String> lines = headers.valueStringIterator(name);
    String first = lines.hasNext() ? lines.next() : null;
    return lines.hasNext() ? null : first;
  }

  private static String accept(String key) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /** Asks for it, or grants it, in a head from which what is about the connection was taken. */
  public static void write(HttpHeaders headers) {
    headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
    headers.set(HttpHeaderNames.UPGRADE, WEBSOCKET);
  }

  /**
   * What is wrong with a 101, as a sentence; empty when it grants what was asked for.
   *
   * @param connection what it says of the connection
   */
  public Optional<String> fault(HttpResponse answer, ConnectionHeader connection) {
    if (!connection.nominated().contains("upgrade")
        || !answer.headers().containsValue(HttpHeaderNames.UPGRADE, WEBSOCKET, true)) {
      return Optional.of("It switches to another protocol than WebSocket.");
    }
    return accept.equals(only(answer.headers(), HttpHeaderNames.SEC_WEBSOCKET_ACCEPT))
        ? Optional.empty()
        : Optional.of("Its Sec-WebSocket-Accept does not suit the key.");
  }
}
