package dev.sallyport.fetch;

import java.util.Optional;

/** One of several words that mean something where a page, a script or a command line has it. */
public interface Keyword {
  /** The word as it is written there. */
  String keyword();

  /** The one of {@code all} that is written so; empty when there is none. */
  static <E extends Keyword> Optional<E> find(E[] all, String keyword) {
    for (E each : all) {
      if (each.keyword().equals(keyword)) {
        return Optional.of(each);
      }
    }
    return Optional.empty();
  }
}
