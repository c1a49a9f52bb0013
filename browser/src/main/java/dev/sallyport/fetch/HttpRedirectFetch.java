package dev.sallyport.fetch;

import dev.sallyport.cors.FetchNames;
import dev.sallyport.url.Url;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Follows a redirect.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-redirect-fetch">Fetch, HTTP-redirect fetch</a>
 */
final class HttpRedirectFetch {
  private static final String STEP = "HTTP-redirect fetch";
  private static final String ANCHOR = "http-redirect-fetch";
  private static final String LOCATION = "Location";
  private static final int MOST_REDIRECTS = 20;

  private HttpRedirectFetch() {}

  static Response httpRedirectFetch(Fetching fetching, Request request, Response response) {
    Url from = request.currentUrl();
    // 3.
    List<String> locations = response.headers().values(LOCATION);
    if (locations.isEmpty()) {
      fetching.step(STEP, ANCHOR, "there is no Location: the answer itself is the page's");
      return response;
    }
    Optional<Url> location = locationUrl(locations, from);
    // 4. and 5.
    if (location.isEmpty()) {
      fetching.step(STEP, ANCHOR, "Location \"" + locations.get(0) + "\" is no URL");
      return error(Reason.REDIRECT_LOCATION_INVALID, from, locations.get(0));
    }
    Url to = location.get();
    fetching.step(STEP, ANCHOR, response.status() + " to " + to.href());
    // 6.
    if (!MainFetch.isHttp(to)) {
      return error(Reason.REDIRECT_SCHEME_NOT_HTTP, from, to.href());
    }
    // 7. and 8.
    if (request.redirectCount == MOST_REDIRECTS) {
      return error(Reason.REDIRECT_TOO_MANY, from, to.href());
    }
    request.redirectCount++;
    // 9. and 10.
    boolean crosses = request.mode == RequestMode.CORS && !request.origin.isSameOrigin(to.origin());
    // DEVIATION REDIRECT_WITH_CREDENTIALS_BLOCKED
    if (to.includesCredentials()
        && (crosses
            || request.tainting == Request.ResponseTainting.CORS
            || request.api == Api.FETCH
                && fetching.does(Deviation.REDIRECT_WITH_CREDENTIALS_BLOCKED))) {
      fetching.step(STEP, ANCHOR, "the URL has a user or a password in it");
      Response error = error(Reason.REDIRECT_WITH_CREDENTIALS, from, to.href());
      // DEVIATION REDIRECT_CHECKED_AGAIN
      if (!fetching.does(Deviation.REDIRECT_CHECKED_AGAIN)
          || request.tainting == Request.ResponseTainting.CORS) {
        return error;
      }
      request.lateFailure = error.failure();
    }
    Set<String> removed = new HashSet<>();
    changeMethod(fetching, request, response.status(), to, removed);
    // 13.
    if (!from.origin().isSameOrigin(to.origin())) {
      for (String name : FetchNames.NON_WILDCARD_REQUEST_HEADERS) {
        removed.add(name);
        if (request.headers.delete(name)) {
          fetching.step(STEP, ANCHOR, name + " is left out: it was meant for another origin");
        }
      }
    }
    // DEVIATION CLIENT_HINTS_SAFELISTED
    if (fetching.does(Deviation.CLIENT_HINTS_SAFELISTED)
        && !request.origin.isSameOrigin(to.origin())) {
      RequestHeaders.CLIENT_HINTS.forEach(request.headers::delete);
    }
    request.lastRemoved = removed;
    // 17. and 18.
    request.add(to);
    setReferrerPolicyOnRedirect(request, response);
    // 21.
    return MainFetch.mainFetchRecursively(fetching, request);
  }

  /**
   * Where the redirect leads; empty when that is no URL.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-response-location-url">Fetch, location
   *     URL</a>
   */
  private static Optional<Url> locationUrl(List<String> locations, Url from) {
    // 2. Several lines are no location.
    if (locations.size() > 1) {
      return Optional.empty();
    }
    // 3. and 4.
    return Url.tryParse(locations.get(0), from)
        .map(url -> url.fragment().isPresent() ? url : url.withFragmentOf(from));
  }

  /** Whether a redirect leads to ftp. */
  static boolean leadsToFtp(Response response, Url from) {
    List<String> locations = response.headers().values(LOCATION);
    return !locations.isEmpty()
        && locationUrl(locations, from).filter(url -> url.scheme().equals("ftp")).isPresent();
  }

  /** Step 12. */
  private static void changeMethod(
      Fetching fetching, Request request, int status, Url to, Set<String> removed) {
    boolean post = request.method.equals("POST");
    boolean safe = request.method.equals("GET") || request.method.equals("HEAD");
    // DEVIATION DELETE_REDIRECTED_AS_GET
    boolean delete =
        request.method.equals("DELETE")
            && fetching.does(Deviation.DELETE_REDIRECTED_AS_GET)
            && !request.currentOrigin().isSameOrigin(to.origin());
    if ((status == 301 || status == 302) && post || status == 303 && !safe || delete) {
      fetching.step(STEP, ANCHOR, request.method + " becomes GET");
      request.method = "GET";
      for (String name : RequestHeaders.BODY_NAMES) {
        removed.add(name);
        request.headers.delete(name);
      }
    }
  }

  /**
   * Takes the last policy of {@code Referrer-Policy} that is one.
   *
   * @see <a
   *     href="https://w3c.github.io/webappsec-referrer-policy/#set-requests-referrer-policy-on-redirect">Referrer
   *     Policy</a>
   */
  private static void setReferrerPolicyOnRedirect(Request request, Response response) {
    String value = response.headers().get("Referrer-Policy");
    if (value == null) {
      return;
    }
    for (String token : value.split(",", -1)) {
      ReferrerPolicy.of(HeaderValues.trim(token).toLowerCase(Locale.ROOT))
          .filter(policy -> policy != ReferrerPolicy.EMPTY)
          .ifPresent(policy -> request.referrerPolicy = policy);
    }
  }

  private static Response error(Reason reason, Url url, String location) {
    return Fetching.networkError(reason, false, url, LOCATION, Optional.of(location), "");
  }
}
