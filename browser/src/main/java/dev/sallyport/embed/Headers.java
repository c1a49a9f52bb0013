package dev.sallyport.embed;

import dev.sallyport.fetch.Header;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is found in the lines of an answer's head. */
final class Headers {
  private Headers() {}

  /** The values of all lines with this name, blanks around them removed. */
  static List<String> all(List<Header> headers, String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(header -> header.value().strip())
        .toList();
  }

  /**
   * The values of all lines with this name as one.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-header-list-get">Fetch, get</a>
   */
  static Optional<String> get(List<Header> headers, String name) {
    List<String> all = all(headers, name);
    return all.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", all));
  }

  /**
   * The essence of the last {@code Content-Type} that is one, in lower case; empty without one.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-header-extract-mime-type">Fetch, extract a
   *     MIME type</a>
   */
  static Optional<String> essence(List<Header> headers) {
    Optional<String> essence = Optional.empty();
    for (String line : all(headers, "content-type")) {
      for (String value : line.split(",", -1)) {
        String found = value.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        if (found.matches("[!#$%&'*+.^_`|~0-9a-z-]+/[!#$%&'*+.^_`|~0-9a-z-]+")
            && !found.equals("*/*")) {
          essence = Optional.of(found);
        }
      }
    }
    return essence;
  }

  /**
   * Whether types are to be taken as they are.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#determine-nosniff">Fetch, determine nosniff</a>
   */
  static boolean nosniff(List<Header> headers) {
    return get(headers, "x-content-type-options")
        .map(value -> value.split(",", -1)[0].strip())
        .filter("nosniff"::equalsIgnoreCase)
        .isPresent();
  }
}
