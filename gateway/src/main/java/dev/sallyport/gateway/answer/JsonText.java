package dev.sallyport.gateway.answer;

import java.util.Locale;

/** Writes strings of JSON. */
public final class JsonText {
  private JsonText() {}

  /**
   * {@code text} as a JSON string, in ASCII and without what HTML would read as markup, should a
   * browser ever show it as such.
   */
  public static String quote(String text) {
    StringBuilder json = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        default -> {
          if (c < 0x20 || c > 0x7e || c == '<' || c == '>' || c == '&') {
            json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }
}
