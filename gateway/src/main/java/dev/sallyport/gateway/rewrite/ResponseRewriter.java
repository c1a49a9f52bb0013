package dev.sallyport.gateway.rewrite;

import dev.sallyport.cors.CorsHeaders;
import dev.sallyport.gateway.config.HeaderValue;
import dev.sallyport.gateway.config.ResponseRules;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.Route.Redirects;
import dev.sallyport.gateway.http.ConnectionHeader;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Turns a response of a route's upstream into one to a page, in place, up to what the route's
 * policy writes.
 */
public final class ResponseRewriter {
  private final Redirects redirects;
  private final LocationRewriter locations;
  private final HeaderSieve sieve;
  private final HeaderSieve trailerSieve;
  private final List<Map.Entry<AsciiString, AsciiString>> setHeaders = new ArrayList<>();

  /**
   * The rewriter of a route.
   *
   * @param keepsCors whether the upstream's own {@code Access-Control-…} headers stay, because
   *     nothing is written in their place
   */
  public ResponseRewriter(Route route, boolean keepsCors) {
    this.redirects = route.redirects();
    this.locations = new LocationRewriter(route);
    ResponseRules rules = route.response();
    Predicate<CharSequence> cors = keepsCors ? name -> false : CorsHeaders::isAccessControl;
    List<String> names = names(rules);
    this.sieve = new HeaderSieve(names, cors);
    names.addAll(DroppedHeaders.OF_TRAILERS);
    this.trailerSieve = new HeaderSieve(names, cors);
    for (Map.Entry<String, HeaderValue> header : rules.setHeaders().entrySet()) {
      if (!CorsHeaders.isAccessControl(header.getKey())) {
        setHeaders.add(
            Map.entry(AsciiString.of(header.getKey()), AsciiString.of(header.getValue().text())));
      }
    }
  }

  private static List<String> names(ResponseRules rules) {
    List<String> names = new ArrayList<>(DroppedHeaders.HOP_BY_HOP);
    names.addAll(DroppedHeaders.OF_RESPONSES);
    names.addAll(
        DroppedHeaders.except(DroppedHeaders.OF_RESPONSES_UNLESS_FORWARDED, rules.forward()));
    names.addAll(rules.removeHeaders());
    return names;
  }

  /** Whether the route refuses to pass {@code response} on, because it redirects. */
  public boolean refuses(HttpResponse response) {
    return redirects == Redirects.REFUSE
        && isRedirect(response.status().code())
        && response.headers().contains(HttpHeaderNames.LOCATION);
  }

  private static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /** Turns a final response's head into the one that the page gets. */
  public void rewrite(HttpResponse response, ConnectionHeader connection) {
    HttpHeaders headers = response.headers();
    sieve.sift(headers, nominated(connection));
    if (redirects == Redirects.REWRITE) {
      String location = headers.get(HttpHeaderNames.LOCATION);
      if (location != null) {
        locations
            .rewrite(location)
            .ifPresent(rewritten -> headers.set(HttpHeaderNames.LOCATION, rewritten));
      }
    }
    for (int i = 0; i < setHeaders.size(); i++) {
      Map.Entry<AsciiString, AsciiString> header = setHeaders.get(i);
      headers.set(header.getKey(), header.getValue());
    }
  }

  /** Turns an interim response into the one that the page gets. */
  public void rewriteInterim(HttpResponse response, ConnectionHeader connection) {
    HttpHeaders headers = response.headers();
    sieve.sift(headers, nominated(connection));
    headers.remove(HttpHeaderNames.CONTENT_LENGTH);
    headers.remove(HttpHeaderNames.TRAILER);
  }

  /** Turns the trailers that follow a response's body into those that the page gets. */
  public void rewriteTrailers(LastHttpContent last) {
    if (!last.trailingHeaders().isEmpty()) {
      trailerSieve.sift(last.trailingHeaders(), Set.of());
    }
  }

  /** How long the body is stays said, whatever the upstream's {@code Connection} names. */
  private static Set<String> nominated(ConnectionHeader connection) {
    Set<String> nominated = connection.nominated();
    if (!nominated.isEmpty()) {
      nominated.remove("content-length");
    }
    return nominated;
  }
}
