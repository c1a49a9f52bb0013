package dev.sallyport.url;

import java.util.Locale;
import java.util.Objects;

/** The states that read the path. */
final class PathStates {
  private PathStates() {}

  /**
   * Behind the authority.
   *
   * @see <a href="https://url.spec.whatwg.org/#path-start-state">URL, path start state</a>
   */
  static void pathStartState(UrlParser parser) {
    int c = parser.c();
    if (parser.url.isSpecial()) {
      // 1.2.
      parser.state = State.PATH;
      // 1.3.
      if (!parser.isSlash(c)) {
        parser.pointer--;
      }
    } else if (c == '?' || c == '#') {
      // 2, 3.
      queryOrFragment(parser);
    } else if (c != UrlParser.EOF) {
      // 4.1.
      parser.state = State.PATH;
      // 4.2.
      if (c != '/') {
        parser.pointer--;
      }
    }
  }

  /** Begins the query or the fragment when {@link UrlParser#c} is what goes before one. */
  private static void queryOrFragment(UrlParser parser) {
    if (parser.c() == '?') {
      parser.url.startQuery();
      parser.state = State.QUERY;
    } else if (parser.c() == '#') {
      parser.url.startFragment();
      parser.state = State.FRAGMENT;
    }
  }

  /**
   * In a segment of the path.
   *
   * @see <a href="https://url.spec.whatwg.org/#path-state">URL, path state</a>
   */
  static void pathState(UrlParser parser) {
    int c = parser.c();
    if (c == UrlParser.EOF || parser.isSlash(c) || c == '?' || c == '#') {
      // 1.2 to 1.5.
      endSegment(parser.url, parser.takeBuffer(), parser.isSlash(c));
      // 1.6, 1.7.
      queryOrFragment(parser);
    } else {
      // 2.3.
      PercentEncoding.utf8PercentEncode(c, PercentEncodeSet.PATH, parser.buffer);
    }
  }

  /** Steps 1.2 to 1.4 of the path state. */
  private static void endSegment(UrlRecord url, String segment, boolean slashFollows) {
    if (isDoubleDotUrlPathSegment(segment)) {
      // 1.2.1.
      url.shorten();
      // 1.2.2. What ends with dots is a directory: /usr/.. is / and not without a path.
      if (!slashFollows) {
        url.path().add("");
      }
    } else if (isSingleDotUrlPathSegment(segment)) {
      // 1.3.
      if (!slashFollows) {
        url.path().add("");
      }
    } else if (url.isFile() && url.path().isEmpty() && DriveLetters.isDriveLetter(segment)) {
      // 1.4.1, 1.4.2.
      url.path().add(segment.charAt(0) + ":");
    } else {
      // 1.4.2.
      url.path().add(segment);
    }
  }

  /**
   * Whether the segment stands for the directory it is in.
   *
   * @see <a href="https://url.spec.whatwg.org/#single-dot-path-segment">URL, single-dot URL path
   *     segment</a>
   */
  private static boolean isSingleDotUrlPathSegment(String segment) {
    return segment.equals(".") || segment.equalsIgnoreCase("%2e");
  }

  /**
   * Whether the segment stands for the directory above.
   *
   * @see <a href="https://url.spec.whatwg.org/#double-dot-path-segment">URL, double-dot URL path
   *     segment</a>
   */
  private static boolean isDoubleDotUrlPathSegment(String segment) {
    return segment.length() <= "%2e%2e".length()
        && switch (segment.toLowerCase(Locale.ROOT)) {
          case "..", ".%2e", "%2e.", "%2e%2e" -> true;
          default -> false;
        };
  }

  /**
   * In a path that is no list of segments.
   *
   * @see <a href="https://url.spec.whatwg.org/#cannot-be-a-base-url-path-state">URL, opaque path
   *     state</a>
   */
  static void opaquePathState(UrlParser parser) {
    StringBuilder path = Objects.requireNonNull(parser.url.opaquePath());
    int c = parser.c();
    if (c == '?' || c == '#') {
      // 1, 2.
      queryOrFragment(parser);
    } else if (c == ' ') {
      // 3. A space at the end is encoded, so that it stays when query and fragment are removed.
      boolean last = parser.remainingStartsWith('?') || parser.remainingStartsWith('#');
      path.append(last ? "%20" : " ");
    } else if (c != UrlParser.EOF) {
      // 4.3.
      PercentEncoding.utf8PercentEncode(c, PercentEncodeSet.C0_CONTROL, path);
    }
  }
}
