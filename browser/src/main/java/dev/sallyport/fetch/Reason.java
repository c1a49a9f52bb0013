package dev.sallyport.fetch;

import java.util.Locale;
import java.util.Optional;

/**
 * Why a page gets no answer.
 *
 * <p>Each has the names under which Chromium ({@code Network.CorsError} of the DevTools protocol)
 * and Firefox (the page of its documentation) report it, where they do.
 */
public enum Reason {
  // What the Request constructor refuses.
  /** The text is no URL. */
  URL_INVALID("the URL cannot be understood", "", ""),
  /** The URL has a user or a password. */
  URL_WITH_CREDENTIALS("the URL has a user or a password in it", "", ""),
  /** The method is no token. */
  METHOD_INVALID("the method is no token", "", ""),
  /** {@code CONNECT}, {@code TRACE} or {@code TRACK}. */
  METHOD_FORBIDDEN("no script may use the method", "", ""),
  /** Another method than GET, HEAD and POST in mode {@code no-cors}. */
  METHOD_NOT_SAFELISTED("the mode no-cors allows GET, HEAD and POST only", "", ""),
  /** A header's name is no token. */
  HEADER_NAME_INVALID("a header's name is no token", "", ""),
  /** A header's value has a character that none may have. */
  HEADER_VALUE_INVALID("a header's value has a character that no header may have", "", ""),
  /** There is no such referrer policy. */
  REFERRER_POLICY_INVALID("there is no such referrer policy", "", ""),
  /** A mode that scripts cannot ask for. */
  MODE_NOT_FOR_SCRIPTS("no script can ask for the mode", "", ""),

  // What keeps a request from being sent.
  /** A port of another protocol. */
  BAD_PORT("browsers never send to the port, which is another protocol's", "", ""),
  /** A page of https asks for something of http. */
  MIXED_CONTENT("a page of https may not load from http", "", ""),
  /** Another origin in mode {@code same-origin}. */
  DISALLOWED_BY_MODE("the mode same-origin forbids other origins", "DisallowedByMode", ""),
  /** Neither http nor https. */
  SCHEME_NOT_HTTP("CORS is for http and https only", "CorsDisabledScheme", "CORSRequestNotHttp"),
  /** Another redirect mode than {@code follow} in mode {@code no-cors}. */
  NO_CORS_REDIRECT_MODE(
      "in mode no-cors redirects have to be followed", "NoCorsRedirectModeNotFollow", ""),
  /** A page of the internet asks for something of a local network, over http. */
  INSECURE_LOCAL_NETWORK(
      "a page that is not secure may not reach the local network", "InsecureLocalNetwork", ""),
  /** The target turned out to be in another address space than the page said. */
  INVALID_LOCAL_NETWORK_ACCESS(
      "the address is in another address space than the page said",
      "InvalidLocalNetworkAccess",
      ""),
  /** The user did not let a page of the internet reach the local network. */
  LOCAL_NETWORK_PERMISSION_DENIED(
      "the user has not let the page reach the local network",
      "LocalNetworkAccessPermissionDenied",
      ""),

  // What is wrong with an answer.
  /** Nothing answered. */
  NO_RESPONSE("nothing answered", "InvalidResponse", "CORSDidNotSucceed"),
  /** Neither one origin nor {@code *}. */
  INVALID_ALLOW_ORIGIN(
      "Access-Control-Allow-Origin is no origin",
      "InvalidAllowOriginValue",
      "CORSAllowOriginNotMatchingOrigin"),
  /** No {@code Access-Control-Allow-Origin}. */
  MISSING_ALLOW_ORIGIN(
      "there is no Access-Control-Allow-Origin",
      "MissingAllowOriginHeader",
      "CORSMissingAllowOrigin"),
  /** A list, or several lines. */
  MULTIPLE_ALLOW_ORIGIN(
      "Access-Control-Allow-Origin has several values",
      "MultipleAllowOriginValues",
      "CORSMultipleAllowOriginNotAllowed"),
  /** Another origin than the page's. */
  ALLOW_ORIGIN_MISMATCH(
      "Access-Control-Allow-Origin names another origin",
      "AllowOriginMismatch",
      "CORSAllowOriginNotMatchingOrigin"),
  /** {@code *} where credentials go along. */
  WILDCARD_WITH_CREDENTIALS(
      "Access-Control-Allow-Origin is * and the request has credentials",
      "WildcardOriginNotAllowed",
      "CORSNotSupportingCredentials"),
  /** Credentials go along, and {@code Access-Control-Allow-Credentials} is not {@code true}. */
  CREDENTIALS_NOT_ALLOWED(
      "Access-Control-Allow-Credentials is not true and the request has credentials",
      "InvalidAllowCredentials",
      "CORSMissingAllowCredentials"),

  // What is wrong with the answer to a preflight.
  /** Nothing answered the preflight. */
  PREFLIGHT_NO_RESPONSE("nothing answered the preflight", "InvalidResponse", "CORSDidNotSucceed"),
  /** Not 200 to 299. */
  PREFLIGHT_INVALID_STATUS(
      "the preflight's status is not 200 to 299",
      "PreflightInvalidStatus",
      "CORSPreflightDidNotSucceed"),
  /** A preflight is not redirected. */
  PREFLIGHT_REDIRECT(
      "a preflight must not be redirected",
      "PreflightDisallowedRedirect",
      "CORSExternalRedirectNotAllowed"),
  /** See {@link #INVALID_ALLOW_ORIGIN}. */
  PREFLIGHT_INVALID_ALLOW_ORIGIN(
      "Access-Control-Allow-Origin of the preflight's answer is no origin",
      "PreflightInvalidAllowOriginValue",
      "CORSAllowOriginNotMatchingOrigin"),
  /** See {@link #MISSING_ALLOW_ORIGIN}. */
  PREFLIGHT_MISSING_ALLOW_ORIGIN(
      "there is no Access-Control-Allow-Origin in the preflight's answer",
      "PreflightMissingAllowOriginHeader",
      "CORSMissingAllowOrigin"),
  /** See {@link #MULTIPLE_ALLOW_ORIGIN}. */
  PREFLIGHT_MULTIPLE_ALLOW_ORIGIN(
      "Access-Control-Allow-Origin of the preflight's answer has several values",
      "PreflightMultipleAllowOriginValues",
      "CORSMultipleAllowOriginNotAllowed"),
  /** See {@link #ALLOW_ORIGIN_MISMATCH}. */
  PREFLIGHT_ALLOW_ORIGIN_MISMATCH(
      "Access-Control-Allow-Origin of the preflight's answer names another origin",
      "PreflightAllowOriginMismatch",
      "CORSAllowOriginNotMatchingOrigin"),
  /** See {@link #WILDCARD_WITH_CREDENTIALS}. */
  PREFLIGHT_WILDCARD_WITH_CREDENTIALS(
      "Access-Control-Allow-Origin of the preflight's answer is * and the request has credentials",
      "PreflightWildcardOriginNotAllowed",
      "CORSNotSupportingCredentials"),
  /** See {@link #CREDENTIALS_NOT_ALLOWED}. */
  PREFLIGHT_CREDENTIALS_NOT_ALLOWED(
      "Access-Control-Allow-Credentials of the preflight's answer is not true and the request has"
          + " credentials",
      "PreflightInvalidAllowCredentials",
      "CORSMissingAllowCredentials"),
  /** {@code Access-Control-Allow-Methods} is no list of tokens. */
  ALLOW_METHODS_INVALID(
      "Access-Control-Allow-Methods is no list of methods",
      "InvalidAllowMethodsPreflightResponse",
      "CORSInvalidAllowMethod"),
  /** {@code Access-Control-Allow-Headers} is no list of tokens. */
  ALLOW_HEADERS_INVALID(
      "Access-Control-Allow-Headers is no list of names",
      "InvalidAllowHeadersPreflightResponse",
      "CORSInvalidAllowHeader"),
  /** The method is not in {@code Access-Control-Allow-Methods}. */
  METHOD_NOT_ALLOWED(
      "Access-Control-Allow-Methods does not have the method",
      "MethodDisallowedByPreflightResponse",
      "CORSMethodNotFound"),
  /** A header's name is not in {@code Access-Control-Allow-Headers}. */
  HEADER_NOT_ALLOWED(
      "Access-Control-Allow-Headers does not have a header that the request has",
      "HeaderDisallowedByPreflightResponse",
      "CORSMissingAllowHeaderFromPreflight"),

  // What is wrong with a redirect.
  /** The redirect mode is {@code error}. */
  REDIRECT_MODE_ERROR("the redirect mode is error, and there is a redirect", "", ""),
  /** {@code Location} is no URL. */
  REDIRECT_LOCATION_INVALID("the redirect's Location cannot be understood", "", ""),
  /** To neither http nor https. */
  REDIRECT_SCHEME_NOT_HTTP(
      "the redirect leads to neither http nor https", "CorsDisabledScheme", "CORSRequestNotHttp"),
  /** More than 20. */
  REDIRECT_TOO_MANY("there were more than 20 redirects", "", ""),
  /** {@code Location} has a user or a password. */
  REDIRECT_WITH_CREDENTIALS(
      "the redirect's Location has a user or a password in it",
      "RedirectContainsCredentials",
      "CORSDidNotSucceed"),

  // What keeps an answer from pages elsewhere, whatever the request's mode.
  /** {@code Cross-Origin-Resource-Policy: same-origin}. */
  RESOURCE_POLICY_SAME_ORIGIN(
      "Cross-Origin-Resource-Policy keeps the answer for its own origin", "", ""),
  /** {@code Cross-Origin-Resource-Policy: same-site}. */
  RESOURCE_POLICY_SAME_SITE(
      "Cross-Origin-Resource-Policy keeps the answer for its own site", "", ""),
  /** {@code Cross-Origin-Embedder-Policy} of the page. */
  EMBEDDER_POLICY(
      "the page's Cross-Origin-Embedder-Policy asks for Cross-Origin-Resource-Policy", "", "");

  private final String summary;
  private final String chromium;
  private final String firefox;

  Reason(String summary, String chromium, String firefox) {
    this.summary = summary;
    this.chromium = chromium;
    this.firefox = firefox;
  }

  /** {@code missing-allow-origin} for {@link #MISSING_ALLOW_ORIGIN}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** In a clause. */
  public String summary() {
    return summary;
  }

  /** The value of Chromium's {@code Network.CorsError}; empty when it reports none. */
  public Optional<String> chromium() {
    return Optional.of(chromium).filter(name -> !name.isEmpty());
  }

  /** The name of the page of Firefox's documentation; empty when it has none. */
  public Optional<String> firefox() {
    return Optional.of(firefox).filter(name -> !name.isEmpty());
  }
}
