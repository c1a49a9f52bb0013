package dev.sallyport.gateway.rewrite;

import dev.sallyport.gateway.call.Call;
import dev.sallyport.gateway.config.HeaderValue;
import dev.sallyport.gateway.config.RequestRules;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.Route.Cookies;
import dev.sallyport.gateway.config.Targets;
import dev.sallyport.gateway.http.BodyLength;
import dev.sallyport.gateway.http.ConnectionHeader;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request of a page into one to a route's upstream, in place.
 *
 * <p>{@code Origin}, {@code Referer} and {@code Sec-Fetch-*} pass: they say truly who asks. An
 * upstream that refuses foreign origins is helped by {@code removeHeaders: [origin]}.
 */
public final class RequestRewriter {
  private static final AsciiString CHUNKED = AsciiString.cached("chunked");
  private static final AsciiString SEC_FETCH_SITE = AsciiString.cached("sec-fetch-site");

  /** Fetch's request-body-header names, and HTTP's own. */
  private static final List<AsciiString> OF_THE_BODY =
      List.of(
          HttpHeaderNames.CONTENT_ENCODING,
          HttpHeaderNames.CONTENT_LANGUAGE,
          HttpHeaderNames.CONTENT_LENGTH,
          HttpHeaderNames.CONTENT_LOCATION,
          HttpHeaderNames.CONTENT_TYPE,
          HttpHeaderNames.EXPECT,
          HttpHeaderNames.TRAILER,
          HttpHeaderNames.TRANSFER_ENCODING);

  private final boolean relay;
  private final HeaderSieve sieve;
  private final Announcement announcement;
  private final List<Map.Entry<AsciiString, AsciiString>> setHeaders = new ArrayList<>();
  private final QueryParameters query;
  private final @Nullable CookieJar cookies;
  private final Set<String> boundToUpstream = new HashSet<>();

  /** The rewriter of a route. */
  public RequestRewriter(Route route) {
    this.relay = route.destination() instanceof Targets;
    this.sieve = sieve(route);
    this.cookies = CookieJar.of(route);
    this.query = new QueryParameters(route.request().setQuery());
    this.announcement = new Announcement(route.request().announce());
    for (Map.Entry<String, HeaderValue> header : route.request().setHeaders().entrySet()) {
      setHeaders.add(
          Map.entry(AsciiString.of(header.getKey()), AsciiString.of(header.getValue().text())));
    }
    boundToUpstream.addAll(DroppedHeaders.OF_REQUESTS_UNLESS_FORWARDED);
    boundToUpstream.addAll(route.request().forward());
    boundToUpstream.addAll(route.request().setHeaders().keySet());
    boundToUpstream.addAll(Announcement.NAMES);
  }

  private static HeaderSieve sieve(Route route) {
    RequestRules rules = route.request();
    List<String> names = new ArrayList<>(DroppedHeaders.HOP_BY_HOP);
    names.addAll(
        DroppedHeaders.except(DroppedHeaders.OF_REQUESTS_UNLESS_FORWARDED, rules.forward()));
    if (route.cookies() == Cookies.REWRITE) {
      names.remove("cookie");
    }
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
   * @param call what is asked of whom
   * @param bodyLength as {@link BodyLength#of(HttpRequest)} found it
   */
  public void rewrite(
      HttpRequest request,
      Call call,
      ConnectionHeader connection,
      long bodyLength,
      ClientView client) {
    request.setUri(query.set(call.pathAndQuery()));
    request.setProtocolVersion(HttpVersion.HTTP_1_1);
    HttpHeaders headers = request.headers();
    sieve.sift(headers, connection.nominated());
    if (cookies != null) {
      cookies.open(headers);
    }
    headers.set(HttpHeaderNames.HOST, call.server().authority());
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
    if (relay) {
      LoopGuard.mark(headers);
    }
  }

  /**
   * Turns {@code request}, which was sent, into the one that follows a redirect. What is dropped
   * because the origin changes stays dropped, also when a later redirect leads back: who sent it
   * there is another server.
   *
   * @param home whether no other server than the route's own was called, and none is
   * @param asGet whether it becomes a {@code GET} without the body
   * @see <a href="https://fetch.spec.whatwg.org/#http-redirect-fetch">Fetch, HTTP-redirect
   *     fetch</a>
   */
  public void redirect(HttpRequest request, Call from, Call to, boolean home, boolean asGet) {
    HttpHeaders headers = request.headers();
    String asked = to.pathAndQuery();
    request.setUri(home ? query.set(asked) : query.remove(asked));
    headers.set(HttpHeaderNames.HOST, to.server().authority());
    if (asGet) {
      request.setMethod(HttpMethod.GET);
      OF_THE_BODY.forEach(headers::remove);
    }
    String left = from.server().toString();
    if (!left.equals(to.server().toString())) {
      boundToUpstream.forEach(headers::remove);
      // As a browser does whose request was sent on by an origin that is not the page's own.
      String origin = headers.get(HttpHeaderNames.ORIGIN);
      if (origin != null && !origin.equals(left)) {
        headers.set(HttpHeaderNames.ORIGIN, "null");
      }
      if (headers.contains(SEC_FETCH_SITE)) {
        headers.set(SEC_FETCH_SITE, "cross-site");
      }
    }
  }
}
