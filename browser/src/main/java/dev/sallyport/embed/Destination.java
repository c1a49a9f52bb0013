package dev.sallyport.embed;

import java.util.Locale;

/**
 * What a fetched resource is for.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-request-destination">Fetch, destination</a>
 */
public enum Destination {
  EMPTY,
  AUDIO,
  AUDIOWORKLET,
  DOCUMENT,
  EMBED,
  FONT,
  IFRAME,
  IMAGE,
  JSON,
  MANIFEST,
  OBJECT,
  SCRIPT,
  SERVICEWORKER,
  SHAREDWORKER,
  STYLE,
  TRACK,
  VIDEO,
  WORKER;

  /** As the standard writes it; the empty string for {@link #EMPTY}. */
  public String keyword() {
    return this == EMPTY ? "" : name().toLowerCase(Locale.ROOT);
  }

  /**
   * Whether what comes is run.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#request-destination-script-like">Fetch,
   *     script-like</a>
   */
  boolean isScriptLike() {
    return switch (this) {
      case AUDIOWORKLET, SCRIPT, SERVICEWORKER, SHAREDWORKER, WORKER -> true;
      default -> false;
    };
  }
}
