package dev.sallyport.cors;

/**
 * Reads {@code Access-Control-Request-Headers}.
 *
 * <p>Browsers send one line of sorted, lower-case names without blanks. What stands between may
 * split the line, add blanks and repeat names, so all that is accepted, in any order and case. What
 * is read is bounded, because anybody can send it:
 *
 * <table>
 * <caption>Bounds, over all lines together</caption>
 * <tr><td>lines</td><td>64</td></tr>
 * <tr><td>characters</td><td>8192</td></tr>
 * <tr><td>names</td><td>256</td></tr>
 * <tr><td>empty elements</td><td>32</td></tr>
 * <tr><td>blanks on either side of an element</td><td>8</td></tr>
 * </table>
 */
final class RequestedHeaders {
  private static final int MOST_LINES = 64;
  private static final int MOST_CHARACTERS = 8192;
  private static final int MOST_NAMES = 256;
  private static final int MOST_EMPTY = 32;
  private static final int MOST_BLANKS = 8;
  private static final int TOO_MANY = -1;

  /** Is shown the names in turn, where they stand. */
  interface Reader {
    /** Whether the name may be asked for, so that the next one is of interest. */
    boolean accepts(String text, int start, int end);
  }

  private RequestedHeaders() {}

  /**
   * Shows {@code reader} the names that are asked for, and stops at the first fault.
   *
   * @return {@link Reason#ALLOWED} when all were accepted, {@link Reason#HEADER_NOT_ALLOWED} when
   *     one was not, {@link Reason#REQUEST_HEADERS_INVALID} when the lines are no list of names, or
   *     exceed the bounds
   */
  static Reason read(CorsRequest request, Reader reader) {
    int lines = countLines(request);
    if (lines == TOO_MANY) {
      return Reason.REQUEST_HEADERS_INVALID;
    }
    int names = 0;
    int empty = 0;
    for (int line = 0; line < lines; line++) {
      String value = request.header(CorsHeaders.ACCESS_CONTROL_REQUEST_HEADERS, line);
      for (int start = 0; value != null && start <= value.length(); ) {
        int comma = value.indexOf(',', start);
        int end = comma < 0 ? value.length() : comma;
        int first = firstOf(value, start, end);
        int last = lastOf(value, first, end);
        if (first - start > MOST_BLANKS || end - last > MOST_BLANKS) {
          return Reason.REQUEST_HEADERS_INVALID;
        }
        if (first == last) {
          if (++empty > MOST_EMPTY) {
            return Reason.REQUEST_HEADERS_INVALID;
          }
        } else if (++names > MOST_NAMES || !HttpTokens.isToken(value, first, last)) {
          return Reason.REQUEST_HEADERS_INVALID;
        } else if (!reader.accepts(value, first, last)) {
          return Reason.HEADER_NOT_ALLOWED;
        }
        start = end + 1;
      }
    }
    return Reason.ALLOWED;
  }

  /** How many lines there are; {@link #TOO_MANY} also when they are too long together. */
  private static int countLines(CorsRequest request) {
    int characters = 0;
    for (int line = 0; line <= MOST_LINES; line++) {
      String value = request.header(CorsHeaders.ACCESS_CONTROL_REQUEST_HEADERS, line);
      if (value == null) {
        return line;
      }
      characters += value.length();
      if (characters > MOST_CHARACTERS) {
        break;
      }
    }
    return TOO_MANY;
  }

  private static int firstOf(String value, int start, int end) {
    int first = start;
    while (first < end && isBlank(value.charAt(first))) {
      first++;
    }
    return first;
  }

  private static int lastOf(String value, int first, int end) {
    int last = end;
    while (last > first && isBlank(value.charAt(last - 1))) {
      last--;
    }
    return last;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
