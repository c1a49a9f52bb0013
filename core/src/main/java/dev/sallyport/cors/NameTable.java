package dev.sallyport.cors;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of method or header names that finds a name where it stands in a longer text,
 * without cutting it out or lowering it.
 */
final class NameTable {
  private static final int GOLDEN = 0x9e37_79b9;

  private final @Nullable String[] table;
  private final int shift;

  /** Holds {@code names}, which are in lower case where letters' case is to be ignored. */
  NameTable(Collection<String> names) {
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, names.size()));
    table = new String[1 << bits];
    shift = 32 - bits;
    for (String name : names) {
      int slot = hash(name, 0, name.length()) * GOLDEN >>> shift;
      while (table[slot] != null) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = name;
    }
  }

  boolean contains(String name) {
    int slot = hash(name, 0, name.length()) * GOLDEN >>> shift;
    for (String there = table[slot]; there != null; there = table[slot]) {
      if (there.equals(name)) {
        return true;
      }
      slot = slot + 1 & table.length - 1;
    }
    return false;
  }

  /** Whether the token that stands in {@code text} from {@code start} to {@code end} is here. */
  boolean containsIgnoringCase(String text, int start, int end) {
    int slot = hash(text, start, end) * GOLDEN >>> shift;
    for (String there = table[slot]; there != null; there = table[slot]) {
      if (there.length() == end - start && there.regionMatches(true, 0, text, start, end - start)) {
        return true;
      }
      slot = slot + 1 & table.length - 1;
    }
    return false;
  }

  /** Alike for names that differ in the case of letters only. */
  private static int hash(String text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + (text.charAt(i) | 0x20);
    }
    return hash;
  }
}
