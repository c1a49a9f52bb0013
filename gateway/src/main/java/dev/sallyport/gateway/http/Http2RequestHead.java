package dev.sallyport.gateway.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import java.util.List;

/**
 * Reads the header list of an HTTP/2 request into the request of HTTP/1.1 that says the same, and
 * writes such a list.
 *
 * <p>What has no such counterpart is refused, never mended: a line break in a value would become a
 * header, and a second length another request.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#name-http-message-framing">RFC 9113, section
 *     8</a>
 */
public final class Http2RequestHead {
  private Http2RequestHead() {}

  /**
   * Reads a header list; one that is malformed gives a request whose decoder result tells why, and
   * that holds what is needed to answer its page.
   *
   * @param endStream whether no body follows
   */
  public static HttpRequest read(Http2Headers list, boolean endStream) {
    HttpRequest request =
        new DefaultHttpRequest(
            HttpVersion.HTTP_1_1,
            HttpMethod.GET,
            "/",
            DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders());
    try {
      Http2Fields.read(list, request.headers());
      readPseudoHeaders(list, request);
      readLength(request, endStream);
    } catch (MalformedException fault) {
      request.setDecoderResult(DecoderResult.failure(fault));
    }
    return request;
  }

  /**
   * Reads the trailers that end a request's body.
   *
   * @throws MalformedException when they are not what trailers may be
   */
  public static void readTrailers(Http2Headers list, HttpHeaders into) {
    Http2Fields.readTrailers(list, into);
  }

  /**
   * The header list of a request that the gateway makes.
   *
   * @param scheme that of the server's URL
   */
  public static Http2Headers of(HttpRequest request, CharSequence scheme) {
    HttpHeaders headers = request.headers();
    Http2Headers list = new DefaultHttp2Headers(false, headers.size() + 5);
    list.method(request.method().asciiName()).scheme(scheme).path(request.uri());
    String host = headers.get(HttpHeaderNames.HOST);
    if (host != null) {
      list.authority(host);
    }
    Http2Fields.write(headers, list);
    list.remove(HttpHeaderNames.HOST);
    // Trailers pass to every client that has a place for them; some servers insist on it.
    list.set(HttpHeaderNames.TE, HttpHeaderValues.TRAILERS);
    return list;
  }

  private static void readPseudoHeaders(Http2Headers list, HttpRequest request) {
    String method = only(list, PseudoHeaderName.METHOD, Fault.START_LINE);
    try {
      request.setMethod(HttpMethod.valueOf(method));
    } catch (IllegalArgumentException e) {
      throw new MalformedException(
          Fault.START_LINE, "The method is empty or has a character that no method may have.");
    }
    readAuthority(list, request.headers());
    if (request.method().equals(HttpMethod.CONNECT)) {
      // It has no path, and is refused as such.
      return;
    }
    String scheme = only(list, PseudoHeaderName.SCHEME, Fault.START_LINE);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new MalformedException(Fault.TARGET, "The scheme is neither http nor https.");
    }
    String path = only(list, PseudoHeaderName.PATH, Fault.TARGET);
    if (!path.startsWith("/") && !path.equals("*")) {
      throw new MalformedException(Fault.TARGET, "The path does not begin with a slash.");
    }
    if (path.chars().anyMatch(c -> c <= 0x20 || c >= 0x7f)) {
      throw new MalformedException(
          Fault.TARGET, "The path has a blank, a control character, or is not ASCII.");
    }
    request.setUri(path);
  }

  /** {@code :authority} and {@code Host} have to say the same, if both are there. */
  private static void readAuthority(Http2Headers list, HttpHeaders headers) {
    List<CharSequence> authorities = list.getAll(PseudoHeaderName.AUTHORITY.value());
    if (authorities.isEmpty()) {
      return;
    }
    String authority = only(list, PseudoHeaderName.AUTHORITY, Fault.HOST_REPEATED);
    for (String host : headers.getAll(HttpHeaderNames.HOST)) {
      if (!RequestTarget.sameAuthority(authority, host)) {
        throw new MalformedException(
            Fault.HOST_DIFFERS, ":authority and the Host header name two hosts.");
      }
    }
    if (!headers.contains(HttpHeaderNames.HOST)) {
      headers.set(HttpHeaderNames.HOST, authority);
    }
  }

  private static String only(Http2Headers list, PseudoHeaderName name, Fault fault) {
    List<CharSequence> values = list.getAll(name.value());
    if (values.size() != 1) {
      throw new MalformedException(fault, "A request has exactly one " + name.value() + ".");
    }
    return values.get(0).toString();
  }

  private static void readLength(HttpRequest request, boolean endStream) {
    long length = BodyLength.of(request);
    boolean declared = request.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    if (endStream && length != 0) {
      throw new MalformedException(
          Fault.LENGTH, "Content-Length announces a body, and the request has none.");
    }
    if (!endStream && !declared) {
      request.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
  }
}
