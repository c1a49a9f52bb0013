package dev.sallyport.origin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Origin patterns, compiled: finding the one that matches costs the length of the origin, not the
 * number of patterns.
 *
 * <p>Exact patterns are looked up in a hash table by their serialization, which is what browsers
 * send. The others hang in a tree of labels, read from the right: {@code https://*.foo.com} hangs
 * at {@code com} → {@code foo}. A label is compared whole, so that {@code barfoo.com} never comes
 * near {@code foo.com}.
 *
 * @param <A> what is kept for each origin that matches, made once for an exact pattern
 */
public final class OriginSet<A> {

  /**
   * An origin that is in the set.
   *
   * @param pattern the pattern that it matches; of several, an exact one, else the one with the
   *     longest domain
   * @param answer what was made for it
   */
  public record Match<A>(OriginPattern pattern, A answer) {}

  private static final class Node {
    final Map<String, Node> children = new HashMap<>();
    final List<OriginPattern.Wildcard> patterns = new ArrayList<>(1);
  }

  private final Map<String, Match<A>> exact = new HashMap<>();
  private final Node root = new Node();
  private final boolean hasWildcards;
  private final BiFunction<OriginPattern, String, A> answers;
  private final @Nullable Match<A> any;

  /**
   * Compiles {@code patterns}; each origin's answer comes from {@code answers}, applied to the
   * pattern and the origin's serialization ({@code *} for the pattern that matches all).
   */
  public OriginSet(List<OriginPattern> patterns, BiFunction<OriginPattern, String, A> answers) {
    this.answers = answers;
    Match<A> any = null;
    boolean hasWildcards = false;
    for (OriginPattern pattern : patterns) {
      if (pattern instanceof OriginPattern.Any) {
        any = new Match<>(pattern, answers.apply(pattern, "*"));
      } else if (pattern instanceof OriginPattern.Wildcard wildcard) {
        insert(wildcard);
        hasWildcards = true;
      } else {
        exact.put(
            pattern.toString(), new Match<>(pattern, answers.apply(pattern, pattern.toString())));
      }
    }
    this.any = any;
    this.hasWildcards = hasWildcards;
  }

  private void insert(OriginPattern.Wildcard pattern) {
    Node node = root;
    String domain = pattern.domain();
    for (int end = domain.length(); end > 0; ) {
      int start = labelStart(domain, end);
      node = node.children.computeIfAbsent(domain.substring(start, end), label -> new Node());
      end = start - 1;
    }
    node.patterns.add(pattern);
  }

  /** Whether every origin is in the set, so that the answer is the same for all. */
  public boolean containsAll() {
    return any != null;
  }

  /** Finds what matches {@code origin}, the value of an {@code Origin} header as it came. */
  public Optional<Match<A>> find(String origin) {
    if (any != null) {
      return Optional.of(any);
    }
    Match<A> match = exact.get(origin);
    if (match != null) {
      return Optional.of(match);
    }
    if (!hasWildcards || origin.length() > OriginParser.LONGEST_ORIGIN) {
      return Optional.empty();
    }
    return Origin.tryParse(origin)
        .flatMap(this::findWildcard)
        .map(pattern -> new Match<>(pattern, answers.apply(pattern, origin)));
  }

  private Optional<OriginPattern.Wildcard> findWildcard(Origin origin) {
    if (!(origin instanceof TupleOrigin tuple)) {
      return Optional.empty();
    }
    String host = tuple.host();
    OriginPattern.Wildcard longest = null;
    Node node = root;
    for (int end = host.length(); end > 0; ) {
      int start = labelStart(host, end);
      node = node.children.get(host.substring(start, end));
      if (node == null) {
        break;
      }
      for (OriginPattern.Wildcard pattern : node.patterns) {
        if (pattern.matches(origin)) {
          longest = pattern;
        }
      }
      end = start - 1;
    }
    return Optional.ofNullable(longest);
  }

  /** Where the label that ends at {@code end} begins; an IPv6 address is one label. */
  private static int labelStart(String host, int end) {
    return host.lastIndexOf('.', end - 1) + 1;
  }
}
