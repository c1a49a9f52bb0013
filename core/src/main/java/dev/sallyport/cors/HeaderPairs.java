package dev.sallyport.cors;

import java.util.ArrayList;
import java.util.List;

/** Headers to write: names and values in turn. */
final class HeaderPairs {
  private final List<String> pairs = new ArrayList<>();

  /** Adds a header, unless it would have no value. */
  HeaderPairs add(String name, String value) {
    if (!value.isEmpty()) {
      pairs.add(name);
      pairs.add(value);
    }
    return this;
  }

  List<String> list() {
    return List.copyOf(pairs);
  }
}
