package dev.sallyport.cors;

/**
 * The names of the headers that the CORS protocol is made of, in lower case.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">Fetch, CORS protocol</a>
 */
public final class CorsHeaders {
  /** The origin that a request comes from. */
  public static final String ORIGIN = "origin";

  /** The request headers that an answer depends on. */
  public static final String VARY = "vary";

  /** In a preflight: the method that the actual request will have. */
  public static final String ACCESS_CONTROL_REQUEST_METHOD = "access-control-request-method";

  /** In a preflight: the names of the headers that the page adds to the actual request. */
  public static final String ACCESS_CONTROL_REQUEST_HEADERS = "access-control-request-headers";

  /** The one origin that may read the answer, or {@code *}. */
  public static final String ACCESS_CONTROL_ALLOW_ORIGIN = "access-control-allow-origin";

  /** {@code true}: the answer may be read although cookies were sent. */
  public static final String ACCESS_CONTROL_ALLOW_CREDENTIALS = "access-control-allow-credentials";

  /** In a preflight's answer: the methods that the actual request may have. */
  public static final String ACCESS_CONTROL_ALLOW_METHODS = "access-control-allow-methods";

  /** In a preflight's answer: the headers that the actual request may have. */
  public static final String ACCESS_CONTROL_ALLOW_HEADERS = "access-control-allow-headers";

  /** In a preflight's answer: for how many seconds a browser may keep it. */
  public static final String ACCESS_CONTROL_MAX_AGE = "access-control-max-age";

  /** The response headers that a script may read beside the safelisted ones. */
  public static final String ACCESS_CONTROL_EXPOSE_HEADERS = "access-control-expose-headers";

  /** The origins whose pages may see how long loading took. */
  public static final String TIMING_ALLOW_ORIGIN = "timing-allow-origin";

  /** From where a resource may be embedded. */
  public static final String CROSS_ORIGIN_RESOURCE_POLICY = "cross-origin-resource-policy";

  /** How the page that made a request relates to the server, in the browser's own word. */
  static final String SEC_FETCH_SITE = "sec-fetch-site";

  private CorsHeaders() {}

  /**
   * Whether {@code name}, in any case, is one that only the policy may write: {@code
   * Access-Control-…}.
   */
  public static boolean isAccessControl(CharSequence name) {
    String prefix = "access-control-";
    if (name.length() <= prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      // Setting the bit that tells lower case from upper changes neither lower-case letters nor the
      // hyphen.
      if ((name.charAt(i) | 0x20) != (prefix.charAt(i) | 0x20)) {
        return false;
      }
    }
    return true;
  }
}
