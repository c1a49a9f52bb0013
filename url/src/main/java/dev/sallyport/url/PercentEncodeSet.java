package dev.sallyport.url;

/**
 * The code points that are percent-encoded in a part of a URL; those outside ASCII always are.
 *
 * @see <a href="https://url.spec.whatwg.org/#percent-encode-set">URL, percent-encode set</a>
 */
enum PercentEncodeSet {
  C0_CONTROL(""),
  FRAGMENT(C0_CONTROL, " \"<>`"),
  QUERY(C0_CONTROL, " \"#<>"),
  SPECIAL_QUERY(QUERY, "'"),
  PATH(QUERY, "?^`{}"),
  USERINFO(PATH, "/:;=@[\\]|");

  /** Bit n stands for code point n. */
  private final long below64;

  /** Bit n stands for code point 64 + n. */
  private final long above63;

  PercentEncodeSet(String members) {
    // The C0 controls, and U+007F, which is greater than U+007E as all beyond ASCII are.
    this(0xffff_ffffL, 1L << ('\u007f' - 64), members);
  }

  PercentEncodeSet(PercentEncodeSet smaller, String more) {
    this(smaller.below64, smaller.above63, more);
  }

  PercentEncodeSet(long below64, long above63, String more) {
    for (int i = 0; i < more.length(); i++) {
      int c = more.charAt(i);
      if (c < 64) {
        below64 |= 1L << c;
      } else {
        above63 |= 1L << (c - 64);
      }
    }
    this.below64 = below64;
    this.above63 = above63;
  }

  boolean contains(int codePoint) {
    if (codePoint > '~') {
      return true;
    }
    return codePoint < 64
        ? (below64 >>> codePoint & 1) != 0
        : (above63 >>> (codePoint - 64) & 1) != 0;
  }
}
