package dev.sallyport.embed;

import java.util.Locale;

/** Something of an embedded resource that a script of the page may read. */
public enum Reading {
  /** The bytes of the body. */
  BODY("its body"),
  /** Status and exposed headers. */
  HEAD("its status and exposed headers"),
  /** Pixels, by a canvas. */
  PIXELS("its pixels"),
  /** Width and height. */
  SIZE("its width and height"),
  /** Samples, by Web Audio. */
  SAMPLES("its samples"),
  /** How long it plays. */
  DURATION("its duration"),
  /** What a script or style sheet does in the page. */
  EFFECTS("what it does in the page"),
  /** Message, line and stack of its errors. */
  ERRORS("its errors in full"),
  /** The rules of a style sheet. */
  RULES("its CSS rules"),
  /** What a module exports. */
  EXPORTS("what it exports"),
  /** The cues of a track. */
  CUES("its cues"),
  /** The document of a frame or window. */
  DOCUMENT("its document"),
  /** What it sends: messages or events. */
  MESSAGES("what it sends");

  private final String words;

  Reading(String words) {
    this.words = words;
  }

  /** For programs: {@code pixels}. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** For people: {@code its pixels}. */
  public String words() {
    return words;
  }
}
