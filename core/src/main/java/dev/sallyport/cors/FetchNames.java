package dev.sallyport.cors;

import java.util.Locale;
import java.util.Set;

/**
 * What the Fetch standard says of particular methods and header names; header names are in lower
 * case.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-methods">Fetch, methods</a>
 * @see <a href="https://fetch.spec.whatwg.org/#terminology-headers">Fetch, headers</a>
 */
public final class FetchNames {
  /**
   * See <a href="https://fetch.spec.whatwg.org/#cors-safelisted-method">CORS-safelisted method</a>.
   */
  public static final Set<String> SAFELISTED_METHODS = Set.of("GET", "HEAD", "POST");

  private static final Set<String> FORBIDDEN_METHODS = Set.of("CONNECT", "TRACE", "TRACK");
  private static final Set<String> NORMALIZED_METHODS =
      Set.of("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT");

  /**
   * Names that are safelisted whatever their value; {@code content-type} and {@code range} depend
   * on it.
   */
  private static final Set<String> SAFELISTED_REQUEST_HEADERS =
      Set.of("accept", "accept-language", "content-language");

  private static final Set<String> FORBIDDEN_REQUEST_HEADERS =
      Set.of(
          "accept-charset",
          "accept-encoding",
          "access-control-request-headers",
          "access-control-request-local-network",
          "access-control-request-method",
          "access-control-request-private-network",
          "connection",
          "content-length",
          "cookie",
          "cookie2",
          "date",
          "dnt",
          "expect",
          "host",
          "keep-alive",
          "origin",
          "referer",
          "set-cookie",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");

  /**
   * Names that scripts see without being told; see <a
   * href="https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name">CORS-safelisted
   * response-header name</a>.
   */
  public static final Set<String> SAFELISTED_RESPONSE_HEADERS =
      Set.of(
          "cache-control",
          "content-language",
          "content-length",
          "content-type",
          "expires",
          "last-modified",
          "pragma");

  private static final Set<String> FORBIDDEN_RESPONSE_HEADERS = Set.of("set-cookie", "set-cookie2");

  /** What only a server sends; in the list of request headers it shows a mix-up. */
  private static final Set<String> RESPONSE_ONLY =
      Set.of(
          "access-control-allow-credentials",
          "access-control-allow-headers",
          "access-control-allow-methods",
          "access-control-allow-origin",
          "access-control-expose-headers",
          "access-control-max-age",
          "age",
          "etag",
          "location",
          "retry-after",
          "server",
          "vary",
          "www-authenticate");

  /** What only a page sends; in the list of response headers it shows a mix-up. */
  private static final Set<String> REQUEST_ONLY =
      Set.of(
          "access-control-request-headers",
          "access-control-request-method",
          "cookie",
          "host",
          "origin",
          "referer",
          "user-agent");

  /**
   * See <a href="https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name">CORS
   * non-wildcard request-header name</a>.
   */
  public static final Set<String> NON_WILDCARD_REQUEST_HEADERS = Set.of("authorization");

  private FetchNames() {}

  /** See <a href="https://fetch.spec.whatwg.org/#forbidden-method">forbidden method</a>. */
  public static boolean isForbiddenMethod(String method) {
    return FORBIDDEN_METHODS.contains(method.toUpperCase(Locale.ROOT));
  }

  /**
   * Whether browsers write the method in upper case whatever the page wrote.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-method-normalize">normalize a method</a>
   */
  public static boolean isNormalizedMethod(String method) {
    return NORMALIZED_METHODS.contains(method.toUpperCase(Locale.ROOT));
  }

  /** See <a href="https://www.rfc-editor.org/rfc/rfc9110#name-safe-methods">safe methods</a>. */
  static boolean isSafeMethod(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS");
  }

  static boolean isSafelistedRequestHeader(String name) {
    return SAFELISTED_REQUEST_HEADERS.contains(name);
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#forbidden-request-header">forbidden
   * request-header</a>.
   */
  public static boolean isForbiddenRequestHeader(String name) {
    return FORBIDDEN_REQUEST_HEADERS.contains(name)
        || name.startsWith("proxy-")
        || name.startsWith("sec-");
  }

  static boolean isCorsNonWildcardRequestHeader(String name) {
    return NON_WILDCARD_REQUEST_HEADERS.contains(name);
  }

  static boolean isSafelistedResponseHeader(String name) {
    return SAFELISTED_RESPONSE_HEADERS.contains(name);
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#forbidden-response-header-name">forbidden response
   * header</a>.
   */
  public static boolean isForbiddenResponseHeader(String name) {
    return FORBIDDEN_RESPONSE_HEADERS.contains(name);
  }

  static boolean isResponseOnly(String name) {
    return RESPONSE_ONLY.contains(name);
  }

  static boolean isRequestOnly(String name) {
    return REQUEST_ONLY.contains(name);
  }
}
