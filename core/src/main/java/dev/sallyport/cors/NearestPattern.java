package dev.sallyport.cors;

import dev.sallyport.origin.OriginPattern;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds the pattern that whoever sent a denied origin probably thought of, by mending the origin in
 * the ways in which origins are usually wrong. The cost does not depend on how many patterns there
 * are, because anybody can be denied.
 */
final class NearestPattern {
  private static final int LONGEST = 512;
  private static final List<Function<String, String>> MENDINGS =
      List.of(
          origin -> origin.toLowerCase(Locale.ROOT),
          origin -> origin.replaceFirst("/+$", ""),
          origin -> origin.replaceFirst("^http://", "https://"),
          origin -> origin.replaceFirst("^https://", "http://"),
          origin -> origin.replaceFirst(":\\d*$", ""),
          origin -> origin.replaceFirst("\\.(:\\d+)?$", "$1"),
          origin -> origin.replaceFirst("://www\\.", "://"),
          origin -> origin.replaceFirst("://", "://www."),
          origin -> origin.replaceFirst("://", "://sub."),
          origin -> origin.replaceFirst("^http://([^:]*):\\d*$", "https://$1"),
          origin -> origin.replaceFirst("^http://(www\\.)?", "https://"),
          origin -> origin.replaceFirst("^http://", "https://www."));

  private NearestPattern() {}

  static Optional<OriginPattern> find(
      String origin, Function<String, Optional<OriginPattern>> patterns) {
    if (origin.length() > LONGEST) {
      return Optional.empty();
    }
    return MENDINGS.stream()
        .map(mending -> mending.apply(origin))
        .filter(mended -> !mended.equals(origin))
        .map(patterns)
        .flatMap(Optional::stream)
        .findFirst();
  }
}
