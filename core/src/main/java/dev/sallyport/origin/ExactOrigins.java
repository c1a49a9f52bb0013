package dev.sallyport.origin;

import org.jspecify.annotations.Nullable;

/**
 * A hash table from serialized origins to what is kept for them, which holds a million of them in
 * little memory and finds one without allocating.
 *
 * <p>The hashes stand in an array of their own: an origin that is not there costs one look at it,
 * and one that is there is compared once. Key and value stand side by side, so that both come with
 * one line of the processor's cache. At most half of the slots are taken.
 */
final class ExactOrigins<A> {
  /** Spreads the hash of a text, whose last bits are alike where the texts end alike. */
  private static final int GOLDEN = 0x9e37_79b9;

  private final int[] hashes;
  private final Object[] entries;
  private final int shift;

  /** For at most {@code size} origins. */
  ExactOrigins(int size) {
    int bits = 33 - Integer.numberOfLeadingZeros(Math.max(1, size));
    hashes = new int[1 << bits];
    entries = new Object[2 << bits];
    shift = 32 - bits;
  }

  /** Keeps {@code answer} for {@code origin}, instead of what was kept before. */
  void put(String origin, A answer) {
    int hash = hash(origin);
    int slot = slot(hash, origin);
    hashes[slot] = hash;
    entries[2 * slot] = origin;
    entries[2 * slot + 1] = answer;
  }

  /** What is kept for {@code origin}; null when nothing is. */
  @SuppressWarnings("unchecked")
  @Nullable A get(String origin) {
    return (A) entries[2 * slot(hash(origin), origin) + 1];
  }

  /** Where {@code origin} stands, or where it would. */
  private int slot(int hash, String origin) {
    int slot = hash * GOLDEN >>> shift;
    while (hashes[slot] != 0 && !(hashes[slot] == hash && origin.equals(entries[2 * slot]))) {
      slot = slot + 1 & hashes.length - 1;
    }
    return slot;
  }

  /** Never 0, which marks an empty slot. */
  private static int hash(String origin) {
    int hash = origin.hashCode();
    return hash == 0 ? 1 : hash;
  }
}
