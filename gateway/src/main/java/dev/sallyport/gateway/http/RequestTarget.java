package dev.sallyport.gateway.http;

import java.util.Locale;

/**
 * A request's target: a path as a browser sends it, and a query.
 *
 * <table>
 * <caption>Targets</caption>
 * <tr><th>accepted</th><th>rejected</th></tr>
 * <tr><td>{@code /photos/1?size=2}, {@code /a%20b}, {@code /group%2Fname}, {@code http://gate.foo.com/photos}</td>
 *     <td>{@code photos}, {@code *}, {@code ftp://foo.com/}, {@code http://u@foo.com/}, {@code /a#b}</td></tr>
 * <tr><td>{@code /a/.../b}, {@code /.well-known/x}</td>
 *     <td>{@code /a/../b}, {@code /a/%2e%2e/b}, {@code /a/..%2fb}, {@code /a/..;x/b}, {@code /a\b}, {@code /a%00},
 *     {@code /%zz}, control characters, anything outside ASCII</td></tr>
 * </table>
 *
 * @param raw path and query as they came
 * @param pathEnd where the path ends in it
 * @param authority what an absolute target names, as it came; empty for a path
 */
public record RequestTarget(String raw, int pathEnd, String authority) {

  /**
   * Reads a target.
   *
   * @throws MalformedException when it is none
   */
  public static RequestTarget parse(String text) {
    if (text.startsWith("/")) {
      return origin(text, "");
    }
    int start = schemeLength(text);
    if (start < 0) {
      throw new MalformedException(
          Fault.TARGET,
          text.equals("*")
              ? "OPTIONS * asks about a server as a whole; a gateway answers for paths."
              : "The target is neither a path nor an http URL.");
    }
    int end = start;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String rest = text.substring(end);
    return origin(rest.startsWith("/") ? rest : "/" + rest, text.substring(start, end));
  }

  private static int schemeLength(String text) {
    for (String scheme : new String[] {"http://", "https://"}) {
      if (text.regionMatches(true, 0, scheme, 0, scheme.length())) {
        return scheme.length();
      }
    }
    return -1;
  }

  private static RequestTarget origin(String text, String authority) {
    int pathEnd = text.length();
    boolean dots = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= 0x20 || c >= 0x7f || c == '#') {
        throw new MalformedException(
            Fault.TARGET, "The target has a blank, a control character, a \"#\" or is not ASCII.");
      }
      if (i < pathEnd) {
        switch (c) {
          case '?' -> pathEnd = i;
          case '\\' -> throw path("a backslash, which some servers take for a slash");
          case '%' -> {
            if (escape(text, i) <= 0) {
              throw path("a \"%\" without two hexadecimal digits behind it, or %00");
            }
            dots = true;
          }
          case '.' -> dots = true;
          default -> {}
        }
      }
    }
    if (dots && PathSegments.haveDots(text, pathEnd)) {
      throw path("a dot segment, which browsers resolve before they send a request");
    }
    return new RequestTarget(text, pathEnd, authority);
  }

  private static MalformedException path(String what) {
    return new MalformedException(Fault.PATH, "The path has " + what + ".");
  }

  /** The byte that the percent sign at {@code at} stands for; negative when it stands for none. */
  static int escape(String text, int at) {
    if (at + 2 >= text.length()) {
      return -1;
    }
    int high = hex(text.charAt(at + 1));
    int low = hex(text.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  /** The path as it came. */
  public String path() {
    return raw.substring(0, pathEnd);
  }

  /** The query with its question mark; empty when there is none. */
  public String query() {
    return raw.substring(pathEnd);
  }

  /**
   * The path in the one spelling that routes are compared with: escapes of characters that need
   * none are undone, those that stay are in upper case. It has the same segments as the path that
   * came.
   */
  public String canonicalPath() {
    return raw.indexOf('%') < 0 ? path() : PathSegments.canonical(path());
  }

  /**
   * The path as a server reads it that takes several slashes for one, escaped ones for slashes, and
   * cuts parameters off segments: {@code /admin/x} for {@code //admin;v=1%2Fx}.
   */
  public String collapsedPath() {
    String canonical = canonicalPath();
    return canonical.contains("//")
            || canonical.indexOf(';') >= 0
            || canonical.contains("%3B")
            || canonical.contains("%2F")
            || canonical.contains("%5C")
        ? PathSegments.collapsed(canonical)
        : canonical;
  }

  /** Whether {@code authority} names the same host and port as {@code host}, whatever the case. */
  static boolean sameAuthority(String authority, String host) {
    return authority.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT));
  }
}
