package dev.sallyport.embed;

import dev.sallyport.fetch.Profile;
import java.util.EnumSet;
import java.util.Set;

/** Something that a browser does otherwise than the standards say, or that they do not say. */
public enum EmbeddingDeviation {
  /**
   * Answers without CORS whose type no image, script or style sheet has are kept from a page of
   * another origin.
   *
   * @see <a href="https://github.com/annevk/orb">Opaque response blocking</a>
   */
  OPAQUE_RESPONSE_BLOCKING,
  /** The standard takes a classic worker's script as JavaScript only; the browser, as any text. */
  WORKER_OF_ANY_TEXT,
  /** The standard preloads what has an error status; the browser, images and data only. */
  PRELOAD_WANTS_OK_STATUS,
  /** The standard asks for the type of a script when it is preloaded; the browser, when it runs. */
  PRELOADED_SCRIPT_OF_ANY_TYPE,
  /** The same, of plain text with {@code nosniff}. */
  OPAQUE_TEXT_BLOCKING,
  /**
   * The standard heeds the embedder policy of a framed document only where that is a secure
   * context; the browser always.
   */
  EMBEDDER_POLICY_OF_INSECURE_DOCUMENTS,
  /** The standard takes a worklet's script as JavaScript only; the browser, as any text. */
  WORKLET_OF_ANY_TEXT,
  /** The standard mutes all errors of a script from elsewhere; the browser, not those in timers. */
  ERRORS_IN_TIMERS_IN_FULL,
  /**
   * The standard loads {@code object} and {@code embed} as frames are; the browser asks for them as
   * for any resource without CORS.
   */
  OBJECTS_ARE_RESOURCES,
  /** The browser knows no {@code credentialless}: such a page demands nothing. */
  NO_CREDENTIALLESS,
  /**
   * The standard asks for fonts and tracks by CORS; the browser without, if nothing else is said.
   */
  FONTS_AND_TRACKS_WITHOUT_CORS,
  /** The standard takes tracks whatever their status; the browser, of 200 to 299. */
  TRACKS_WANT_OK_STATUS,
  /**
   * The standard tells errors of scripts that are shared by CORS in full; the browser, not those in
   * timers.
   */
  ERRORS_IN_TIMERS_MUTED,
  /** The standard takes a module worker's script as JavaScript only; the browser, as any text. */
  MODULE_WORKER_OF_ANY_TEXT,
  /** The standard sends pings; the browser does not, until its user says so. */
  NO_PINGS;

  /** Those of a browser, as far as they were seen. */
  static Set<EmbeddingDeviation> of(Profile profile) {
    return switch (profile) {
      case STANDARD -> EnumSet.noneOf(EmbeddingDeviation.class);
      case WEBKIT ->
          EnumSet.of(
              NO_CREDENTIALLESS,
              FONTS_AND_TRACKS_WITHOUT_CORS,
              TRACKS_WANT_OK_STATUS,
              ERRORS_IN_TIMERS_MUTED,
              MODULE_WORKER_OF_ANY_TEXT);
      case CHROMIUM ->
          EnumSet.of(
              OPAQUE_RESPONSE_BLOCKING,
              OPAQUE_TEXT_BLOCKING,
              WORKER_OF_ANY_TEXT,
              PRELOAD_WANTS_OK_STATUS,
              PRELOADED_SCRIPT_OF_ANY_TYPE,
              EMBEDDER_POLICY_OF_INSECURE_DOCUMENTS);
      case FIREFOX ->
          EnumSet.of(
              OPAQUE_RESPONSE_BLOCKING,
              WORKLET_OF_ANY_TEXT,
              ERRORS_IN_TIMERS_IN_FULL,
              OBJECTS_ARE_RESOURCES,
              NO_PINGS);
    };
  }
}
