package dev.sallyport.fuzz;

import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginPatternException;
import dev.sallyport.origin.OriginSet;
import dev.sallyport.origin.PatternReading;
import dev.sallyport.origin.TupleOrigin;
import java.util.List;

/** A pattern, and behind a line feed an origin to try it on. */
public final class PatternTarget {
  private PatternTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = Law.text(input);
    int end = text.indexOf('\n');
    String written = end < 0 ? text : text.substring(0, end);
    String origin = end < 0 ? "https://a.foo.com" : text.substring(end + 1);
    OriginPattern pattern;
    try {
      pattern = OriginPattern.parse(written);
    } catch (OriginPatternException e) {
      e.suggestion().ifPresent(OriginPattern::parse);
      return;
    }
    Law.that(pattern.toString().equals(written), "a pattern is written as it was read", text);
    Law.that(pattern.equals(OriginPattern.parse(written)), "equal texts are equal patterns", text);
    PatternReading reading = PatternReading.of(pattern);
    Law.that(!reading.meaning().isEmpty(), "a pattern has a meaning", text);
    if (pattern instanceof OriginPattern.Except) {
      return;
    }
    boolean matches = Origin.tryParse(origin).filter(pattern::matches).isPresent();
    boolean found =
        OriginSet.compile(
                List.of(written),
                new OriginSet.Misses<>(false, false, false, false),
                (each, name) -> true)
            .find(origin);
    Law.that(
        found == (matches || pattern instanceof OriginPattern.Any),
        "the compiled set agrees with the pattern",
        text);
    if (matches && pattern instanceof OriginPattern.Wildcard wildcard) {
      TupleOrigin tuple = (TupleOrigin) Origin.parse(origin);
      boolean beneath = tuple.host().endsWith("." + wildcard.domain());
      Law.that(
          wildcard.subdomains() ? beneath : tuple.host().equals(wildcard.domain()),
          "a match ends in the whole domain",
          text);
    }
  }
}
