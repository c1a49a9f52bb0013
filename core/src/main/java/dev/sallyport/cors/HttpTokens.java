package dev.sallyport.cors;

/**
 * Tokens, which methods and header names are made of.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-tokens">RFC 9110, section 5.6.2</a>
 */
public final class HttpTokens {
  private static final boolean[] TOKEN = new boolean[0x80];

  static {
    for (char c = 0; c < TOKEN.length; c++) {
      TOKEN[c] =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
    }
  }

  private HttpTokens() {}

  /** Whether {@code text} is a token. */
  public static boolean isToken(String text) {
    return isToken(text, 0, text.length());
  }

  /** Whether what stands in {@code text} from {@code start} to {@code end} is a token. */
  static boolean isToken(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c >= TOKEN.length || !TOKEN[c]) {
        return false;
      }
    }
    return end > start;
  }
}
