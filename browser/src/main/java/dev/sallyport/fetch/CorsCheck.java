package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether an answer is open to the page.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-cors-check">Fetch, CORS check</a>
 */
final class CorsCheck {
  private static final String STEP = "CORS check";
  private static final String ANCHOR = "concept-cors-check";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";
  private static final String ALLOW_CREDENTIALS = "Access-Control-Allow-Credentials";

  private CorsCheck() {}

  /** Null when it is open. */
  static @Nullable Failure corsCheck(
      Fetching fetching, Request request, Response response, boolean preflight) {
    return corsCheck(fetching, request, response, request.serializeOrigin(), preflight);
  }

  /**
   * Null when it is open.
   *
   * @param serialized the origin as it was sent
   */
  static @Nullable Failure corsCheck(
      Fetching fetching, Request request, Response response, String serialized, boolean preflight) {
    boolean include = request.credentials == CredentialsMode.INCLUDE;
    return corsCheck(fetching, request, response, serialized, include, preflight);
  }

  private static @Nullable Failure corsCheck(
      Fetching fetching,
      Request request,
      Response response,
      String serialized,
      boolean include,
      boolean preflight) {
    Url url = request.currentUrl();
    // 1.
    String origin = response.headers().get(ALLOW_ORIGIN);
    // 2.
    if (origin == null) {
      fetching.step(STEP, ANCHOR, "there is no " + ALLOW_ORIGIN);
      return failure(Reason.MISSING_ALLOW_ORIGIN, preflight, url, ALLOW_ORIGIN, null, serialized);
    }
    // 3.
    if (!include && origin.equals("*")) {
      fetching.step(STEP, ANCHOR, ALLOW_ORIGIN + " * covers every origin, without credentials");
      return null;
    }
    // 4.
    if (!origin.equals(serialized)) {
      fetching.step(
          STEP, ANCHOR, ALLOW_ORIGIN + " \"" + origin + "\" is not \"" + serialized + "\"");
      return failure(mismatch(origin), preflight, url, ALLOW_ORIGIN, origin, serialized);
    }
    // 5.
    if (!include) {
      fetching.step(STEP, ANCHOR, ALLOW_ORIGIN + " \"" + origin + "\" is the request's origin");
      return null;
    }
    // 6.
    String credentials = allowCredentials(fetching, response);
    // 7.
    if ("true".equals(credentials)) {
      fetching.step(
          STEP,
          ANCHOR,
          ALLOW_ORIGIN
              + " \""
              + origin
              + "\" is the request's origin, and "
              + ALLOW_CREDENTIALS
              + " is true");
      return null;
    }
    // 8.
    fetching.step(
        STEP,
        ANCHOR,
        credentials == null
            ? "there is no " + ALLOW_CREDENTIALS + ", and the credentials mode is include"
            : ALLOW_CREDENTIALS + " \"" + credentials + "\" is not \"true\"");
    return failure(
        Reason.CREDENTIALS_NOT_ALLOWED, preflight, url, ALLOW_CREDENTIALS, credentials, "true");
  }

  /**
   * DEVIATION REDIRECT_CHECKED_AGAIN: what is wrong with a redirect's answer, were it one to a
   * request with credentials; null when nothing is.
   */
  static @Nullable Failure corsCheckAgain(Fetching fetching, Request request, Response response) {
    boolean again =
        fetching.does(Deviation.REDIRECT_CHECKED_AGAIN)
            && response.isRedirect()
            && response.headers().contains("Location")
            && request.credentials == CredentialsMode.SAME_ORIGIN
            && request.origin.isSameOrigin(request.firstOrigin());
    return again
        ? corsCheck(fetching, request, response, request.serializeOrigin(), true, false)
        : null;
  }

  private static @Nullable String allowCredentials(Fetching fetching, Response response) {
    List<String> values = response.headers().values(ALLOW_CREDENTIALS);
    // DEVIATION EMPTY_LINES_IGNORED
    if (fetching.does(Deviation.EMPTY_LINES_IGNORED) && values.size() > 1) {
      values.removeIf(String::isEmpty);
    }
    return values.isEmpty() ? null : String.join(", ", values);
  }

  /** In what way {@code value} is not the request's origin. */
  private static Reason mismatch(String value) {
    if (value.equals("*")) {
      return Reason.WILDCARD_WITH_CREDENTIALS;
    }
    if (value.indexOf(',') >= 0 || value.indexOf(' ') >= 0) {
      return Reason.MULTIPLE_ALLOW_ORIGIN;
    }
    // As browsers tell them apart: what is no URL at all, and what is the wrong one.
    return value.equals("null") || Url.tryParse(value).isPresent()
        ? Reason.ALLOW_ORIGIN_MISMATCH
        : Reason.INVALID_ALLOW_ORIGIN;
  }

  private static Failure failure(
      Reason reason,
      boolean preflight,
      Url url,
      String header,
      @Nullable String found,
      String wanted) {
    return new Failure(
        preflight ? ofPreflight(reason) : reason,
        preflight,
        url,
        header,
        Optional.ofNullable(found),
        wanted);
  }

  private static Reason ofPreflight(Reason reason) {
    return switch (reason) {
      case MISSING_ALLOW_ORIGIN -> Reason.PREFLIGHT_MISSING_ALLOW_ORIGIN;
      case INVALID_ALLOW_ORIGIN -> Reason.PREFLIGHT_INVALID_ALLOW_ORIGIN;
      case MULTIPLE_ALLOW_ORIGIN -> Reason.PREFLIGHT_MULTIPLE_ALLOW_ORIGIN;
      case ALLOW_ORIGIN_MISMATCH -> Reason.PREFLIGHT_ALLOW_ORIGIN_MISMATCH;
      case WILDCARD_WITH_CREDENTIALS -> Reason.PREFLIGHT_WILDCARD_WITH_CREDENTIALS;
      case CREDENTIALS_NOT_ALLOWED -> Reason.PREFLIGHT_CREDENTIALS_NOT_ALLOWED;
      default -> reason;
    };
  }
}
