package dev.sallyport.fetch;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whose behaviour is modelled: the standard's, or an engine's, which is its and some deviations.
 */
public enum Profile implements Keyword {
  /** The Fetch standard. */
  STANDARD(Set.of()),
  /** Chrome, Edge, Opera and others. */
  CHROMIUM(
      Set.of(
          Deviation.WILDCARD_COVERS_AUTHORIZATION,
          Deviation.SAFELISTED_LINES_COMBINED,
          Deviation.RANGE_BOUNDED,
          Deviation.CLIENT_HINTS_SAFELISTED,
          Deviation.REDIRECT_WITH_CREDENTIALS_BLOCKED,
          Deviation.REDIRECT_WITHOUT_LOCATION_PASSES,
          Deviation.ORIGIN_NULL_AFTER_REDIRECT,
          Deviation.NO_CORS_ORIGIN_DESPITE_POLICY,
          Deviation.MAX_AGE_SIGNED,
          Deviation.TAINTED_PREFLIGHTS_NOT_KEPT,
          Deviation.CONDITIONAL_ASKED_AGAIN,
          Deviation.KEPT_DESPITE_FAILURE,
          Deviation.FORGOTTEN_WHERE_NOT_ENOUGH,
          Deviation.UPLOAD_NEEDS_BODY,
          Deviation.ABOUT_BLANK_REFUSED,
          Deviation.LOCAL_NETWORK_ASKED_FOR)),
  /** Firefox. */
  FIREFOX(
      Set.of(
          Deviation.WILDCARD_COVERS_AUTHORIZATION,
          Deviation.RANGE_BOUNDED,
          Deviation.CONTENT_TYPE_WITH_COMMA_ASKED,
          Deviation.REQUESTED_NAMES_REPEATED,
          Deviation.REQUESTED_NAMES_LESS_LAST_REMOVED,
          Deviation.PREFLIGHT_ORIGIN_UNTAINTED,
          Deviation.PREFLIGHT_AS_BEFORE,
          Deviation.PREFLIGHT_HOME_UNCHECKED,
          Deviation.EXPOSED_WILDCARD_BEFORE_INVALID,
          Deviation.EMPTY_LINES_IGNORED,
          Deviation.MAX_AGE_MALFORMED_NOT_KEPT,
          Deviation.WILDCARDS_NOT_KEPT,
          Deviation.KEPT_HEAD_HAS_TO_BE_LISTED,
          Deviation.CONDITIONAL_ASKED_AGAIN,
          Deviation.METHOD_OVERRIDE_SPLIT_IN_QUOTES,
          Deviation.RELAXED_REFERRER_POLICIES_IGNORED)),
  /** Safari, and everything on iOS. */
  WEBKIT(
      Set.of(
          Deviation.WILDCARD_COVERS_AUTHORIZATION,
          Deviation.SAFELISTED_LINES_COMBINED,
          Deviation.RANGE_BOUNDED,
          Deviation.REQUESTED_NAMES_ORIGINAL,
          Deviation.PREFLIGHT_AS_BEFORE,
          Deviation.ORIGIN_KEPT_AFTER_REDIRECT,
          Deviation.DELETE_REDIRECTED_AS_GET,
          Deviation.REDIRECT_CHECKED_AGAIN,
          Deviation.REDIRECT_WITHOUT_LOCATION_PASSES,
          Deviation.REDIRECT_TO_FTP_FAILS,
          Deviation.ORIGIN_NOT_HIDDEN_AFTER_REDIRECT,
          Deviation.RANGE_UNIT_IN_ANY_CASE,
          Deviation.MAX_AGE_SIGNED,
          Deviation.KEPT_WILDCARD_COVERS_AUTHORIZATION,
          Deviation.KEPT_DESPITE_FAILURE,
          Deviation.METHOD_OVERRIDE_SPLIT_IN_QUOTES,
          Deviation.ABOUT_BLANK_REFUSED,
          Deviation.LOOPBACK_IS_MIXED_CONTENT,
          Deviation.MIXED_CONTENT_PREFLIGHTED));

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
  private final Set<Deviation> deviations;

  Profile(Set<Deviation> deviations) {
    this.deviations = deviations;
  }

  /** {@code standard}, {@code chromium}, {@code firefox}, {@code webkit}. */
  @Override
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of this {@link #keyword}; empty when there is none. */
  public static Optional<Profile> of(String keyword) {
    return Keyword.find(values(), keyword);
  }

  /** Where it leaves the standard. */
  public Set<Deviation> deviations() {
    return deviations;
  }

  boolean does(Deviation deviation) {
    return deviations.contains(deviation);
  }
}
