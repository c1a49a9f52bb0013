package dev.sallyport.gateway.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which requests go to which upstream, and what becomes of them on the way.
 *
 * @param path the prefix of the request's path, of whole segments: {@code /photos} means {@code
 *     /photos} and {@code /photos/1}, not {@code /photosets}; {@code /} means all
 * @param host the request's host, without port and in lower case; empty for any
 * @param methods the request's methods; empty for any
 * @param destination the server that is called, or those that may be
 * @param cors which pages may use the route
 * @param request what becomes of the request's headers
 * @param response what becomes of the response's headers
 * @param redirects what becomes of the upstream's redirects
 * @param followTo the servers, beside the upstream itself, that redirects are followed to
 * @param cookies what becomes of cookies
 * @param timeout how long the upstream may take to begin its answer
 * @param requestBody the most bytes of a request's body; more is answered 413; empty for any
 * @param perClient how often one client address may call; more is answered 429; empty for any
 * @param perOrigin how often the pages of one origin may call; more is answered 429; empty for any
 */
public record Route(
    String path,
    Optional<String> host,
    Set<String> methods,
    Destination destination,
    RouteCors cors,
    RequestRules request,
    ResponseRules response,
    Redirects redirects,
    Targets followTo,
    Cookies cookies,
    Duration timeout,
    OptionalLong requestBody,
    Optional<Rate> perClient,
    Optional<Rate> perOrigin) {

  /** How long an upstream may take to begin its answer when nothing is configured. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  /** Copies the set. */
  public Route {
    methods = Set.copyOf(methods);
  }

  /** What becomes of a redirect that the upstream answers with. */
  public enum Redirects {
    /** A location within the upstream is written as one within the route; any other stays. */
    REWRITE,
    /** The gateway asks there itself, and answers with what it gets. */
    FOLLOW,
    /** It is answered 502. */
    REFUSE
  }

  /** What becomes of cookies, both ways, that no other rule forwards. */
  public enum Cookies {
    /** They are dropped. */
    OFF,
    /** Browsers keep them apart from those of other routes, for pages of other sites. */
    REWRITE
  }

  /**
   * So many requests in so long a time.
   *
   * @param requests at least 1
   * @param per longer than nothing
   */
  public record Rate(long requests, Duration per) {}

  /** Which requests it claims: {@code /photos}, {@code gate.foo.com/mail GET,POST}. */
  public String claim() {
    String sorted = methods.stream().sorted().collect(Collectors.joining(","));
    return host.orElse("") + path + (sorted.isEmpty() ? "" : " " + sorted);
  }
}
