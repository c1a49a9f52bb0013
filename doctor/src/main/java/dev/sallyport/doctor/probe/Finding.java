package dev.sallyport.doctor.probe;

import java.util.List;

/**
 * Something that the probe found.
 *
 * @param code for programs, lower case with hyphens; stable
 * @param kind how much it matters
 * @param what in a sentence
 * @param fixes what to do, the best first
 */
public record Finding(String code, Kind kind, String what, List<String> fixes) {

  /** How much a finding matters. */
  public enum Kind {
    /** Why the page gets no answer, and it is not CORS. */
    NOT_CORS,
    /** Why the page gets no answer, or a part of why. */
    CAUSE,
    /** Works now, and will not always. */
    RISK,
    /** Worth knowing. */
    NOTE
  }

  public Finding {
    fixes = List.copyOf(fixes);
  }

  static Finding of(String code, Kind kind, String what, String... fixes) {
    return new Finding(code, kind, what, List.of(fixes));
  }
}
