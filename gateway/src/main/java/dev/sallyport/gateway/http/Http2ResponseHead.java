package dev.sallyport.gateway.http;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Headers.PseudoHeaderName;
import java.util.List;
import java.util.Map;

/** Writes the heads and trailers of HTTP/1.1 as the header lists of HTTP/2, and reads them. */
public final class Http2ResponseHead {
  private static final int SWITCHING_PROTOCOLS = 101;

  private Http2ResponseHead() {}

  /** The header list of a final or interim response. */
  public static Http2Headers of(HttpResponse response) {
    Http2Headers list = new DefaultHttp2Headers(false, response.headers().size() + 1);
    list.status(response.status().codeAsText());
    Http2Fields.write(response.headers(), list);
    return list;
  }

  /** The header list of trailers. */
  public static Http2Headers ofTrailers(HttpHeaders trailers) {
    Http2Headers list = new DefaultHttp2Headers(false, trailers.size());
    Http2Fields.write(trailers, list);
    return list;
  }

  /**
   * Reads the header list of a response.
   *
   * @throws MalformedException when it has no counterpart in HTTP/1.1
   */
  public static HttpResponse read(Http2Headers list) {
    HttpResponse response =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1,
            status(list),
            DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders());
    Http2Fields.read(list, response.headers());
    return response;
  }

  private static HttpResponseStatus status(Http2Headers list) {
    List<CharSequence> written = list.getAll(PseudoHeaderName.STATUS.value());
    for (Map.Entry<CharSequence, CharSequence> field : list) {
      boolean pseudo = PseudoHeaderName.hasPseudoHeaderFormat(field.getKey());
      if (pseudo && !PseudoHeaderName.STATUS.value().contentEquals(field.getKey())) {
        throw fault("A response has another pseudo-header than :status.");
      }
    }
    if (written.size() != 1) {
      throw fault("A response has exactly one :status.");
    }
    CharSequence digits = written.get(0);
    if (digits.length() != 3 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw fault("The status is not three digits.");
    }
    int code = Integer.parseInt(digits, 0, 3, 10);
    if (code < 100 || code == SWITCHING_PROTOCOLS) {
      throw fault("The status is one that HTTP/2 does not know.");
    }
    return HttpResponseStatus.valueOf(code);
  }

  private static MalformedException fault(String detail) {
    return new MalformedException(Fault.START_LINE, detail);
  }

  /**
   * How long the body of a final response is that was {@linkplain #read read}: a number, or {@link
   * BodyLength#CHUNKED}. Where the list says that there is none, the head says so, too.
   *
   * @param endStream whether nothing follows the list
   * @throws MalformedException when the list announces what does not follow
   */
  public static long bodyLength(HttpResponse response, boolean toHead, boolean endStream) {
    boolean declared = response.headers().contains(HttpHeaderNames.CONTENT_LENGTH);
    long length = BodyLength.of(response, toHead);
    boolean bodyless = toHead || BodyLength.isNeverWithBody(response.status());
    if (bodyless || declared && (!endStream || length == 0)) {
      return length;
    }
    if (declared) {
      throw new MalformedException(
          Fault.LENGTH, "Content-Length announces a body, and the response has none.");
    }
    if (!endStream) {
      return BodyLength.CHUNKED;
    }
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, "0");
    return 0;
  }

  /**
   * Reads the trailers that end a response's body.
   *
   * @throws MalformedException when they are not what trailers may be
   */
  public static void readTrailers(Http2Headers list, HttpHeaders into) {
    Http2Fields.readTrailers(list, into);
  }
}
