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
   * A hop by CORS has a preflight where an earlier one had, or a header that the page gave needs
   * one. Standard: where the method and the headers that redirects have left need one.
   */
  PREFLIGHT_AS_BEFORE,
  /**
   * The answer to a preflight of the page's own origin, to which redirects led back, needs no
   * {@code Access-Control-Allow-Origin}. Standard: it does, as any other.
   */
  PREFLIGHT_HOME_UNCHECKED,
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
   * {@code Access-Control-Expose-Headers: *} counts although something behind it makes the list
   * invalid. Standard: nothing is exposed then.
   */
  EXPOSED_WILDCARD_BEFORE_INVALID,
  /**
   * An empty line of {@code Access-Control-Allow-Credentials} or {@code Access-Control-Max-Age}
   * beside another is not there. Standard: lines are combined with a comma.
   */
  EMPTY_LINES_IGNORED,
  /**
   * Several lines of {@code Range} or {@code Content-Type} are looked at as one. Standard: each by
   * itself.
   */
  SAFELISTED_LINES_COMBINED,
  /**
   * Where CORS does not ask for {@code Origin}, it stays as it is on a redirect within one origin.
   * Standard: it is made anew on each hop, and GET has none.
   */
  ORIGIN_KEPT_AFTER_REDIRECT,
  /**
   * Where CORS does not ask for {@code Origin}, it is {@code null} once a redirect led to another
   * origin. Standard: only once one led on from a foreign origin.
   */
  ORIGIN_NULL_AFTER_REDIRECT,
  /**
   * {@code DELETE} that is redirected to another origin becomes GET. Standard: only POST does, and
   * on 303.
   */
  DELETE_REDIRECTED_AS_GET,
  /**
   * An answer with the status of a redirect and without {@code Location} is an answer like others.
   * Standard: it fails in redirect mode {@code error}.
   */
  REDIRECT_WITHOUT_LOCATION_PASSES,
  /**
   * In redirect mode {@code manual}, a redirect to ftp fails. Standard: where it leads is not
   * looked at.
   */
  REDIRECT_TO_FTP_FAILS,
  /**
   * What leads on from the page's own origin is checked once more, when the preflight of the next
   * hop has passed: that {@code Location} has no user or password, and, in credentials mode {@code
   * same-origin}, that a redirect's answer allows credentials. Standard: before the preflight, and
   * without credentials.
   */
  REDIRECT_CHECKED_AGAIN,
  /** The unit of a safelisted {@code Range} is in any case. Standard: {@code bytes}. */
  RANGE_UNIT_IN_ANY_CASE,
  /**
   * A redirect to a URL with a user or a password is never followed. Standard: it is, within the
   * page's own origin.
   */
  REDIRECT_WITH_CREDENTIALS_BLOCKED,
  /**
   * Client hints that have one value of their kind, such as {@code DPR: 2}, are safelisted; and
   * hints are gone after a redirect. Standard: they are headers like others.
   */
  CLIENT_HINTS_SAFELISTED,
  /** The numbers of a safelisted {@code Range} are below 2⁶³. Standard: of any size. */
  RANGE_BOUNDED,
  /**
   * A request in mode {@code no-cors} carries the page's origin under every referrer policy.
   * Standard: {@code null} under {@code no-referrer}, and under {@code same-origin} to others.
   */
  NO_CORS_ORIGIN_DESPITE_POLICY,
  /**
   * After a redirect, no referrer policy hides the {@code Origin} of a request that CORS is not
   * asked for. Standard: the policy of then does.
   */
  ORIGIN_NOT_HIDDEN_AFTER_REDIRECT,
  /**
   * An answer to a preflight with a malformed {@code Access-Control-Max-Age} is not kept. Standard:
   * it is, for five seconds, as one without.
   */
  MAX_AGE_MALFORMED_NOT_KEPT,
  /**
   * {@code Access-Control-Max-Age} is a number with a sign, and what is negative is not kept.
   * Standard: a sign makes it malformed, so that the answer is kept for five seconds.
   */
  MAX_AGE_SIGNED,
  /**
   * What is kept of an answer to a preflight are the names in it; its wildcards cover nothing
   * later. Standard: they cover the same as at first.
   */
  WILDCARDS_NOT_KEPT,
  /**
   * The wildcard of an answer to a preflight that is kept covers {@code Authorization}. Standard:
   * it has to be listed. Others deviate only when the answer comes.
   */
  KEPT_WILDCARD_COVERS_AUTHORIZATION,
  /**
   * An answer to a preflight that is kept allows {@code HEAD} only if it lists it. Standard: HEAD
   * needs no permission.
   */
  KEPT_HEAD_HAS_TO_BE_LISTED,
  /**
   * The answer to a preflight with {@code Origin: null} after redirects is not kept. Standard: it
   * is, as any other.
   */
  TAINTED_PREFLIGHTS_NOT_KEPT,
  /**
   * What is kept of preflights stays when a request fails. Standard: what allowed it is forgotten.
   */
  KEPT_DESPITE_FAILURE,
  /**
   * What is kept of preflights is forgotten when it does not allow a request. Standard: it goes on
   * to allow others.
   */
  FORGOTTEN_WHERE_NOT_ENOUGH,
  /**
   * A request with {@code If-Match} or another condition is asked about whatever is kept of
   * preflights. Standard: it makes no difference to these.
   */
  CONDITIONAL_ASKED_AGAIN,
  /**
   * A comma between quotes parts methods in {@code X-HTTP-Method-Override} and the like, so that a
   * forbidden one among them keeps the header from being set. Standard: what is quoted is one.
   */
  METHOD_OVERRIDE_SPLIT_IN_QUOTES,
  /**
   * {@code about:blank} is refused in mode {@code no-cors}. Standard: it is an empty document,
   * which stays closed to the page.
   */
  ABOUT_BLANK_REFUSED,
  /**
   * A {@code Content-Type} with a comma in it is preflighted. Standard: the comma belongs to the
   * parameter that it stands in.
   */
  CONTENT_TYPE_WITH_COMMA_ASKED,
  /**
   * A listener on an XMLHttpRequest's upload makes a preflight only where there is a body.
   * Standard: it does in any case.
   */
  UPLOAD_NEEDS_BODY,
  /**
   * A page of https may not ask for anything by http, of its own machine neither. Standard: what is
   * potentially trustworthy, as {@code http://127.0.0.1} and {@code http://localhost} are, is not
   * mixed content.
   */
  LOOPBACK_IS_MIXED_CONTENT,
  /**
   * After a redirect to what is mixed content, a preflight is sent before the request is blocked.
   * Standard: it is blocked first.
   */
  MIXED_CONTENT_PREFLIGHTED,
  /**
   * A page of the internet reaches the local network and this machine only where the user lets it,
   * and only when it came by https; for that, devices of the local network are no mixed content.
   * Standard: it knows nothing of it.
   */
  LOCAL_NETWORK_ASKED_FOR,
  /**
   * Referrer policies that tell other sites more than the default does are taken for the default,
   * so that {@code Origin} is {@code null} from https to http by {@code unsafe-url}, too. Standard:
   * they hold.
   */
  RELAXED_REFERRER_POLICIES_IGNORED,
}
