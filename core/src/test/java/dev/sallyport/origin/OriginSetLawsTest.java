package dev.sallyport.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The laws of the compiled set, on random patterns and on origins that nearly match. {@code
 * -Dsallyport.pairs=10000000} tries more pairs than the ordinary build does.
 */
class OriginSetLawsTest {
  private static final int PAIRS = Integer.getInteger("sallyport.pairs", 400_000);
  private static final int ORIGINS_A_SET = 100;

  private static final OriginSet.Misses<String> MISSES =
      new OriginSet.Misses<>("outside", "excluded", "opaque", "invalid");

  private static String miss(String origin) {
    return Origin.tryParse(origin).isPresent() ? "outside" : "invalid";
  }

  private final long seed = Long.getLong("sallyport.seed", 42);
  private final Random random = new Random(seed);

  /** It finds an origin exactly when a reader of the grammar would say that it is meant. */
  @Test
  void theCompiledSetAgreesWithTheNaiveMatcher() {
    int found = 0;
    int excluded = 0;
    for (int round = 0; round < PAIRS / ORIGINS_A_SET; round++) {
      List<String> patterns = randomPatterns();
      OriginSet<String> set = OriginSet.compile(patterns, MISSES, (pattern, origin) -> origin);
      for (int i = 0; i < ORIGINS_A_SET; i++) {
        String origin =
            random.nextBoolean()
                ? randomOrigin()
                : originNear(patterns.get(random.nextInt(patterns.size())).replace("!", ""));
        boolean out = NaiveMatcher.excludes(patterns, origin);
        boolean naive = !out && NaiveMatcher.allows(patterns, origin);
        String expected = naive ? origin : out ? "excluded" : miss(origin);
        if (!set.find(origin).equals(expected)) {
          assertThat(set.find(origin))
              .as("%s in %s, seed %s", origin, patterns, seed)
              .isEqualTo(expected);
        }
        found += naive ? 1 : 0;
        excluded += out ? 1 : 0;
      }
    }
    assertThat(found)
        .as("matches, so that both sides were tried")
        .isBetween(PAIRS / 50, PAIRS * 9 / 10);
    assertThat(excluded).as("exclusions, so that they were tried").isGreaterThan(PAIRS / 500);
  }

  /** The pattern of an answer is one of the set's and matches the origin; the answer is its own. */
  @Test
  void aMatchNamesThePatternThatMatches() {
    for (int round = 0; round < PAIRS / 200; round++) {
      List<String> patterns = randomPatterns();
      Optional<OriginPattern> none = Optional.empty();
      OriginSet<Optional<OriginPattern>> set =
          OriginSet.compile(
              patterns,
              new OriginSet.Misses<>(none, none, none, none),
              (pattern, origin) -> Optional.of(pattern));
      for (int i = 0; i < ORIGINS_A_SET; i++) {
        String origin = randomOrigin();
        set.find(origin)
            .ifPresent(
                pattern -> {
                  assertThat(patterns).contains(pattern.toString());
                  assertThat(pattern.matches(Origin.parse(origin)))
                      .as("%s matches %s", pattern, origin)
                      .isTrue();
                });
      }
    }
  }

  @Test
  void theScanAgreesWithTheParser() {
    for (int i = 0; i < PAIRS / 2; i++) {
      String origin = randomOrigin();
      long scan = OriginScan.scan(origin);
      TupleOrigin parsed =
          Origin.tryParse(origin)
              .filter(TupleOrigin.class::isInstance)
              .map(TupleOrigin.class::cast)
              .orElse(null);
      assertThat(scan != OriginScan.INVALID).as(origin).isEqualTo(parsed != null);
      if (parsed != null) {
        assertThat(origin.substring(OriginScan.hostStart(scan), OriginScan.hostEnd(scan)))
            .isEqualTo(parsed.host());
        assertThat(OriginScan.port(scan)).isEqualTo(parsed.port().orElse(-1));
        assertThat(OriginScan.dots(scan))
            .isEqualTo(parsed.host().length() - parsed.host().replace(".", "").length());
      }
    }
  }

  /** What a wider pattern leaves out, the narrow one does too. */
  @Test
  void aWiderPatternMatchesAllThatANarrowOneDoes() {
    int tried = 0;
    for (int round = 0; round < PAIRS / 130; round++) {
      String narrow = randomPattern(random);
      for (OriginPattern wider : OriginPattern.parse(narrow).wider()) {
        for (int i = 0; i < 20; i++) {
          String origin = originNear(narrow);
          if (NaiveMatcher.matches(narrow, origin)) {
            assertThat(NaiveMatcher.matches(wider.toString(), origin))
                .as("%s is wider than %s, and %s", wider, narrow, origin)
                .isTrue();
            tried++;
          }
        }
      }
    }
    assertThat(tried).isGreaterThan(PAIRS / 20);
  }

  /** A pattern that is not said to be wider leaves out something, which is easy to find. */
  @Test
  @Tag("slow")
  void aPatternThatIsNotWiderLeavesSomethingOut() {
    int apart = 0;
    int unfounded = 0;
    for (int round = 0; round < PAIRS / 130; round++) {
      String narrow = randomPattern(random);
      String other = randomPattern(random);
      if (OriginPattern.parse(other).covers(OriginPattern.parse(narrow))) {
        continue;
      }
      boolean leavesOut = false;
      for (int i = 0; i < 400 && !leavesOut; i++) {
        String origin = originNear(narrow);
        leavesOut = NaiveMatcher.matches(narrow, origin) && !NaiveMatcher.matches(other, origin);
      }
      apart += leavesOut ? 1 : 0;
      unfounded += leavesOut ? 0 : 1;
    }
    assertThat(apart).isGreaterThan(PAIRS / 200);
    assertThat(unfounded).as("pairs for which no origin was found").isLessThan(apart / 50 + 2);
  }

  /** Few, which are compared one after the other, or many, which are looked up. */
  private List<String> randomPatterns() {
    List<String> patterns = new ArrayList<>();
    for (int i = random.nextInt(random.nextBoolean() ? 8 : 30); i >= 0; i--) {
      patterns.add((random.nextInt(6) == 0 ? "!" : "") + randomPattern(random));
    }
    return patterns;
  }

  /** Few labels, so that patterns and origins meet. */
  static String randomPattern(Random random) {
    String port = List.of("", "", ":1", ":2", ":*").get(random.nextInt(5));
    String label =
        List.of("", "", "*.", "*.", "a-*.", "*-b.", "a-*-b.", "ab-*.", "xn--a-*.")
            .get(random.nextInt(9));
    return scheme(random) + label + host(random) + port;
  }

  private String randomOrigin() {
    String origin =
        scheme(random) + host(random) + List.of("", "", ":1", ":2").get(random.nextInt(4));
    if (random.nextInt(10) > 0) {
      return origin;
    }
    int at = random.nextInt(origin.length());
    return origin.substring(0, at)
        + List.of("a", ".", "/", ":", "%", "-", "1", "A", "[", "\u0131").get(random.nextInt(10))
        + origin.substring(at);
  }

  /** An origin made from a pattern by putting something for each wildcard. */
  private String originNear(String pattern) {
    String label = List.of("a", "b", "a.b", "c-d", "x", "a-b").get(random.nextInt(6));
    String near = pattern.replaceFirst("//\\*\\.", "//" + label + ".");
    near = near.replaceFirst("-\\*", "-" + label).replaceFirst("\\*-", label + "-");
    return near.replace(":*", List.of("", ":1", ":2", ":3").get(random.nextInt(4)));
  }

  private static String scheme(Random random) {
    return random.nextInt(4) == 0 ? "http://" : "https://";
  }

  private static String host(Random random) {
    List<String> labels =
        Arrays.asList("a", "b", "ab", "a-b", "ab-b", "a-b-b", "a-", "-b", "xn--a-b");
    StringBuilder host = new StringBuilder();
    for (int left = 1 + random.nextInt(3); left > 0; left--) {
      String label =
          random.nextInt(3) > 0 ? labels.get(random.nextInt(3)) : labels.get(random.nextInt(9));
      host.append(label).append(left > 1 ? "." : "");
    }
    return host.toString();
  }
}
