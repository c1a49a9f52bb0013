package dev.sallyport.gateway.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes the heads and trailers of HTTP/1.1 as the header lists of HTTP/2. */
public final class Http2ResponseHead {
  /** About a connection, which HTTP/2 says by frames. */
  private static final HeaderNames OF_CONNECTIONS =
      HeaderNames.of(
          List.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade"));

  private Http2ResponseHead() {}

  /** The header list of a final or interim response. */
  public static Http2Headers of(HttpResponse response) {
    Http2Headers list = new DefaultHttp2Headers(false, response.headers().size() + 1);
    list.status(response.status().codeAsText());
    copy(response.headers(), list);
    return list;
  }

  /** The header list of trailers. */
  public static Http2Headers ofTrailers(HttpHeaders trailers) {
    Http2Headers list = new DefaultHttp2Headers(false, trailers.size());
    copy(trailers, list);
    return list;
  }

  private static void copy(HttpHeaders from, Http2Headers into) {
    Iterator<Map.Entry<CharSequence, CharSequence>> fields = from.iteratorCharSequence();
    while (fields.hasNext()) {
      Map.Entry<CharSequence, CharSequence> field = fields.next();
      if (!OF_CONNECTIONS.contains(field.getKey())) {
        into.add(AsciiString.of(field.getKey()).toLowerCase(), AsciiString.of(field.getValue()));
      }
    }
  }
}
