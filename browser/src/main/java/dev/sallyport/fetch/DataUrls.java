package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.util.List;
import java.util.Optional;

/**
 * Answers what stands in the URL itself.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#data-url-processor">Fetch, data: URL processor</a>
 */
final class DataUrls {
  private static final String BASE64 = "base64";

  private DataUrls() {}

  static Response fetch(Fetching fetching, Url url) {
    // 1. to 4.
    String text = url.hrefWithoutFragment().substring("data:".length());
    int comma = text.indexOf(',');
    // 7.
    if (comma < 0) {
      return error(fetching, url, "there is no comma, behind which the data would be");
    }
    // 5. and 6.
    String type = HeaderValues.trim(text.substring(0, comma));
    // 11.
    if (isBase64(type) && !isForgivingBase64(text, comma + 1)) {
      return error(fetching, url, "the data is no base64");
    }
    // 12. to 14.
    String essence = type.startsWith(";") ? "text/plain" : HeaderValues.mimeEssence(type);
    fetching.step("data: URL processor", "data-url-processor", "the data stands in the URL");
    return Response.of(
        new ServerAnswer(
            200,
            List.of(
                new Header(
                    "Content-Type", essence == null ? "text/plain;charset=US-ASCII" : essence))));
  }

  private static Response error(Fetching fetching, Url url, String why) {
    fetching.step("data: URL processor", "data-url-processor", why);
    return Fetching.networkError(Reason.NO_RESPONSE, false, url, "", Optional.of(url.href()), "");
  }

  /** Whether the type ends in a semicolon, spaces and {@code base64}. */
  private static boolean isBase64(String type) {
    int start = type.length() - BASE64.length();
    if (start < 1 || !type.regionMatches(true, start, BASE64, 0, BASE64.length())) {
      return false;
    }
    int before = start - 1;
    while (before > 0 && type.charAt(before) == ' ') {
      before--;
    }
    return type.charAt(before) == ';';
  }

  /**
   * Whether what begins at {@code start} is base64, percent-encoded or not.
   *
   * @see <a href="https://infra.spec.whatwg.org/#forgiving-base64-decode">Infra, forgiving-base64
   *     decode</a>
   */
  private static boolean isForgivingBase64(String text, int start) {
    int letters = 0;
    int padding = 0;
    for (int i = start; i < text.length(); i++) {
      int c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        int high = Character.digit(text.charAt(i + 1), 16);
        int low = Character.digit(text.charAt(i + 2), 16);
        if (high >= 0 && low >= 0) {
          c = high << 4 | low;
          i += 2;
        }
      }
      // 1.
      if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r') {
        continue;
      }
      if (c == '=') {
        padding++;
      } else if (padding == 0 && isLetter(c)) {
        letters++;
      } else {
        // 4.
        return false;
      }
    }
    // 2. and 3.
    return letters % 4 != 1 && (padding == 0 || padding <= 2 && (letters + padding) % 4 == 0);
  }

  private static boolean isLetter(int c) {
    return c >= 'A' && c <= 'Z'
        || c >= 'a' && c <= 'z'
        || c >= '0' && c <= '9'
        || c == '+'
        || c == '/';
  }
}
