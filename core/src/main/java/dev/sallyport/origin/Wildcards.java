package dev.sallyport.origin;

import dev.sallyport.origin.OriginPattern.Wildcard;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of patterns with a wildcard: finding those that match an origin costs the length of
 * the origin, not the number of patterns.
 *
 * <p>A pattern is found by its scheme, port and domain, and by what surrounds the wildcard in its
 * label. The host is read once from the right; at each dot, what has been read is a domain that
 * patterns may stand over, and its hash is known. The hash only chooses the slot: what stands there
 * is compared whole, label by label, so that {@code barfoo.com} never comes near {@code foo.com}.
 *
 * <p>A few patterns are compared one after the other instead, which is faster than to hash.
 */
final class Wildcards {
  private static final int GOLDEN = 0x9e37_79b9;

  /** Stands for every port, where a pattern's port is hashed. */
  private static final int ANY_PORT = -2;

  /** Stand for the label of a pattern, where it is hashed: none, and {@code *}. */
  private static final int NO_LABEL = 1;

  private static final int WHOLE_LABELS = 2;

  /** From this many labels on, domains are not told apart by their number of labels. */
  private static final int MOST_DEPTHS = 63;

  /** Up to this many patterns are compared one after the other. */
  private static final int FEW = 8;

  /** Of several patterns that match, the first of this order counts. */
  private static final Comparator<Wildcard> NARROWEST_FIRST =
      Comparator.comparingInt((Wildcard pattern) -> -pattern.domain().length())
          .thenComparingInt(pattern -> -pattern.label().length())
          .thenComparing(pattern -> !pattern.anyPort());

  private final Wildcard @Nullable [] few;
  private final @Nullable Wildcard[] table;
  private final int shift;

  /** A bit for each number of labels that the domain of some pattern has, by what stands before. */
  private long depthsOfHosts;

  private long depthsOfWholeLabels;
  private long depthsOfPartLabels;
  private boolean hasAnyPort;
  private boolean hasOnePort;

  Wildcards(Collection<Wildcard> patterns) {
    few =
        patterns.size() > FEW
            ? null
            : patterns.stream().sorted(NARROWEST_FIRST).toArray(Wildcard[]::new);
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, patterns.size()));
    table = new Wildcard[1 << bits];
    shift = 32 - bits;
    patterns.forEach(this::insert);
  }

  private void insert(Wildcard pattern) {
    String domain = pattern.domain();
    int hash = 0;
    int dots = 0;
    for (int i = domain.length() - 1; i >= 0; i--) {
      hash = next(hash, domain.charAt(i));
      dots += domain.charAt(i) == '.' ? 1 : 0;
    }
    int star = pattern.label().indexOf('*');
    if (star < 0) {
      depthsOfHosts |= depth(dots);
    } else if (pattern.label().length() == 1) {
      depthsOfWholeLabels |= depth(dots);
    } else {
      depthsOfPartLabels |= depth(dots);
    }
    hasAnyPort |= pattern.anyPort();
    hasOnePort |= !pattern.anyPort();
    int key =
        key(
            hash,
            schemeHash(pattern.scheme(), pattern.scheme().length()),
            pattern.anyPort() ? ANY_PORT : pattern.port().orElse(-1),
            labelHash(pattern.label(), star));
    int slot = key * GOLDEN >>> shift;
    while (table[slot] != null && !pattern.equals(table[slot])) {
      slot = slot + 1 & table.length - 1;
    }
    table[slot] = pattern;
  }

  private static int labelHash(String label, int star) {
    if (star < 0) {
      return NO_LABEL;
    }
    if (label.length() == 1) {
      return WHOLE_LABELS;
    }
    int prefix = 0;
    for (int i = 0; i < star; i++) {
      prefix = next(prefix, label.charAt(i));
    }
    int suffix = 0;
    for (int i = label.length() - 1; i > star; i--) {
      suffix = next(suffix, label.charAt(i));
    }
    return partHash(prefix, suffix);
  }

  private static int partHash(int prefix, int suffix) {
    return prefix * 17 + suffix * 31 + 3;
  }

  private static int next(int hash, char c) {
    return hash * 31 + c;
  }

  private static int key(int domain, int scheme, int port, int label) {
    return ((domain * 31 + scheme) * 31 + port) * 31 + label;
  }

  /** Tells schemes that are used apart well enough. */
  private static int schemeHash(String text, int end) {
    return next(end, text.charAt(end - 1));
  }

  /** A bit; what is more than {@link #MOST_DEPTHS} is not told apart. */
  private static long depth(int dots) {
    return 1L << Math.min(dots, MOST_DEPTHS);
  }

  /**
   * The pattern with the longest domain that matches {@code origin}; null when none does.
   *
   * @param scan the parts of {@code origin}
   */
  @Nullable Wildcard find(String origin, long scan) {
    if (!mayMatch(OriginScan.dots(scan))) {
      return null;
    }
    return few == null ? findHashed(origin, scan) : findFirst(few, origin, scan);
  }

  /** Whether some pattern's hosts have so many dots. */
  private boolean mayMatch(int dots) {
    long fewer = dots > MOST_DEPTHS ? -1 : depth(dots) - 1;
    return ((depthsOfWholeLabels | depthsOfPartLabels) & fewer) != 0
        || (depthsOfHosts & depth(dots)) != 0;
  }

  private static @Nullable Wildcard findFirst(Wildcard[] patterns, String origin, long scan) {
    for (Wildcard pattern : patterns) {
      if (matches(pattern, origin, scan)) {
        return pattern;
      }
    }
    return null;
  }

  private @Nullable Wildcard findHashed(String origin, long scan) {
    long depths = depthsOfHosts | depthsOfWholeLabels | depthsOfPartLabels;
    int start = OriginScan.hostStart(scan);
    int end = OriginScan.hostEnd(scan);
    int scheme = schemeHash(origin, start - 3);
    Wildcard longest = null;
    int hash = 0;
    int dots = 0;
    for (int i = end - 1; i > start; i--) {
      char c = origin.charAt(i);
      if (c == '.') {
        long depth = depth(dots);
        if ((depthsOfWholeLabels & depth) != 0) {
          longest = longer(longest, probe(origin, scan, hash, scheme, WHOLE_LABELS));
        }
        if ((depthsOfPartLabels & depth) != 0) {
          longest = longer(longest, probeParts(origin, scan, hash, scheme, i));
        }
        dots++;
        if (depths >>> Math.min(dots, MOST_DEPTHS) == 0) {
          return longest;
        }
      }
      hash = next(hash, c);
    }
    if ((depthsOfHosts & depth(dots)) != 0) {
      hash = next(hash, origin.charAt(start));
      longest = longer(longest, probe(origin, scan, hash, scheme, NO_LABEL));
    }
    return longest;
  }

  private static @Nullable Wildcard longer(@Nullable Wildcard longest, @Nullable Wildcard found) {
    return found == null || longest != null && longest.domain().length() > found.domain().length()
        ? longest
        : found;
  }

  /** Tries what could surround the wildcard in the label that ends at {@code dot}. */
  private @Nullable Wildcard probeParts(String origin, long scan, int domain, int scheme, int dot) {
    int start = OriginScan.hostStart(scan);
    Wildcard found = null;
    int prefix = 0;
    // A label is at most 63 characters, and a part of it begins or ends at a hyphen.
    for (int from = start; found == null && from < dot; from++) {
      char before = from == start ? '-' : origin.charAt(from - 1);
      if (before == '.') {
        return null;
      }
      prefix = from == start ? 0 : next(prefix, before);
      if (before == '-') {
        found = probeSuffixes(origin, scan, domain, scheme, prefix, from, dot);
      }
    }
    return found;
  }

  private @Nullable Wildcard probeSuffixes(
      String origin, long scan, int domain, int scheme, int prefix, int from, int dot) {
    int suffix = 0;
    Wildcard found = null;
    for (int to = dot; found == null && to > from; to--) {
      suffix = to == dot ? 0 : next(suffix, origin.charAt(to));
      if (to == dot || origin.charAt(to) == '-') {
        found = probe(origin, scan, domain, scheme, partHash(prefix, suffix));
      }
    }
    return found;
  }

  private @Nullable Wildcard probe(String origin, long scan, int domain, int scheme, int label) {
    Wildcard found = null;
    if (hasAnyPort) {
      found = probe(origin, scan, key(domain, scheme, ANY_PORT, label));
    }
    if (hasOnePort && found == null) {
      found = probe(origin, scan, key(domain, scheme, OriginScan.port(scan), label));
    }
    return found;
  }

  private @Nullable Wildcard probe(String origin, long scan, int key) {
    int slot = key * GOLDEN >>> shift;
    Wildcard pattern = table[slot];
    while (pattern != null && !matches(pattern, origin, scan)) {
      slot = slot + 1 & table.length - 1;
      pattern = table[slot];
    }
    return pattern;
  }

  private static boolean matches(Wildcard pattern, String origin, long scan) {
    int start = OriginScan.hostStart(scan);
    String scheme = pattern.scheme();
    return scheme.length() == start - 3
        && origin.startsWith(scheme)
        && (pattern.anyPort() || pattern.port().orElse(-1) == OriginScan.port(scan))
        && pattern.matchesHost(origin, start, OriginScan.hostEnd(scan));
  }
}
