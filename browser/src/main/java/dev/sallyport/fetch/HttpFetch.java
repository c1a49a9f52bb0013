package dev.sallyport.fetch;

import dev.sallyport.fetch.Request.ResponseTainting;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.Optional;

/**
 * Sends a request, asks before where that is needed, and looks at what comes back.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-http-fetch">Fetch, HTTP fetch</a>
 */
final class HttpFetch {
  private HttpFetch() {}

  static Response httpFetch(Fetching fetching, Request request, boolean makeCorsPreflight) {
    // 4. There is no service worker here that could answer.
    if (makeCorsPreflight && !isKnown(fetching, request)) {
      Response preflight = CorsPreflightFetch.corsPreflightFetch(fetching, request);
      if (preflight.isNetworkError()) {
        return preflight;
      }
      request.preflighted = true;
    }
    // DEVIATION REDIRECT_CHECKED_AGAIN
    if (request.lateFailure != null) {
      return Response.networkError(request.lateFailure);
    }
    Response response = httpNetworkOrCacheFetch(fetching, request);
    if (response.isNetworkError()) {
      return response;
    }
    if (request.tainting == ResponseTainting.CORS) {
      Failure failure = CorsCheck.corsCheck(fetching, request, response, false);
      if (failure != null) {
        return Response.networkError(failure);
      }
      request.lateFailure = CorsCheck.corsCheckAgain(fetching, request, response);
    }
    // 5.
    if (request.tainting == ResponseTainting.OPAQUE) {
      Failure failure = ResourcePolicyCheck.check(fetching, request, response);
      if (failure != null) {
        return Response.networkError(failure);
      }
    }
    // 6.
    // DEVIATION REDIRECT_WITHOUT_LOCATION_PASSES
    boolean passes =
        fetching.does(Deviation.REDIRECT_WITHOUT_LOCATION_PASSES)
            && request.redirect == RedirectMode.ERROR
            && !response.headers().contains("Location");
    return response.isRedirect() && !passes ? redirected(fetching, request, response) : response;
  }

  /** Whether an earlier preflight's answer is kept that allows the request. */
  private static boolean isKnown(Fetching fetching, Request request) {
    boolean known = fetching.cache.allows(fetching, request);
    if (known) {
      fetching.step(
          "CORS-preflight cache",
          "concept-cache",
          "the answer to an earlier preflight is still kept and allows it");
    }
    return known;
  }

  /** Step 6, for a redirect. */
  private static Response redirected(Fetching fetching, Request request, Response response) {
    Url url = request.currentUrl();
    return switch (request.redirect) {
      case ERROR -> {
        fetching.step(
            "HTTP fetch", "concept-http-fetch", "a redirect, and the redirect mode is error");
        yield Fetching.networkError(
            Reason.REDIRECT_MODE_ERROR, url, Integer.toString(response.status()));
      }
      case MANUAL -> {
        // DEVIATION REDIRECT_TO_FTP_FAILS
        if (fetching.does(Deviation.REDIRECT_TO_FTP_FAILS)
            && HttpRedirectFetch.leadsToFtp(response, url)) {
          yield Fetching.networkError(
              Reason.REDIRECT_SCHEME_NOT_HTTP,
              url,
              String.valueOf(response.headers().get("Location")));
        }
        fetching.step(
            "HTTP fetch", "concept-http-fetch", "a redirect, which the page asked to keep");
        yield Response.closed(ResponseType.OPAQUE_REDIRECT);
      }
      case FOLLOW -> HttpRedirectFetch.httpRedirectFetch(fetching, request, response);
    };
  }

  /**
   * Sends the request.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-http-network-or-cache-fetch">Fetch,
   *     HTTP-network-or-cache fetch</a>
   */
  private static Response httpNetworkOrCacheFetch(Fetching fetching, Request request) {
    Url url = request.currentUrl();
    String origin = RequestOrigin.header(fetching, request);
    request.lastOrigin = origin;
    HeaderList headers = request.headers.copy();
    if (origin != null) {
      headers.append("Origin", origin);
    }
    Optional<ServerAnswer> answer =
        fetching.send(
            new WireRequest(false, url, request.method, List.copyOf(headers.lines())),
            Optional.ofNullable(origin));
    if (answer.isEmpty()) {
      fetching.step(
          "HTTP-network fetch", "concept-http-network-fetch", "nothing answered " + url.href());
      return Fetching.networkError(Reason.NO_RESPONSE, url, url.href());
    }
    fetching.step(
        "HTTP-network fetch",
        "concept-http-network-fetch",
        request.method
            + " "
            + url.href()
            + (origin == null ? " without Origin" : " with Origin " + origin)
            + " was answered "
            + answer.get().status());
    return Response.of(answer.get());
  }
}
