package dev.sallyport.gateway.rewrite;

import dev.sallyport.cors.CorsHeaders;
import dev.sallyport.gateway.call.Call;
import dev.sallyport.gateway.config.HeaderValue;
import dev.sallyport.gateway.config.ResponseRules;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.Route.Redirects;
import dev.sallyport.gateway.config.Targets;
import dev.sallyport.gateway.http.ConnectionHeader;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns a response of a route's upstream into one to a page, in place, up to what the route's
 * policy writes.
 */
public final class ResponseRewriter {
  private static final AsciiString CONTENT_SECURITY_POLICY =
      AsciiString.cached("content-security-policy");
  private static final AsciiString SANDBOX = AsciiString.cached("sandbox");
  private static final AsciiString X_CONTENT_TYPE_OPTIONS =
      AsciiString.cached("x-content-type-options");
  private static final AsciiString NOSNIFF = AsciiString.cached("nosniff");

  private final boolean relocates;
  private final Locations locations;
  private final QueryParameters query;
  private final @Nullable CookieJar cookies;
  private final HeaderSieve sieve;
  private final HeaderSieve foreignSieve;
  private final HeaderSieve trailerSieve;
  private final List<Map.Entry<AsciiString, AsciiString>> setHeaders = new ArrayList<>();

  /**
   * The rewriter of a route.
   *
   * @param keepsCors whether the upstream's own {@code Access-Control-…} headers stay, because
   *     nothing is written in their place
   */
  public ResponseRewriter(Route route, boolean keepsCors) {
    this.relocates = route.redirects() != Redirects.REFUSE;
    this.locations = Locations.of(route);
    this.query = new QueryParameters(route.request().setQuery());
    ResponseRules rules = route.response();
    Predicate<CharSequence> cors = keepsCors ? name -> false : CorsHeaders::isAccessControl;
    List<String> names = names(rules);
    this.cookies = CookieJar.of(route);
    List<String> own = new ArrayList<>(names);
    if (cookies != null) {
      own.remove("set-cookie");
    }
    this.sieve = new HeaderSieve(own, cors);
    this.foreignSieve = new HeaderSieve(foreignNames(route, names), cors);
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

  /**
   * What is dropped of another server's answer too. A relay says which of these it forwards; what a
   * route forwards is its own upstream's.
   */
  private static List<String> foreignNames(Route route, List<String> names) {
    List<String> foreign = new ArrayList<>(names);
    if (route.destination() instanceof Targets) {
      foreign.addAll(
          DroppedHeaders.except(DroppedHeaders.OF_FOREIGN_RESPONSES, route.response().forward()));
    } else {
      foreign.addAll(DroppedHeaders.OF_FOREIGN_RESPONSES);
      foreign.addAll(DroppedHeaders.OF_RESPONSES_UNLESS_FORWARDED);
    }
    return foreign;
  }

  /** The page's address for what an answer to {@code call} names; empty when there is none. */
  public Optional<String> relocated(String location, Call call) {
    return locations.rewrite(location, call);
  }

  /**
   * Turns a final response's head into the one that the page gets.
   *
   * @param call what it answers
   * @param foreign whether the server that gave it is another than the route's own
   */
  public void rewrite(
      HttpResponse response, ConnectionHeader connection, Call call, boolean foreign) {
    HttpHeaders headers = response.headers();
    (foreign ? foreignSieve : sieve).sift(headers, nominated(connection));
    if (cookies != null && !foreign) {
      cookies.close(headers);
    }
    String location = headers.get(HttpHeaderNames.LOCATION);
    if (location != null) {
      String shown = relocates ? relocated(location, call).orElse(location) : location;
      headers.set(HttpHeaderNames.LOCATION, query.remove(shown));
    }
    String content = query.isEmpty() ? null : headers.get(HttpHeaderNames.CONTENT_LOCATION);
    if (content != null) {
      headers.set(HttpHeaderNames.CONTENT_LOCATION, query.remove(content));
    }
    for (int i = 0; i < setHeaders.size(); i++) {
      Map.Entry<AsciiString, AsciiString> header = setHeaders.get(i);
      headers.set(header.getKey(), header.getValue());
    }
    if (foreign) {
      sandbox(headers);
    }
  }

  /**
   * Opened as a document, the answer would have the gateway's origin, and its scripts the power
   * over all that is there. The server's own policy is replaced: of several that sandbox, browsers
   * obey the last, which could allow scripts again.
   *
   * @see <a
   *     href="https://html.spec.whatwg.org/multipage/browsers.html#csp-derived-sandboxing-flags">HTML,
   *     CSP-derived sandboxing flags</a>
   */
  private static void sandbox(HttpHeaders headers) {
    headers.set(CONTENT_SECURITY_POLICY, SANDBOX);
    headers.set(X_CONTENT_TYPE_OPTIONS, NOSNIFF);
  }

  /** Turns an interim response into the one that the page gets. */
  public void rewriteInterim(HttpResponse response, ConnectionHeader connection) {
    HttpHeaders headers = response.headers();
    sieve.sift(headers, nominated(connection));
    if (cookies != null) {
      // Nobody keeps a cookie of an interim response, and the jar closes only final ones.
      headers.remove(HttpHeaderNames.SET_COOKIE);
    }
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
