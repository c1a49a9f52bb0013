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
  PRELOADED_SCRIPT_OF_ANY_TYPE;

  /** Those of a browser, as far as they were seen. */
  static Set<EmbeddingDeviation> of(Profile profile) {
    return switch (profile) {
      case STANDARD, WEBKIT -> EnumSet.noneOf(EmbeddingDeviation.class);
      case CHROMIUM -> EnumSet.allOf(EmbeddingDeviation.class);
      case FIREFOX -> EnumSet.of(OPAQUE_RESPONSE_BLOCKING);
    };
  }
}
