package dev.sallyport.origin;

import dev.sallyport.origin.OriginPattern.Any;
import dev.sallyport.origin.OriginPattern.Exact;
import dev.sallyport.origin.OriginPattern.Except;
import dev.sallyport.origin.OriginPattern.Null;
import dev.sallyport.origin.OriginPattern.Wildcard;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Origin patterns, compiled: finding what an origin's answer is costs the length of the origin, not
 * the number of patterns.
 *
 * <p>An exclusion wins over every other pattern, wherever it stands among them. Exact patterns are
 * looked up by their serialization, which is what browsers send; the others by the domains that an
 * origin's host ends in.
 *
 * @param <A> what is kept for each origin that is in the set, made once for an exact pattern
 */
public final class OriginSet<A> {

  /**
   * What is kept for what is not in a set.
   *
   * @param outside for an origin that no pattern matches
   * @param excluded for an origin that an exclusion takes out
   * @param opaque for {@code null}
   * @param invalid for what is no origin
   */
  public record Misses<A>(A outside, A excluded, A opaque, A invalid) {}

  /** Makes what is kept for the origins in a set. */
  @FunctionalInterface
  public interface Answers<A> {
    /**
     * The answer for an origin that a pattern matches.
     *
     * @param pattern the pattern
     * @param origin the origin's serialization; {@code *} under the pattern that matches all
     */
    A of(OriginPattern pattern, String origin);

    /** The answer for an origin that is a pattern by itself; made when the set is compiled. */
    default A ofOrigin(String origin) {
      return of(OriginPattern.parse(origin), origin);
    }
  }

  private final Answers<A> answers;
  private final Misses<A> misses;
  private final ExactOrigins<A> exact;
  private final @Nullable Wildcards wildcards;
  private final @Nullable A any;
  private final @Nullable OriginSet<Optional<OriginPattern>> exclusions;

  /**
   * Compiles {@code patterns}.
   *
   * @param patterns texts, each a pattern
   * @param misses what is answered for what is not in the set
   * @param answers makes an origin's answer from the pattern that matches it and from its
   *     serialization ({@code *} under the pattern that matches all)
   * @throws OriginPatternException when a text is no pattern
   */
  public static <A> OriginSet<A> compile(
      Collection<String> patterns, Misses<A> misses, Answers<A> answers) {
    ExactOrigins<A> exact = new ExactOrigins<>(patterns.size());
    List<Wildcard> wildcards = new ArrayList<>();
    List<String> exclusions = new ArrayList<>();
    A any = null;
    // Each pattern is parsed here and forgotten, so that a million of them fit.
    for (String text : patterns) {
      if (OriginPattern.isSecureOrigin(text)) {
        exact.put(text, answers.ofOrigin(text));
        continue;
      }
      OriginPattern pattern = OriginPattern.parse(text);
      if (pattern instanceof Exact) {
        exact.put(text, answers.ofOrigin(text));
      } else if (pattern instanceof Null) {
        exact.put(text, answers.of(pattern, text));
      } else if (pattern instanceof Wildcard wildcard) {
        wildcards.add(wildcard);
      } else if (pattern instanceof Except except) {
        exclusions.add(except.excluded().toString());
      } else if (pattern instanceof Any) {
        any = answers.of(pattern, text);
      }
    }
    return new OriginSet<>(
        answers,
        misses,
        exact,
        wildcards.isEmpty() ? null : new Wildcards(wildcards),
        any,
        exclusions.isEmpty() ? null : exclusions(exclusions));
  }

  private static OriginSet<Optional<OriginPattern>> exclusions(List<String> patterns) {
    Optional<OriginPattern> none = Optional.empty();
    return compile(
        patterns,
        new Misses<>(none, none, none, none),
        (pattern, origin) -> Optional.of(new Except(pattern)));
  }

  private OriginSet(
      Answers<A> answers,
      Misses<A> misses,
      ExactOrigins<A> exact,
      @Nullable Wildcards wildcards,
      @Nullable A any,
      @Nullable OriginSet<Optional<OriginPattern>> exclusions) {
    this.answers = answers;
    this.misses = misses;
    this.exact = exact;
    this.wildcards = wildcards;
    this.any = any;
    this.exclusions = exclusions;
  }

  /**
   * The answer for {@code origin}.
   *
   * <p>Of several patterns that match, the exact one counts, else the one with the longest domain.
   *
   * @param origin the value of an {@code Origin} header, as it came
   */
  public A find(String origin) {
    if (exclusions != null && exclusions.find(origin).isPresent()) {
      return misses.excluded();
    }
    if (origin.length() > OriginParser.LONGEST_ORIGIN) {
      return any == null ? misses.invalid() : any;
    }
    A answer = exact.get(origin);
    if (answer == null) {
      answer = any;
    }
    return answer == null ? findWildcard(origin) : answer;
  }

  private A findWildcard(String origin) {
    long scan = OriginScan.scan(origin);
    if (scan == OriginScan.INVALID) {
      return origin.equals("null") ? misses.opaque() : misses.invalid();
    }
    Wildcard pattern = wildcards == null ? null : wildcards.find(origin, scan);
    return pattern == null ? misses.outside() : answers.of(pattern, origin);
  }

  /** The exclusion that keeps {@code origin} out of the set; empty when none does. */
  public Optional<OriginPattern> exclusion(String origin) {
    return exclusions == null ? Optional.empty() : exclusions.find(origin);
  }
}
