package dev.sallyport.gateway.relay;

import dev.sallyport.origin.Printable;
import java.util.Locale;
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
 * </table>
 */
final class LoggedPath {
  /** What stands before an at sign behind a URL's scheme, either written as it is or encoded. */
  private static final Pattern CREDENTIALS =
      Pattern.compile(
          "(https?(?::|%3a)(?:/|%2f)+)(?:(?!/|%2f).){0,2048}(?=@|%40)", Pattern.CASE_INSENSITIVE);

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
    int query = path.toLowerCase(Locale.ROOT).indexOf("%3f");
    path = query < 0 ? path : path.substring(0, query);
    return CREDENTIALS.matcher(path).replaceAll("$1***");
  }
}
