package dev.sallyport.cors;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code Access-Control-Request-Headers}.
 *
 * <p>Browsers send one line of sorted, lower-case names without blanks. What stands between may
 * split the line, add blanks and repeat names, so all that is accepted, in any order and case. What
 * is read is bounded, because anybody can send it:
 *
 * <table>
 * <caption>Bounds, over all lines together</caption>
 * <tr><td>characters</td><td>8192</td></tr>
 * <tr><td>names</td><td>256</td></tr>
 * <tr><td>empty elements</td><td>32</td></tr>
 * <tr><td>blanks on either side of an element</td><td>8</td></tr>
 * </table>
 */
final class RequestedHeaders {
  private static final int MOST_CHARACTERS = 8192;
  private static final int MOST_NAMES = 256;
  private static final int MOST_EMPTY = 32;
  private static final int MOST_BLANKS = 8;

  private final Set<String> names = new LinkedHashSet<>();
  private int characters;
  private int elements;
  private int empty;

  private RequestedHeaders() {}

  /**
   * The names asked for, in lower case, each once; empty when the lines are no such list or exceed
   * the bounds.
   */
  static Optional<Set<String>> parse(CorsRequest request) {
    RequestedHeaders parser = new RequestedHeaders();
    for (int line = 0; line < CorsPolicy.MOST_LINES; line++) {
      String value = request.header(CorsHeaders.ACCESS_CONTROL_REQUEST_HEADERS, line);
      if (value == null) {
        return Optional.of(parser.names);
      }
      if (!parser.readLine(value)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private boolean readLine(String line) {
    characters += line.length();
    if (characters > MOST_CHARACTERS) {
      return false;
    }
    for (int start = 0; start <= line.length(); ) {
      int comma = line.indexOf(',', start);
      int end = comma < 0 ? line.length() : comma;
      if (!readElement(line, start, end)) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private boolean readElement(String line, int start, int end) {
    int first = start;
    while (first < end && isBlank(line.charAt(first))) {
      first++;
    }
    int last = end;
    while (last > first && isBlank(line.charAt(last - 1))) {
      last--;
    }
    if (first - start > MOST_BLANKS || end - last > MOST_BLANKS) {
      return false;
    }
    if (first == last) {
      return ++empty <= MOST_EMPTY;
    }
    String name = line.substring(first, last);
    if (++elements > MOST_NAMES || !HttpTokens.isToken(name)) {
      return false;
    }
    names.add(name.toLowerCase(Locale.ROOT));
    return true;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
