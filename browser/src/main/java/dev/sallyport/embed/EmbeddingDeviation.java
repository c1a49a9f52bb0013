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
   * The standard tells errors of scripts that are shared by CORS in full, and of others muted; the
   * browser tells those in timers in full where the last answer is of the page's own origin.
   */
  ERRORS_IN_TIMERS_BY_LAST_ORIGIN,
  /** The standard takes a module worker's script as JavaScript only; the browser, as any text. */
  MODULE_WORKER_OF_ANY_TEXT,
  /** The standard sends pings; the browser does not, until its user says so. */
  NO_PINGS,
  /** The standard prefetches; the browser does not, until its user says so. */
  NO_PREFETCH,
  /**
   * The standard sends no {@code Origin} with a GET to the page's own origin; the browser does, for
   * elements and modules that ask by CORS.
   */
  ORIGIN_TO_OWN,
  /** The same of worklets. */
  ORIGIN_TO_OWN_OF_WORKLETS,
  /**
   * The standard asks for the embedder policy of a framed document; the browser of redirects to it,
   * too.
   */
  EMBEDDER_POLICY_OF_REDIRECTS,
  /** The standard connects to where a WebSocket's URL says; the browser follows redirects. */
  SOCKETS_FOLLOW_REDIRECTS,
  /** The standard preloads data whatever its status; the browser, of 200 to 299. */
  PRELOADED_DATA_WANTS_OK_STATUS,
  /**
   * The standard preloads fonts as {@code crossorigin} says; the browser by CORS and without
   * credentials, as fonts themselves.
   */
  PRELOADED_FONT_BY_CORS,
  /** The standard takes a preloaded style sheet of any type; the browser, text/css only. */
  PRELOADED_STYLE_OF_CSS,
  /**
   * The standard asks for the type of a style sheet with {@code nosniff} when it is preloaded; the
   * browser, when it is applied.
   */
  PRELOADED_STYLE_OF_ANY_TYPE,
  /** The standard asks for the type of a module when it is preloaded; the browser, when it runs. */
  PRELOADED_MODULE_OF_ANY_TYPE,
  /**
   * The standard tells a page that what it preloads has failed; the browser not when that is of
   * another origin, so that nothing can be learned from it.
   */
  PRELOADS_OF_OTHERS_NEVER_FAIL;

  /** Those of a browser, as far as they were seen. */
  static Set<EmbeddingDeviation> of(Profile profile) {
    return switch (profile) {
      case STANDARD -> EnumSet.noneOf(EmbeddingDeviation.class);
      case WEBKIT ->
          EnumSet.of(
              NO_CREDENTIALLESS,
              FONTS_AND_TRACKS_WITHOUT_CORS,
              TRACKS_WANT_OK_STATUS,
              ERRORS_IN_TIMERS_BY_LAST_ORIGIN,
              MODULE_WORKER_OF_ANY_TEXT,
              NO_PREFETCH,
              ORIGIN_TO_OWN,
              EMBEDDER_POLICY_OF_REDIRECTS,
              SOCKETS_FOLLOW_REDIRECTS,
              PRELOAD_WANTS_OK_STATUS,
              PRELOADED_SCRIPT_OF_ANY_TYPE,
              PRELOADED_STYLE_OF_ANY_TYPE,
              PRELOADED_MODULE_OF_ANY_TYPE);
      case CHROMIUM ->
          EnumSet.of(
              OPAQUE_RESPONSE_BLOCKING,
              OPAQUE_TEXT_BLOCKING,
              WORKER_OF_ANY_TEXT,
              PRELOAD_WANTS_OK_STATUS,
              PRELOADED_SCRIPT_OF_ANY_TYPE,
              EMBEDDER_POLICY_OF_INSECURE_DOCUMENTS,
              ORIGIN_TO_OWN,
              ORIGIN_TO_OWN_OF_WORKLETS);
      case FIREFOX ->
          EnumSet.of(
              OPAQUE_RESPONSE_BLOCKING,
              WORKLET_OF_ANY_TEXT,
              ERRORS_IN_TIMERS_IN_FULL,
              OBJECTS_ARE_RESOURCES,
              NO_PINGS,
              PRELOAD_WANTS_OK_STATUS,
              PRELOADED_DATA_WANTS_OK_STATUS,
              PRELOADED_FONT_BY_CORS,
              PRELOADED_STYLE_OF_CSS,
              PRELOADS_OF_OTHERS_NEVER_FAIL);
    };
  }
}
