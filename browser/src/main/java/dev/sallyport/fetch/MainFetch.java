package dev.sallyport.fetch;

import dev.sallyport.cors.FetchNames;
import dev.sallyport.fetch.Request.ResponseTainting;
import dev.sallyport.url.Url;
import java.util.List;

/**
 * Chooses by which rules a request is made.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#main-fetch">Fetch, main fetch</a>
 */
final class MainFetch {
  private static final String STEP = "main fetch";
  private static final String ANCHOR = "main-fetch";
  private static final List<Header> BLANK =
      List.of(new Header("Content-Type", "text/html;charset=utf-8"));

  private MainFetch() {}

  /** Fetches, and filters what comes back. */
  static Response mainFetch(Fetching fetching, Request request) {
    Response response = mainFetchRecursively(fetching, request);
    // 14.
    if (response.isNetworkError() || response.type() == ResponseType.OPAQUE_REDIRECT) {
      return response;
    }
    return FilteredResponses.filter(fetching, request, response);
  }

  /** Fetches; also what a redirect led to. */
  static Response mainFetchRecursively(Fetching fetching, Request request) {
    Url url = request.currentUrl();
    // 7.
    if (BadPorts.isBad(url)) {
      String port = Integer.toString(url.effectivePort().orElse(-1));
      fetching.step("port blocking", "block-bad-port", "port " + port + " is another protocol's");
      return Fetching.networkError(Reason.BAD_PORT, url, port);
    }
    if (MixedContent.isBlocked(fetching, request)) {
      Response blocked = Fetching.networkError(Reason.MIXED_CONTENT, url, url.href());
      // DEVIATION MIXED_CONTENT_PREFLIGHTED
      if (request.redirectCount == 0 || !fetching.does(Deviation.MIXED_CONTENT_PREFLIGHTED)) {
        return blocked;
      }
      request.lateFailure = blocked.failure();
    }
    Failure kept = LocalNetworkAccess.check(fetching, request);
    if (kept != null) {
      return Response.networkError(kept);
    }
    // 8.
    if (request.referrerPolicy == ReferrerPolicy.EMPTY) {
      request.referrerPolicy = ReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN;
    }
    return choose(fetching, request);
  }

  /** Step 12. */
  private static Response choose(Fetching fetching, Request request) {
    Url url = request.currentUrl();
    boolean sameOrigin = request.isSameOrigin();
    String compared =
        request.origin.serialize()
            + (sameOrigin ? " is" : " is not")
            + " the origin of "
            + url.href();
    // Same origin, or a document.
    if (sameOrigin && request.tainting == ResponseTainting.BASIC || url.scheme().equals("data")) {
      fetching.step(STEP, ANCHOR, compared + ": no CORS");
      request.tainting = ResponseTainting.BASIC;
      return schemeFetch(fetching, request);
    }
    // Mode same-origin.
    if (request.mode == RequestMode.SAME_ORIGIN) {
      fetching.step(STEP, ANCHOR, compared + ", and the mode is same-origin");
      return Fetching.networkError(Reason.DISALLOWED_BY_MODE, url, url.href());
    }
    // Mode no-cors.
    if (request.mode == RequestMode.NO_CORS) {
      if (request.redirect != RedirectMode.FOLLOW) {
        fetching.step(STEP, ANCHOR, "the mode is no-cors, and redirects are not followed");
        return Fetching.networkError(Reason.NO_CORS_REDIRECT_MODE, url, request.redirect.keyword());
      }
      fetching.step(STEP, ANCHOR, compared + ", and the mode is no-cors: the answer is opaque");
      request.tainting = ResponseTainting.OPAQUE;
      return schemeFetch(fetching, request);
    }
    // Not HTTP(S).
    if (!isHttp(url)) {
      fetching.step(STEP, ANCHOR, "the scheme " + url.scheme() + " knows no CORS");
      return Fetching.networkError(Reason.SCHEME_NOT_HTTP, url, url.scheme());
    }
    request.tainting = ResponseTainting.CORS;
    // What a form could not have sent is asked about; every request of a script is "unsafe".
    List<String> unsafe = RequestHeaders.corsUnsafeNames(fetching, request.headers);
    boolean safelisted = FetchNames.SAFELISTED_METHODS.contains(request.method);
    // DEVIATION PREFLIGHT_AS_BEFORE
    boolean again =
        fetching.does(Deviation.PREFLIGHT_AS_BEFORE)
            && (request.preflighted
                || !RequestHeaders.corsUnsafeNames(fetching, request.originalHeaders).isEmpty());
    boolean preflight = request.useCorsPreflight || !safelisted || !unsafe.isEmpty() || again;
    fetching.step(
        STEP,
        ANCHOR,
        compared
            + ": CORS, "
            + (preflight
                ? "with a preflight, for " + reasons(request, safelisted, unsafe)
                : "without a preflight: method and headers are safelisted"));
    Response response = HttpFetch.httpFetch(fetching, request, preflight);
    // DEVIATION KEPT_DESPITE_FAILURE
    if (preflight && response.isNetworkError() && !fetching.does(Deviation.KEPT_DESPITE_FAILURE)) {
      fetching.cache.clear(fetching, request);
    }
    return response;
  }

  private static String reasons(Request request, boolean safelisted, List<String> unsafe) {
    String method = safelisted ? "" : "the method " + request.method;
    String headers = unsafe.isEmpty() ? "" : "the headers " + String.join(", ", unsafe);
    if (method.isEmpty() && headers.isEmpty()) {
      return request.useCorsPreflight
          ? "the listener on its upload"
          : "what the page asked for at first";
    }
    return method + (method.isEmpty() || headers.isEmpty() ? "" : " and ") + headers;
  }

  static boolean isHttp(Url url) {
    return url.scheme().equals("http") || url.scheme().equals("https");
  }

  private static boolean isBlank(Url url) {
    return url.scheme().equals("about") && url.path().equals("blank");
  }

  /**
   * Gets what a URL names by its scheme.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#scheme-fetch">Fetch, scheme fetch</a>
   */
  private static Response schemeFetch(Fetching fetching, Request request) {
    Url url = request.currentUrl();
    return switch (url.scheme()) {
      case "http", "https" -> HttpFetch.httpFetch(fetching, request, false);
      case "data" -> DataUrls.fetch(fetching, url);
      default -> {
        // DEVIATION ABOUT_BLANK_REFUSED
        if (isBlank(url) && !fetching.does(Deviation.ABOUT_BLANK_REFUSED)) {
          fetching.step("scheme fetch", "scheme-fetch", "about:blank is an empty document");
          yield Response.of(new ServerAnswer(200, BLANK));
        }
        // blob: has no store here, and file: is left open.
        fetching.step(
            "scheme fetch", "scheme-fetch", "nothing is fetched from " + url.scheme() + ":");
        yield Fetching.networkError(Reason.SCHEME_NOT_HTTP, url, url.scheme());
      }
    };
  }
}
