package dev.sallyport.gateway.http;

import dev.sallyport.cors.CorsHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The head of a request that every server reads alike.
 *
 * @param request as it was decoded
 * @param target what it asks for
 * @param host whom it asks
 * @param connection what it says of the connection
 * @param bodyLength a number, or {@link BodyLength#CHUNKED}
 * @param webSocket the handshake that it is; empty when it is none
 * @param isHttp11 whether the client speaks HTTP/1.1, and so knows chunks and interim responses
 */
public record RequestHead(
    HttpRequest request,
    RequestTarget target,
    HostHeader host,
    ConnectionHeader connection,
    long bodyLength,
    Optional<WebSocketHandshake> webSocket,
    boolean isHttp11) {

  /**
   * What {@code Connection} cannot take away, because the gateway has decided by it, finds the end
   * of the body by it, or a server would act otherwise without it.
   */
  private static final HeaderNames ESSENTIAL =
      HeaderNames.of(
          List.of(
              "access-control-request-headers",
              "access-control-request-method",
              "authorization",
              "content-encoding",
              "content-length",
              "content-type",
              "cookie",
              "expect",
              "host",
              "origin",
              "range",
              "sec-fetch-dest",
              "sec-fetch-mode",
              "sec-fetch-site",
              "transfer-encoding"));

  private static final Set<String> NOT_FOR_GATEWAYS = Set.of("CONNECT", "TRACE", "TRACK");

  /**
   * Reads a head.
   *
   * @throws MalformedException when two servers could read it differently
   */
  public static RequestHead read(HttpRequest request) {
    if (request.decoderResult().isFailure()) {
      throw DecodingFault.ofHead(request, request.decoderResult().cause());
    }
    if (NOT_FOR_GATEWAYS.contains(request.method().name())) {
      throw new MalformedException(Fault.METHOD, "CONNECT, TRACE and TRACK are not relayed.");
    }
    long bodyLength = BodyLength.of(request);
    ConnectionHeader connection = ConnectionHeader.of(request.headers());
    for (String name : connection.nominated()) {
      if (ESSENTIAL.contains(name)) {
        throw new MalformedException(
            Fault.CONNECTION, "Connection names a header that is not about the connection.");
      }
    }
    RequestTarget target = RequestTarget.parse(request.uri());
    HostHeader host = HostHeader.of(request, target);
    checkExpectation(request);
    return new RequestHead(
        request,
        target,
        host,
        connection,
        bodyLength,
        WebSocketHandshake.of(request, connection, bodyLength),
        request.protocolVersion().equals(HttpVersion.HTTP_1_1));
  }

  /** HTTP/1.0 knows no expectations: there they are passed over. */
  private static void checkExpectation(HttpRequest request) {
    Iterator<String> lines = request.headers().valueStringIterator(HttpHeaderNames.EXPECT);
    if (!lines.hasNext()) {
      return;
    }
    if (request.protocolVersion().equals(HttpVersion.HTTP_1_0)) {
      request.headers().remove(HttpHeaderNames.EXPECT);
    } else if (!lines.next().equalsIgnoreCase("100-continue") || lines.hasNext()) {
      throw new MalformedException(
          Fault.EXPECTATION, "The only expectation that is known is 100-continue.");
    }
  }

  /** Whether the client would use the connection again. */
  public boolean isKeepAlive() {
    return isHttp11 ? !connection.isClose() : connection.isKeepAlive();
  }

  /** Whether a body follows. */
  public boolean hasBody() {
    return bodyLength != 0;
  }

  /** Whether the client waits for a 100 before it sends the body. */
  public boolean expectsContinue() {
    return hasBody() && request.headers().contains(HttpHeaderNames.EXPECT);
  }

  /** Whether it is {@code HEAD}, whose answer has no body. */
  public boolean isHead() {
    return request.method().equals(HttpMethod.HEAD);
  }

  /**
   * Whether it is a CORS-preflight request.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-request">Fetch, CORS-preflight
   *     request</a>
   */
  public boolean isPreflight() {
    return request.method().equals(HttpMethod.OPTIONS)
        && request.headers().contains(HttpHeaderNames.ORIGIN)
        && request.headers().contains(CorsHeaders.ACCESS_CONTROL_REQUEST_METHOD);
  }

  /** The method that routes are asked for: a preflight goes where its actual request will go. */
  public String routedMethod() {
    if (isPreflight()) {
      String asked = request.headers().get(CorsHeaders.ACCESS_CONTROL_REQUEST_METHOD);
      return asked == null ? request.method().name() : asked;
    }
    return request.method().name();
  }
}
