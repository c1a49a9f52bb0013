package dev.sallyport.gateway.http;

import java.util.Locale;

/** Reads paths the ways that servers do. */
final class PathSegments {
  private PathSegments() {}

  /**
   * Whether the path is one that somebody would resolve: has a segment {@code .} or {@code ..},
   * where dots may be escaped, slashes and backslashes too, and parameters may follow.
   */
  static boolean haveDots(String text, int end) {
    int dots = 0;
    boolean onlyDots = true;
    boolean parameters = false;
    for (int i = 1; i <= end; i++) {
      int c = i == end ? '/' : text.charAt(i);
      if (c == '%') {
        c = RequestTarget.escape(text, i);
        i += 2;
      }
      if (c == '/' || c == '\\') {
        if (onlyDots && (dots == 1 || dots == 2)) {
          return true;
        }
        dots = 0;
        onlyDots = true;
        parameters = false;
      } else if (c == ';') {
        parameters = true;
      } else if (c == '.' && !parameters) {
        dots++;
      } else if (!parameters) {
        onlyDots = false;
      }
    }
    return false;
  }

  /** Escapes of unreserved characters undone, the others in upper case. */
  static String canonical(String path) {
    StringBuilder canonical = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '%') {
        canonical.append(c);
        continue;
      }
      int escaped = RequestTarget.escape(path, i);
      if (isUnreserved(escaped)) {
        canonical.append((char) escaped);
      } else {
        canonical.append(path.substring(i, i + 3).toUpperCase(Locale.ROOT));
      }
      i += 2;
    }
    return canonical.toString();
  }

  private static boolean isUnreserved(int c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  /**
   * Escaped slashes taken for slashes, several made one, and what follows a semicolon in a segment
   * left out.
   */
  static String collapsed(String canonical) {
    StringBuilder collapsed = new StringBuilder(canonical.length());
    for (String segment : canonical.replace("%2F", "/").replace("%5C", "/").split("/", -1)) {
      int cut = segment.indexOf(';');
      int escapedCut = segment.indexOf("%3B");
      cut = cut < 0 || escapedCut >= 0 && escapedCut < cut ? escapedCut : cut;
      String name = cut < 0 ? segment : segment.substring(0, cut);
      if (!name.isEmpty()) {
        collapsed.append('/').append(name);
      }
    }
    return collapsed.isEmpty() ? "/" : collapsed.toString();
  }
}
