package dev.sallyport.gateway.rewrite;

import dev.sallyport.gateway.config.HeaderValue;
import dev.sallyport.gateway.config.RequestRules;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.http.BodyLength;
import dev.sallyport.gateway.http.ConnectionHeader;
import dev.sallyport.gateway.http.RequestTarget;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns a request of a page into one to a route's upstream, in place.
 *
 * <p>{@code Origin}, {@code Referer} and {@code Sec-Fetch-*} pass: they say truly who asks. An
 * upstream that refuses foreign origins is helped by {@code removeHeaders: [origin]}.
 */
public final class RequestRewriter {
  private static final AsciiString CHUNKED = AsciiString.cached("chunked");

  private final Route route;
  private final int prefixSegments;
  private final AsciiString upstreamHost;
  private final HeaderSieve sieve;
  private final Announcement announcement;
  private final List<Map.Entry<AsciiString, AsciiString>> setHeaders = new ArrayList<>();

  /** The rewriter of a route. */
  public RequestRewriter(Route route) {
    this.route = route;
    this.prefixSegments =
        route.path().equals("/") ? 0 : (int) route.path().chars().filter(c -> c == '/').count();
    this.upstreamHost = AsciiString.of(route.upstream().authority());
    this.sieve = sieve(route.request());
    this.announcement = new Announcement(route.request().announce());
    for (Map.Entry<String, HeaderValue> header : route.request().setHeaders().entrySet()) {
      setHeaders.add(
          Map.entry(AsciiString.of(header.getKey()), AsciiString.of(header.getValue().text())));
    }
  }

  private static HeaderSieve sieve(RequestRules rules) {
    List<String> names = new ArrayList<>(DroppedHeaders.HOP_BY_HOP);
    names.addAll(
        DroppedHeaders.except(DroppedHeaders.OF_REQUESTS_UNLESS_FORWARDED, rules.forward()));
    names.addAll(DroppedHeaders.OF_CLOUD_METADATA);
    names.addAll(rules.removeHeaders());
    Set<String> forward = rules.forward();
    return new HeaderSieve(
        names,
        name ->
            DroppedHeaders.beginsWith(name, DroppedHeaders.CLOUD_METADATA_PREFIX)
                || DroppedHeaders.beginsWith(name, DroppedHeaders.FORWARDED_PREFIX)
                    && !forward.contains(AsciiString.of(name).toLowerCase().toString()));
  }

  /**
   * Turns {@code request} into the one that the upstream gets.
   *
   * @param bodyLength as {@link BodyLength#of(HttpRequest)} found it
   */
  public void rewrite(
      HttpRequest request,
      RequestTarget target,
      ConnectionHeader connection,
      long bodyLength,
      ClientView client) {
    request.setUri(upstreamTarget(target));
    request.setProtocolVersion(HttpVersion.HTTP_1_1);
    HttpHeaders headers = request.headers();
    sieve.sift(headers, connection.nominated());
    headers.set(HttpHeaderNames.HOST, upstreamHost);
    if (bodyLength == BodyLength.CHUNKED) {
      headers.set(HttpHeaderNames.TRANSFER_ENCODING, CHUNKED);
    } else {
      headers.remove(HttpHeaderNames.TRAILER);
      BodyLength.writeAfresh(headers);
    }
    announcement.write(headers, client);
    for (int i = 0; i < setHeaders.size(); i++) {
      Map.Entry<AsciiString, AsciiString> header = setHeaders.get(i);
      headers.set(header.getKey(), header.getValue());
    }
  }

  /** The upstream's path, then what the request's path has behind the route's, then the query. */
  String upstreamTarget(RequestTarget target) {
    String base = route.upstream().path();
    if (prefixSegments == 0 && base.isEmpty()) {
      return target.raw();
    }
    String rest = target.raw().substring(startOfRest(target));
    return rest.startsWith("/") || !base.isEmpty() ? base + rest : "/" + rest;
  }

  private int startOfRest(RequestTarget target) {
    int at = 0;
    for (int segment = 0; segment < prefixSegments; segment++) {
      int slash = target.raw().indexOf('/', at + 1);
      at = slash < 0 || slash > target.pathEnd() ? target.pathEnd() : slash;
    }
    return at;
  }
}
