package dev.sallyport.gateway.config;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody meant who mistyped a name. */
final class Spelling {
  /** More than two slips make another word. */
  private static final int MOST_SLIPS = 2;

  /** In words this short, two slips leave nothing of the word. */
  private static final int SHORT = 4;

  private Spelling() {}

  /** The name nearest to {@code written}; empty when none is near. */
  static Optional<String> nearest(String written, Collection<String> names) {
    String nearest = null;
    int fewest = written.length() <= SHORT ? 2 : MOST_SLIPS + 1;
    String plain = plain(written);
    for (String name : names) {
      int slips = distance(plain, plain(name));
      if (slips < fewest) {
        fewest = slips;
        nearest = name;
      }
    }
    return Optional.ofNullable(nearest);
  }

  /**
   * A name without what other tools write differently: {@code alloworigin} for {@code
   * Access-Control-Allow-Origin}, {@code maxage} for {@code max_age} and {@code maxAge}.
   */
  static String plain(String name) {
    StringBuilder plain = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        plain.append((char) (c + 'a' - 'A'));
      } else if (c != '-' && c != '_' && c != '.' && c != ' ') {
        plain.append(c);
      }
    }
    String all = plain.toString();
    String prefix = "accesscontrol";
    return all.startsWith(prefix) ? all.substring(prefix.length()) : all;
  }

  /**
   * How many letters are wrong, missing, too many or exchanged with their neighbour
   * (Damerau-Levenshtein distance, optimal string alignment); 3 for all that is farther.
   */
  static int distance(String a, String b) {
    int far = MOST_SLIPS + 1;
    if (Math.abs(a.length() - b.length()) >= far) {
      return far;
    }
    int[] beforeLast = new int[b.length() + 1];
    int[] last = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + wrong);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
        }
      }
      beforeLast = last;
      last = row;
    }
    return Math.min(far, last[b.length()]);
  }
}
