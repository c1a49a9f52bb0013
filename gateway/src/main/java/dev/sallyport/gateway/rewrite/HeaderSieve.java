package dev.sallyport.gateway.rewrite;

import dev.sallyport.gateway.http.HeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Takes headers out of a message in one pass over their names. */
final class HeaderSieve {
  private final HeaderNames names;
  private final Predicate<CharSequence> others;

  /**
   * A sieve for these names.
   *
   * @param others which further names it takes out; asked for names that begin with {@code x} or
   *     {@code a}, in any case
   */
  HeaderSieve(Collection<String> names, Predicate<CharSequence> others) {
    this.names = HeaderNames.of(names);
    this.others = others;
  }

  /** Takes its names, and those that {@code nominated} has, out of {@code headers}. */
  void sift(HttpHeaders headers, Collection<String> nominated) {
    List<CharSequence> dropped = null;
    Iterator<Map.Entry<CharSequence, CharSequence>> entries = headers.iteratorCharSequence();
    while (entries.hasNext()) {
      CharSequence name = entries.next().getKey();
      if (takes(name)) {
        if (dropped == null) {
          dropped = new ArrayList<>(4);
        }
        dropped.add(name);
      }
    }
    if (dropped != null) {
      for (CharSequence name : dropped) {
        headers.remove(name);
      }
    }
    for (String name : nominated) {
      headers.remove(name);
    }
  }

  private boolean takes(CharSequence name) {
    int first = name.charAt(0) | 0x20;
    return names.contains(name) || (first == 'x' || first == 'a') && others.test(name);
  }
}
