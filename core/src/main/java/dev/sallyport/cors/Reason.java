package dev.sallyport.cors;

import java.util.Locale;

/**
 * Why a policy decided as it did; the {@linkplain #code codes} are stable, for logs, metrics and
 * tests.
 */
public enum Reason {
  /** The request has no {@code Origin}, so it is none that CORS is about. */
  NO_ORIGIN("the request has no Origin"),
  /** The page is of the server's own origin. */
  SAME_ORIGIN("the page is of the same origin"),
  /** The policy allows the origin, and what a preflight asks for. */
  ALLOWED("the policy allows it"),

  /** The origin is well formed, and no pattern of the policy matches it. */
  ORIGIN_NOT_ALLOWED("no pattern of the policy matches the origin"),
  /** An exclusion of the policy takes the origin out. */
  ORIGIN_EXCLUDED("the policy excludes the origin"),
  /** The source of the policy's origins gave no answer in time, or failed. */
  ORIGIN_NOT_CONFIRMED("the source of the policy's origins did not confirm the origin"),
  /** The source of the policy's origins knows the origin, which is not encrypted. */
  ORIGIN_INSECURE("credentials are on, and the origin is not encrypted"),
  /** The origin is opaque: a sandboxed frame, a file, a redirect through another origin. */
  ORIGIN_NULL(
      "the origin is opaque (a sandboxed frame, a file, or a redirect through another origin)"),
  /** {@code Origin} holds no origin as browsers write it. */
  ORIGIN_INVALID("the Origin header is not an origin as browsers write it"),
  /** There are several lines of {@code Origin}. */
  ORIGIN_REPEATED("the request has several Origin lines"),

  /** A preflight asks for a method that the policy does not list. */
  METHOD_NOT_ALLOWED("the policy does not allow the method"),
  /** {@code Access-Control-Request-Method} is not one method. */
  METHOD_INVALID("Access-Control-Request-Method is not one method"),
  /** A preflight asks for a header that the policy does not list. */
  HEADER_NOT_ALLOWED("the policy does not allow the request header"),
  /** {@code Access-Control-Request-Headers} is no list of names, or too long a one. */
  REQUEST_HEADERS_INVALID(
      "Access-Control-Request-Headers is not a list of header names of reasonable length"),

  /** A page of any site at all opens a WebSocket with its user's credentials. */
  WEBSOCKET_WITH_CREDENTIALS(
      "a page of any site could open a WebSocket with its user's credentials"),
  /** A page of another site made a request with an unsafe method. */
  CROSS_SITE("a page of another site made a request with an unsafe method");

  private final String code = name().toLowerCase(Locale.ROOT).replace('_', '-');
  private final String summary;

  Reason(String summary) {
    this.summary = summary;
  }

  /** {@code origin-not-allowed} for {@link #ORIGIN_NOT_ALLOWED}. */
  public String code() {
    return code;
  }

  /** The reason as a clause: {@code the request has no Origin}. */
  public String summary() {
    return summary;
  }
}
