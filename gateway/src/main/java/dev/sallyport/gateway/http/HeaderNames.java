package dev.sallyport.gateway.http;

import io.netty.util.AsciiString;
import java.util.Collection;

/**
 * A set of header names, looked up in any case and without allocating.
 *
 * <p>Netty's header names keep their hash, which knows no case; a table of them therefore answers
 * without looking at most names' letters.
 */
public final class HeaderNames {
  private final AsciiString[] table;

  private HeaderNames(AsciiString[] table) {
    this.table = table;
  }

  /** A set of these names. */
  public static HeaderNames of(Collection<? extends CharSequence> names) {
    int size = Integer.highestOneBit(Math.max(4, names.size() * 4 - 1)) << 1;
    AsciiString[] table = new AsciiString[size];
    for (CharSequence name : names) {
      int at = AsciiString.hashCode(name) & size - 1;
      while (table[at] != null && !table[at].contentEqualsIgnoreCase(name)) {
        at = at + 1 & size - 1;
      }
      table[at] = AsciiString.of(name);
    }
    return new HeaderNames(table);
  }

  /** Whether {@code name}, in any case, is one of them. */
  public boolean contains(CharSequence name) {
    int mask = table.length - 1;
    int at = AsciiString.hashCode(name) & mask;
    for (AsciiString candidate = table[at]; candidate != null; candidate = table[at]) {
      if (candidate.contentEqualsIgnoreCase(name)) {
        return true;
      }
      at = at + 1 & mask;
    }
    return false;
  }
}
