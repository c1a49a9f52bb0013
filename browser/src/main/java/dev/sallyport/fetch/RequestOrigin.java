package dev.sallyport.fetch;

import dev.sallyport.fetch.Request.ResponseTainting;
import dev.sallyport.origin.TupleOrigin;
import dev.sallyport.url.Url;
import org.jspecify.annotations.Nullable;

/**
 * Says whose page a request is of.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#append-a-request-origin-header">Fetch, append a
 *     request Origin header</a>
 */
final class RequestOrigin {
  private RequestOrigin() {}

  /** The value of {@code Origin}; null when the request has none. */
  static @Nullable String header(Fetching fetching, Request request) {
    // 1. and 2.
    String serialized = request.serializeOrigin();
    // 3.
    if (request.tainting == ResponseTainting.CORS
        || request.mode == RequestMode.WEBSOCKET
        || request.mode == RequestMode.CORS && fetching.initiator.announced()) {
      return serialized;
    }
    // DEVIATION ORIGIN_KEPT_AFTER_REDIRECT
    if (fetching.does(Deviation.ORIGIN_KEPT_AFTER_REDIRECT) && request.isRedirectedWithinOrigin()) {
      return request.lastOrigin;
    }
    // 4.
    if (request.method.equals("GET") || request.method.equals("HEAD")) {
      return null;
    }
    // DEVIATION ORIGIN_NULL_AFTER_REDIRECT
    boolean isNull =
        request.mode != RequestMode.CORS && isHidden(fetching, request)
            || request.hasCrossedOrigins() && fetching.does(Deviation.ORIGIN_NULL_AFTER_REDIRECT);
    return isNull ? "null" : serialized;
  }

  /** The value of {@code Origin} of the request's preflight. */
  static String ofPreflight(Fetching fetching, Request request) {
    // DEVIATION PREFLIGHT_ORIGIN_UNTAINTED
    return fetching.does(Deviation.PREFLIGHT_ORIGIN_UNTAINTED)
        ? request.origin.serialize()
        : request.serializeOrigin();
  }

  /** Whether the referrer policy keeps the origin from where the request goes. */
  private static boolean isHidden(Fetching fetching, Request request) {
    Url url = request.currentUrl();
    // DEVIATION NO_CORS_ORIGIN_DESPITE_POLICY and ORIGIN_NOT_HIDDEN_AFTER_REDIRECT
    if (fetching.does(Deviation.NO_CORS_ORIGIN_DESPITE_POLICY)
        || request.redirectCount > 0 && fetching.does(Deviation.ORIGIN_NOT_HIDDEN_AFTER_REDIRECT)) {
      return false;
    }
    return switch (request.referrerPolicy) {
      case NO_REFERRER -> true;
      case NO_REFERRER_WHEN_DOWNGRADE, STRICT_ORIGIN, STRICT_ORIGIN_WHEN_CROSS_ORIGIN ->
          isDowngrade(request, url);
      case SAME_ORIGIN -> !request.isSameOrigin();
      // DEVIATION RELAXED_REFERRER_POLICIES_IGNORED
      case ORIGIN_WHEN_CROSS_ORIGIN, UNSAFE_URL ->
          fetching.does(Deviation.RELAXED_REFERRER_POLICIES_IGNORED) && isDowngrade(request, url);
      case EMPTY, ORIGIN -> false;
    };
  }

  private static boolean isDowngrade(Request request, Url url) {
    return request.origin instanceof TupleOrigin page
        && page.scheme().equals("https")
        && !url.scheme().equals("https");
  }
}
