package dev.sallyport.cors;

import java.util.Iterator;

/**
 * The response header that names the request headers an answer depends on, so that a cache never
 * gives one origin the answer for another.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#field.vary">RFC 9110, section 12.5.5</a>
 */
public final class Vary {
  private Vary() {}

  /**
   * Whether {@code fieldName}, in any case, or {@code *} is an element of one of these lines of
   * {@code Vary}.
   */
  public static boolean covers(Iterator<String> lines, String fieldName) {
    while (lines.hasNext()) {
      String line = lines.next();
      for (int start = 0; start <= line.length(); ) {
        int comma = line.indexOf(',', start);
        int end = comma < 0 ? line.length() : comma;
        String element = line.substring(start, end).strip();
        if (element.equalsIgnoreCase(fieldName) || element.equals("*")) {
          return true;
        }
        start = end + 1;
      }
    }
    return false;
  }
}
