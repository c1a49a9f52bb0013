package dev.sallyport.fetch;

import dev.sallyport.cors.FetchNames;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks another origin whether it takes a request that a form could not have sent.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#cors-preflight-fetch">Fetch, CORS-preflight
 *     fetch</a>
 */
final class CorsPreflightFetch {
  private static final String STEP = "CORS-preflight fetch";
  private static final String ANCHOR = "cors-preflight-fetch";
  private static final String ALLOW_METHODS = "Access-Control-Allow-Methods";
  private static final String ALLOW_HEADERS = "Access-Control-Allow-Headers";

  private CorsPreflightFetch() {}

  /** An answer that lets the request through, or a network error. */
  static Response corsPreflightFetch(Fetching fetching, Request request) {
    Url url = request.currentUrl();
    String origin = RequestOrigin.ofPreflight(fetching, request);
    // 1. to 6.
    List<Header> headers = new ArrayList<>();
    headers.add(new Header("Accept", "*/*"));
    headers.add(new Header("Access-Control-Request-Method", request.method));
    Optional<String> requested = requestedNames(fetching, request);
    requested.ifPresent(names -> headers.add(new Header("Access-Control-Request-Headers", names)));
    headers.add(new Header("Origin", origin));
    // 7.
    Optional<ServerAnswer> answer =
        fetching.sendPreflight(
            new WireRequest(true, url, "OPTIONS", List.copyOf(headers)),
            new SentPreflight(url, origin, request.method, requested));
    if (answer.isEmpty()) {
      fetching.step(STEP, ANCHOR, "nothing answered the preflight to " + url.href());
      return Fetching.networkError(
          Reason.PREFLIGHT_NO_RESPONSE, true, url, "", Optional.empty(), "");
    }
    Response response = Response.of(answer.get());
    fetching.step(
        STEP,
        ANCHOR,
        "OPTIONS "
            + url.href()
            + " with Access-Control-Request-Method "
            + request.method
            + requested.map(names -> ", Access-Control-Request-Headers " + names).orElse("")
            + " was answered "
            + response.status());
    Failure failure = check(fetching, request, response, origin);
    return failure == null ? response : Response.networkError(failure);
  }

  /**
   * Steps 3 to 5: the value of {@code Access-Control-Request-Headers}; empty when it is not sent.
   */
  private static Optional<String> requestedNames(Fetching fetching, Request request) {
    List<String> names = RequestHeaders.announced(fetching, request);
    if (fetching.does(Deviation.REQUESTED_NAMES_REPEATED)) {
      names = repeated(fetching, names, request);
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(String.join(",", names));
  }

  /** DEVIATION REQUESTED_NAMES_REPEATED. */
  private static List<String> repeated(Fetching fetching, List<String> names, Request request) {
    List<String> repeated = new ArrayList<>();
    for (String name : names) {
      int lines = RequestHeaders.unsafeLines(fetching, request.originalHeaders, name);
      for (int i = 0; i < Math.max(1, lines); i++) {
        repeated.add(name);
      }
    }
    return repeated;
  }

  /** Steps 8 and 9: null when the request may be sent. */
  private static @Nullable Failure check(
      Fetching fetching, Request request, Response response, String origin) {
    Url url = request.currentUrl();
    if (response.isRedirect() && response.headers().contains("Location")) {
      fetching.step(STEP, ANCHOR, "the status " + response.status() + " is a redirect");
      return failure(Reason.PREFLIGHT_REDIRECT, url, "", status(response), "204");
    }
    // DEVIATION PREFLIGHT_HOME_UNCHECKED
    boolean unchecked = fetching.does(Deviation.PREFLIGHT_HOME_UNCHECKED) && request.isSameOrigin();
    Failure failure =
        unchecked ? null : CorsCheck.corsCheck(fetching, request, response, origin, true);
    if (failure != null) {
      return failure;
    }
    if (!response.isOk()) {
      fetching.step(STEP, ANCHOR, "the status " + response.status() + " is not 200 to 299");
      return failure(Reason.PREFLIGHT_INVALID_STATUS, url, "", status(response), "204");
    }
    List<String> methods =
        HeaderValues.extractHeaderListValues(response.headers().values(ALLOW_METHODS));
    if (methods == null) {
      fetching.step(STEP, ANCHOR, ALLOW_METHODS + " is no list of methods");
      return failure(
          Reason.ALLOW_METHODS_INVALID,
          url,
          ALLOW_METHODS,
          found(response, ALLOW_METHODS),
          request.method);
    }
    List<String> headers =
        HeaderValues.extractHeaderListValues(response.headers().values(ALLOW_HEADERS));
    if (headers == null) {
      fetching.step(STEP, ANCHOR, ALLOW_HEADERS + " is no list of names");
      return failure(
          Reason.ALLOW_HEADERS_INVALID,
          url,
          ALLOW_HEADERS,
          found(response, ALLOW_HEADERS),
          requestedNames(fetching, request).orElse(""));
    }
    failure = checkMethod(fetching, request, response, methods);
    if (failure == null) {
      failure = checkHeaders(fetching, request, response, headers);
    }
    if (failure == null) {
      fetching.cache.keep(fetching, request, methods, headers, response);
    }
    return failure;
  }

  private static @Nullable Failure checkMethod(
      Fetching fetching, Request request, Response response, List<String> methods) {
    String method = request.method;
    boolean covered =
        methods.contains(method)
            || FetchNames.SAFELISTED_METHODS.contains(method)
            || methods.contains("*") && request.credentials != CredentialsMode.INCLUDE;
    fetching.step(
        STEP,
        ANCHOR,
        "the method "
            + method
            + (covered ? " is" : " is not")
            + " allowed by "
            + ALLOW_METHODS
            + " "
            + String.join(", ", methods));
    return covered
        ? null
        : failure(
            Reason.METHOD_NOT_ALLOWED,
            request.currentUrl(),
            ALLOW_METHODS,
            found(response, ALLOW_METHODS),
            method);
  }

  private static @Nullable Failure checkHeaders(
      Fetching fetching, Request request, Response response, List<String> allowed) {
    boolean wildcard = allowed.contains("*") && request.credentials != CredentialsMode.INCLUDE;
    List<String> unsafe = RequestHeaders.announced(fetching, request);
    for (String name : unsafe) {
      // DEVIATION WILDCARD_COVERS_AUTHORIZATION
      boolean byWildcard =
          wildcard
              && (!FetchNames.NON_WILDCARD_REQUEST_HEADERS.contains(name)
                  || fetching.does(Deviation.WILDCARD_COVERS_AUTHORIZATION));
      if (!byWildcard && allowed.stream().noneMatch(name::equalsIgnoreCase)) {
        fetching.step(
            STEP,
            ANCHOR,
            "the header "
                + name
                + " is not allowed by "
                + ALLOW_HEADERS
                + " "
                + String.join(", ", allowed));
        return failure(
            Reason.HEADER_NOT_ALLOWED,
            request.currentUrl(),
            ALLOW_HEADERS,
            found(response, ALLOW_HEADERS),
            name);
      }
    }
    if (!unsafe.isEmpty()) {
      fetching.step(
          STEP,
          ANCHOR,
          "the headers "
              + String.join(", ", unsafe)
              + " are allowed by "
              + ALLOW_HEADERS
              + " "
              + String.join(", ", allowed));
    }
    return null;
  }

  private static Failure failure(
      Reason reason, Url url, String header, Optional<String> found, String wanted) {
    return new Failure(reason, true, url, header, found, wanted);
  }

  private static Optional<String> found(Response response, String header) {
    return Optional.ofNullable(response.headers().get(header));
  }

  private static Optional<String> status(Response response) {
    return Optional.of(Integer.toString(response.status()));
  }
}
