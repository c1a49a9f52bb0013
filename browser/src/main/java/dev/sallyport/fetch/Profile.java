package dev.sallyport.fetch;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whose behaviour is modelled: the standard's, or an engine's, which is its and some deviations.
 */
public enum Profile {
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
          Deviation.NO_CORS_ORIGIN_DESPITE_POLICY)),
  /** Firefox. */
  FIREFOX(
      Set.of(
          Deviation.WILDCARD_COVERS_AUTHORIZATION,
          Deviation.RANGE_BOUNDED,
          Deviation.REQUESTED_NAMES_REPEATED,
          Deviation.REQUESTED_NAMES_LESS_LAST_REMOVED,
          Deviation.PREFLIGHT_ORIGIN_UNTAINTED,
          Deviation.PREFLIGHT_AS_BEFORE,
          Deviation.PREFLIGHT_HOME_UNCHECKED,
          Deviation.EXPOSED_WILDCARD_BEFORE_INVALID,
          Deviation.EMPTY_LINES_IGNORED)),
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
          Deviation.LOCALHOST_IS_MIXED_CONTENT));

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
  private final Set<Deviation> deviations;

  Profile(Set<Deviation> deviations) {
    this.deviations = deviations;
  }

  /** {@code standard}, {@code chromium}, {@code firefox}, {@code webkit}. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of this {@link #keyword}; empty when there is none. */
  public static Optional<Profile> of(String keyword) {
    for (Profile each : values()) {
      if (each.keyword().equals(keyword)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }

  /** Where it leaves the standard. */
  public Set<Deviation> deviations() {
    return deviations;
  }

  boolean does(Deviation deviation) {
    return deviations.contains(deviation);
  }
}
