package dev.sallyport.gateway.http;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Map;

/**
 * Reads the header list of an HTTP/2 request into the request of HTTP/1.1 that says the same.
 *
 * <p>What has no such counterpart is refused, never mended: a line break in a value would become a
 * header, and a second length another request.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#name-http-message-framing">RFC 9113, section
 *     8</a>
 */
public final class Http2RequestHead {
  /** About a connection, which HTTP/2 says by frames. */
  private static final HeaderNames OF_CONNECTIONS =
      HeaderNames.of(
          List.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"));

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
      copyFields(list, request.headers());
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
    for (Map.Entry<CharSequence, CharSequence> field : list) {
      if (PseudoHeaderName.hasPseudoHeaderFormat(field.getKey())) {
        throw new MalformedException(Fault.CHUNK, "A pseudo-header stands among the trailers.");
      }
    }
    copyFields(list, into);
  }

  private static void copyFields(Http2Headers list, HttpHeaders into) {
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
