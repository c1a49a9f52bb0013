package dev.sallyport.gateway.answer;

import dev.sallyport.cors.Reason;
import dev.sallyport.gateway.call.TargetException;
import dev.sallyport.gateway.call.TargetFault;
import dev.sallyport.gateway.http.MalformedException;
import java.time.Duration;
import java.util.Optional;

/**
 * Why the gateway does not relay, in words for whoever called.
 *
 * <p>It names neither the upstream nor what a policy allows: strangers read it.
 *
 * @param status the answer's status
 * @param code a stable code: {@code upstream-timeout}
 * @param title the problem in a few words, the same for every problem of this code
 * @param detail one or two sentences on what is wrong, and what to do
 * @param retryAfter when trying again may help; empty when it will not
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457, Problem Details for HTTP APIs</a>
 */
public record Problem(
    int status, String code, String title, String detail, Optional<Duration> retryAfter) {

  private static final Duration SOON = Duration.ofSeconds(5);

  /** A request that is malformed. */
  public static Problem malformed(MalformedException fault) {
    return of(fault.fault().status(), fault.fault().code(), fault.fault().title(), fault.detail());
  }

  /**
   * A request that a route's policy denies; {@code reason} tells which rule, not what it allows.
   */
  public static Problem denied(Reason reason) {
    return of(
        403,
        reason.code(),
        "The policy of this route denies the request",
        switch (reason) {
          case ORIGIN_NULL ->
              "The page's origin is opaque: it is in a sandboxed frame, a file, or behind a redirect of another origin.";
          case ORIGIN_INVALID -> "The Origin header is not an origin as browsers write it.";
          case ORIGIN_REPEATED -> "The request has several Origin headers.";
          case CROSS_SITE -> "A page of another site made a request that may change something.";
          default -> "Pages of this origin may not make this request.";
        });
  }

  /** A preflight of a route that no page of another origin may use. */
  public static Problem closed() {
    return of(
        403,
        "cors-closed",
        "The route is not open to other origins",
        "This route has no CORS policy, so that no page of another origin may use it.");
  }

  /** No route takes the path, or none with this method. */
  public static Problem noRoute() {
    return of(
        404, "no-route", "No route takes the request", "No route takes this path and method.");
  }

  /** The URL that the request names is none, or is not called. */
  public static Problem target(TargetException fault) {
    return of(fault.fault().status(), fault.fault().code(), fault.fault().title(), fault.detail());
  }

  /** The server of the URL that the request names is at an address that is not called. */
  public static Problem targetAddress() {
    return of(
        TargetFault.ADDRESS.status(),
        TargetFault.ADDRESS.code(),
        TargetFault.ADDRESS.title(),
        "The server of this URL has an address that is not globally routable. The gateway's log names it.");
  }

  /** The client did not go on sending. */
  public static Problem requestTimeout() {
    return of(
        408,
        "request-timeout",
        "The request took too long",
        "The rest of the body did not come in time.");
  }

  /** The body is larger than the route takes. */
  public static Problem bodyTooLarge(long most) {
    return of(
        413,
        "body-too-large",
        "The request's body is too large",
        "This route takes bodies of at most " + most + " bytes.");
  }

  /** All routes are for other hosts. */
  public static Problem misdirected() {
    return of(
        421,
        "misdirected",
        "The host is not served here",
        "No route is for the host of this request.");
  }

  /** Too many requests of one client, or of the pages of one origin. */
  public static Problem tooManyRequests(String of, Duration wait) {
    return new Problem(
        429,
        "too-many-requests",
        "Too many requests",
        "The quota of this " + of + " is used up. Try again after the time that Retry-After says.",
        Optional.of(wait));
  }

  /** No connection to the upstream. */
  public static Problem upstreamUnreachable() {
    return of(
        502,
        "upstream-unreachable",
        "The upstream cannot be reached",
        "The gateway could not connect to the server behind this route. Its log says why.");
  }

  /** No TLS connection to the upstream that could be trusted. */
  public static Problem upstreamTls() {
    return of(
        502,
        "upstream-tls",
        "The upstream cannot be trusted",
        "The TLS connection to the server behind this route failed. The gateway's log says why.");
  }

  /** What the upstream answered cannot be relayed. */
  public static Problem upstreamBadAnswer(String detail) {
    return of(502, "upstream-bad-answer", "The upstream's answer cannot be relayed", detail);
  }

  /** The upstream redirects, and the redirect is neither passed on nor followed. */
  public static Problem redirectRefused() {
    return of(
        502,
        "redirect-refused",
        "The upstream redirects",
        "The server behind this route answered with a redirect, which the route refuses. The gateway's log says why.");
  }

  /** More connections than the gateway serves. */
  public static Problem overloaded() {
    return new Problem(
        503,
        "overloaded",
        "The gateway is overloaded",
        "The gateway has as many connections as it serves at once.",
        Optional.of(SOON));
  }

  /** Whether a quota is used up cannot be told, and a limit that may be passed is none. */
  public static Problem quotaUnavailable() {
    return new Problem(
        503,
        "quota-unavailable",
        "The quota cannot be told",
        "The gateway could not find out in time whether a quota is used up. Its log says why.",
        Optional.of(SOON));
  }

  /** The client has as many connections as one client may. */
  public static Problem tooManyConnections() {
    return new Problem(
        503,
        "too-many-connections",
        "The client has too many connections",
        "This client's address has as many connections as the gateway serves one at once.",
        Optional.of(SOON));
  }

  /** The gateway is stopping. */
  public static Problem stopping() {
    return new Problem(
        503,
        "stopping",
        "The gateway is stopping",
        "The gateway takes no new requests because it is stopping.",
        Optional.of(SOON));
  }

  /** The upstream did not begin its answer in time. */
  public static Problem upstreamTimeout() {
    return of(
        504,
        "upstream-timeout",
        "The upstream does not answer",
        "The server behind this route did not begin its answer within the route's timeout.");
  }

  /** A relay has sent the request, to a relay. */
  public static Problem relayLoop() {
    return of(
        508,
        "relay-loop",
        "The relay is asked by a relay",
        "The request was sent by a relay (CDN-Loop: sallyport). Name the server itself in the URL.");
  }

  private static Problem of(int status, String code, String title, String detail) {
    return new Problem(status, code, title, detail, Optional.empty());
  }

  /** The body: {@code {"type":"tag:sallyport.dev,2026:no-route","title":…,"status":404,…}}. */
  public String json() {
    return "{\"type\":"
        + JsonText.quote("tag:sallyport.dev,2026:" + code)
        + ",\"title\":"
        + JsonText.quote(title)
        + ",\"status\":"
        + status
        + ",\"detail\":"
        + JsonText.quote(detail)
        + ",\"code\":"
        + JsonText.quote(code)
        + "}\n";
  }
}
