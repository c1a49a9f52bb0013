package dev.sallyport.cors;

/**
 * Tokens, which methods and header names are made of.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-tokens">RFC 9110, section 5.6.2</a>
 */
final class HttpTokens {
  private HttpTokens() {}

  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenCharacter(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  static boolean isTokenCharacter(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}
