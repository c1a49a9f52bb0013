package dev.sallyport.fetch;

import static dev.sallyport.fetch.Deviation.DELETE_REDIRECTED_AS_GET;
import static dev.sallyport.fetch.Deviation.EMPTY_LINES_IGNORED;
import static dev.sallyport.fetch.Deviation.EXPOSED_LINES_APART;
import static dev.sallyport.fetch.Deviation.LOCALHOST_IS_MIXED_CONTENT;
import static dev.sallyport.fetch.Deviation.NO_CORS_ORIGIN_DESPITE_NO_REFERRER;
import static dev.sallyport.fetch.Deviation.ORIGIN_KEPT_AFTER_REDIRECT;
import static dev.sallyport.fetch.Deviation.PREFLIGHT_ON_EVERY_LATER_HOP;
import static dev.sallyport.fetch.Deviation.PREFLIGHT_ORIGIN_UNTAINTED;
import static dev.sallyport.fetch.Deviation.REQUESTED_NAMES_LESS_LAST_REMOVED;
import static dev.sallyport.fetch.Deviation.REQUESTED_NAMES_ORIGINAL;
import static dev.sallyport.fetch.Deviation.REQUESTED_NAMES_REPEATED;
import static dev.sallyport.fetch.Deviation.SAFELISTED_LINES_COMBINED;
import static dev.sallyport.fetch.Deviation.WILDCARD_COVERS_AUTHORIZATION;

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
          WILDCARD_COVERS_AUTHORIZATION,
          SAFELISTED_LINES_COMBINED,
          NO_CORS_ORIGIN_DESPITE_NO_REFERRER)),
  /** Firefox. */
  FIREFOX(
      Set.of(
          WILDCARD_COVERS_AUTHORIZATION,
          REQUESTED_NAMES_REPEATED,
          PREFLIGHT_ORIGIN_UNTAINTED,
          PREFLIGHT_ON_EVERY_LATER_HOP,
          REQUESTED_NAMES_LESS_LAST_REMOVED,
          EXPOSED_LINES_APART,
          EMPTY_LINES_IGNORED)),
  /** Safari, and everything on iOS. */
  WEBKIT(
      Set.of(
          WILDCARD_COVERS_AUTHORIZATION,
          PREFLIGHT_ON_EVERY_LATER_HOP,
          REQUESTED_NAMES_ORIGINAL,
          SAFELISTED_LINES_COMBINED,
          ORIGIN_KEPT_AFTER_REDIRECT,
          DELETE_REDIRECTED_AS_GET,
          LOCALHOST_IS_MIXED_CONTENT));

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
