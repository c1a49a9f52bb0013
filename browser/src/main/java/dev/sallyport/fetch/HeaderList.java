package dev.sallyport.fetch;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a message's header, in order; names are asked for in lower case.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-header-list">Fetch, header list</a>
 */
final class HeaderList {
  private final List<Header> lines;

  HeaderList() {
    this(new ArrayList<>());
  }

  private HeaderList(List<Header> lines) {
    this.lines = lines;
  }

  /** What a server answered; blanks around values are no part of them. */
  static HeaderList ofAnswer(ServerAnswer answer) {
    List<Header> trimmed = new ArrayList<>(answer.headers().size());
    for (Header line : answer.headers()) {
      trimmed.add(new Header(line.name(), HeaderValues.trim(line.value())));
    }
    return new HeaderList(trimmed);
  }

  List<Header> lines() {
    return lines;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  boolean contains(String name) {
    for (Header line : lines) {
      if (line.name().equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }

  /** The values of all lines of a name. */
  List<String> values(String name) {
    List<String> values = new ArrayList<>(1);
    for (Header line : lines) {
      if (line.name().equalsIgnoreCase(name)) {
        values.add(line.value());
      }
    }
    return values;
  }

  /**
   * The values of all lines of a name, with commas between; null when there is no line.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-header-list-get">Fetch, get</a>
   */
  @Nullable String get(String name) {
    List<String> values = values(name);
    return values.isEmpty() ? null : String.join(", ", values);
  }

  void append(String name, String value) {
    lines.add(new Header(name, value));
  }

  /**
   * Adds to the first line of a name, or makes it.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-header-list-combine">Fetch, combine</a>
   */
  void combine(String name, String value) {
    for (int i = 0; i < lines.size(); i++) {
      Header line = lines.get(i);
      if (line.name().equalsIgnoreCase(name)) {
        lines.set(i, new Header(line.name(), line.value() + ", " + value));
        return;
      }
    }
    append(name, value);
  }

  /** Whether there was a line to remove. */
  boolean delete(String name) {
    return lines.removeIf(line -> line.name().equalsIgnoreCase(name));
  }

  HeaderList copy() {
    return new HeaderList(new ArrayList<>(lines));
  }

  /** The names in lower case, each once, in the order of their first lines. */
  Set<String> lowerCaseNames() {
    Set<String> names = new LinkedHashSet<>();
    for (Header line : lines) {
      names.add(line.lowerCaseName());
    }
    return names;
  }
}
