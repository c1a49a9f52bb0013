package dev.sallyport.gateway.relay;

import dev.sallyport.origin.Printable;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request's path as a log shows it: printable, and without what may be a secret.
 *
 * <table>
 * <caption>What is left out</caption>
 * <tr><td>{@code /photos?key=abc}</td><td>{@code /photos}</td></tr>
 * <tr><td>{@code /relay/https%3A%2F%2Fbar.com%2F%3Fkey%3Dabc}</td>
 *     <td>{@code /relay/https%3A%2F%2Fbar.com%2F}</td></tr>
 * <tr><td>{@code /relay/https://me:abc@bar.com/}</td><td>{@code /relay/https://***@bar.com/}</td></tr>
 * <tr><td>{@code /relay/https://me:a%2Fc@bar.com/}</td>
 *     <td>{@code /relay/https://***@bar.com/}</td></tr>
 * </table>
 */
final class LoggedPath {
  /**
   * The beginning of a URL, as it is or encoded any number of times: what stands between it and an
   * at sign may be a password.
   */
  private static final Pattern SCHEME =
      Pattern.compile(
          "(?:https?|wss?|ftp)(?::|%((?:25){0,8})3a)(?:[/\\\\]|%(?:25){0,8}(?:2f|5c)){0,8}"
              + "|[a-z][a-z0-9+.-]{0,30}(?::|%((?:25){0,8})3a)(?:[/\\\\]|%(?:25){0,8}(?:2f|5c)){1,8}",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern AT = Pattern.compile("@|%(?:25){0,8}40");

  private static final Pattern QUERY = Pattern.compile("%(?:25){0,8}3f", Pattern.CASE_INSENSITIVE);

  private LoggedPath() {}

  /** Fit for a line of the program's log: printable, and not long. */
  static String of(String uri) {
    return Printable.of(redacted(uri));
  }

  /** As it came, but for what may be a secret. */
  static String redacted(String uri) {
    int end = uri.indexOf('?');
    String path = end < 0 ? uri : uri.substring(0, end);
    if (path.indexOf(':') < 0 && path.indexOf('%') < 0) {
      return path;
    }
    // First, as a password may have the question mark that ends the path.
    String shown = withoutCredentials(path);
    Matcher query = QUERY.matcher(shown);
    return query.find() ? shown.substring(0, query.start()) : shown;
  }

  private static String withoutCredentials(String path) {
    StringBuilder shown = new StringBuilder(path.length());
    Matcher scheme = SCHEME.matcher(path);
    // What was found out is kept, so that no part of a path is looked through for each scheme.
    Map<String, Integer> ends = new HashMap<>();
    int at = 0;
    int clear = 0;
    while (scheme.find(at)) {
      shown.append(path, at, scheme.end());
      at = scheme.end();
      String slash = slash(scheme);
      int end = ends.getOrDefault(slash, -1);
      if (end < at) {
        end = endOfAuthority(path, at, slash);
        ends.put(slash, end);
      }
      int host = lastAt(path, Math.max(at, clear), end);
      if (host >= 0) {
        shown.append("***");
        at = host;
      } else {
        clear = Math.max(clear, end);
      }
    }
    return shown.append(path, at, path.length()).toString();
  }

  /** How a slash is written in a URL that begins so; one that is encoded once more is no slash. */
  private static String slash(Matcher scheme) {
    String encoding = scheme.group(1) == null ? scheme.group(2) : scheme.group(1);
    return encoding == null ? "/" : "%" + encoding + "2f";
  }

  private static int endOfAuthority(String path, int begin, String slash) {
    for (int i = begin; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '/' || c == '\\' || path.regionMatches(true, i, slash, 0, slash.length())) {
        return i;
      }
    }
    return path.length();
  }

  private static int lastAt(String path, int begin, int end) {
    int last = -1;
    Matcher sign = AT.matcher(path).region(Math.min(begin, end), end);
    while (sign.find()) {
      last = sign.start();
    }
    return last;
  }
}
