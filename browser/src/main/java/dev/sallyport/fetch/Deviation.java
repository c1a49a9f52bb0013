package dev.sallyport.fetch;

/** Where an engine does something else than the Fetch standard says. */
public enum Deviation {
  /**
   * {@code Access-Control-Allow-Headers: *} covers {@code Authorization}, where no credentials go
   * along. Standard: it has to be listed.
   */
  WILDCARD_COVERS_AUTHORIZATION,
  /**
   * {@code Access-Control-Request-Headers} repeats a name for each line that the page gave.
   * Standard: each name once.
   */
  REQUESTED_NAMES_REPEATED,
  /**
   * A preflight after a redirect from another origin carries the page's origin. Standard: {@code
   * null}, as the request after it.
   */
  PREFLIGHT_ORIGIN_UNTAINTED,
  /**
   * Once there was a preflight, every later hop by CORS has one, be it needed or not. Standard:
   * only where a method or header needs it.
   */
  PREFLIGHT_ON_EVERY_LATER_HOP,
  /**
   * The preflight of a later hop announces the header names that the page gave at first, but for
   * those that the last redirect removed. Standard: what is left.
   */
  REQUESTED_NAMES_LESS_LAST_REMOVED,
  /**
   * The preflight of a later hop announces the header names that the page gave at first. Standard:
   * what is left after redirects removed some.
   */
  REQUESTED_NAMES_ORIGINAL,
  /**
   * {@code Access-Control-Expose-Headers: *} counts although another line is no list of names.
   * Standard: nothing is exposed then.
   */
  EXPOSED_LINES_APART,
  /**
   * An empty line beside another of {@code Access-Control-Allow-Origin} or {@code
   * Access-Control-Allow-Credentials} is not there. Standard: lines are combined with a comma.
   */
  EMPTY_LINES_IGNORED,
  /**
   * Several lines of {@code Range} or {@code Content-Type} are looked at as one. Standard: each by
   * itself.
   */
  SAFELISTED_LINES_COMBINED,
  /**
   * {@code Origin} stays on a request that a redirect made a GET. Standard: GET has none where CORS
   * does not ask for it.
   */
  ORIGIN_KEPT_AFTER_REDIRECT,
  /** {@code DELETE} that is redirected becomes GET. Standard: only POST does, and on 303. */
  DELETE_REDIRECTED_AS_GET,
  /**
   * A request in mode {@code no-cors} under {@code no-referrer} carries the page's origin.
   * Standard: {@code null}.
   */
  NO_CORS_ORIGIN_DESPITE_NO_REFERRER,
  /** A page of https may not load from http://localhost. Standard: it is trustworthy. */
  LOCALHOST_IS_MIXED_CONTENT,
}
