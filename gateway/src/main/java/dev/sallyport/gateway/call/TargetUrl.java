package dev.sallyport.gateway.call;

import dev.sallyport.origin.Printable;
import dev.sallyport.url.Url;
import dev.sallyport.url.UrlSyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The URL that the rest of a path names, and the query behind it.
 *
 * <table>
 * <caption>What stands behind {@code /relay/}</caption>
 * <tr><th>written</th><th>read</th></tr>
 * <tr><td>{@code https://photos.bar.com/a%20b?x=1}</td><td>the same</td></tr>
 * <tr><td>{@code https%3A%2F%2Fphotos.bar.com%2Fa%2520b%3Fx%3D1}, as {@code encodeURIComponent}
 *     writes it</td><td>the same, decoded once</td></tr>
 * <tr><td>{@code https:/photos.bar.com/a}, where a proxy has made one slash of two</td>
 *     <td>{@code https://photos.bar.com/a}</td></tr>
 * <tr><td>{@code https%253A%252F%252Fphotos.bar.com}</td><td>rejected: encoded twice</td></tr>
 * <tr><td>{@code https%3A//photos.bar.com}, {@code https%3A%2F%2Fphotos.bar.com?x=1}</td>
 *     <td>rejected: encoded in part</td></tr>
 * <tr><td>{@code https:///photos.bar.com}, {@code https:photos.bar.com}, {@code photos.bar.com}</td>
 *     <td>rejected</td></tr>
 * </table>
 *
 * <p>What is read is given to the URL standard's parser: what hosts, odd spellings of addresses and
 * dot segments mean is its to say. What is checked afterwards and what is called is its result, and
 * never the text.
 */
public final class TargetUrl {
  private static final int LONGEST_QUOTE = 80;

  private TargetUrl() {}

  /**
   * Reads the URL.
   *
   * @param text what follows the relay's path and a slash, as it came; visible ASCII
   * @throws TargetException when it names no URL, or more than one
   */
  public static Url read(String text) {
    if (text.isEmpty() || text.startsWith("?")) {
      throw new TargetException(
          TargetFault.MISSING,
          "Write the URL behind the path of the relay, such as https://photos.bar.com/peace.png.");
    }
    int scheme = schemeLength(text);
    if (scheme > 0 && text.regionMatches(true, scheme, "%25", 0, 3)) {
      throw new TargetException(
          TargetFault.ENCODING, "The URL is percent-encoded twice. Encode it once, or not at all.");
    }
    boolean encoded = scheme > 0 && text.regionMatches(true, scheme, "%3A", 0, 3);
    String url = encoded ? decoded(text) : text;
    return parse(withTwoSlashes(url, scheme));
  }

  /** How long the text is that could be a scheme at the beginning. */
  private static int schemeLength(String text) {
    int end = 0;
    while (end < text.length() && isOfScheme(text.charAt(end), end == 0)) {
      end++;
    }
    return end;
  }

  private static boolean isOfScheme(char c, boolean first) {
    boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    return letter || !first && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.');
  }

  private static String decoded(String text) {
    if (text.indexOf('/') >= 0 || text.indexOf('?') >= 0) {
      throw new TargetException(
          TargetFault.ENCODING,
          "Part of the URL is percent-encoded. Encode all of it, its query too, or none of it.");
    }
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        // Who calls this has checked the digits.
        bytes[length++] = (byte) Integer.parseInt(text, i + 1, i + 3, 16);
        i += 2;
      } else {
        bytes[length++] = (byte) c;
      }
    }
    try {
      return checked(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString());
    } catch (CharacterCodingException e) {
      throw new TargetException(TargetFault.ENCODING, "What the URL decodes to is not UTF-8.");
    }
  }

  /**
   * The parser drops line breaks and tabs, and takes a backslash before the query for a slash;
   * others do not.
   */
  private static String checked(String decoded) {
    boolean inQuery = false;
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      inQuery |= c == '?';
      if (c < 0x20 || c == 0x7f || c == '\\' && !inQuery) {
        throw new TargetException(
            TargetFault.ENCODING,
            "The URL decodes to one with a control character or a backslash.");
      }
    }
    return decoded;
  }

  /** The text with two slashes behind its scheme, where one or two stand there. */
  private static String withTwoSlashes(String url, int scheme) {
    int colon = scheme > 0 && scheme < url.length() && url.charAt(scheme) == ':' ? scheme : -1;
    if (colon < 0) {
      throw new TargetException(
          TargetFault.INVALID,
          "What follows the path of the relay has no scheme. Write a whole URL, such as"
              + " https://photos.bar.com/peace.png.");
    }
    String name = url.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!name.equals("http") && !name.equals("https")) {
      throw new TargetException(
          TargetFault.SCHEME,
          "The URL's scheme is \"" + quoted(name) + "\". Only http and https are called.");
    }
    int host = colon + 1;
    while (host < url.length() && url.charAt(host) == '/') {
      host++;
    }
    int slashes = host - colon - 1;
    if (slashes < 1 || slashes > 2) {
      throw new TargetException(
          TargetFault.INVALID, "Two slashes stand between a URL's scheme and its host.");
    }
    return name + "://" + url.substring(host);
  }

  private static Url parse(String text) {
    Url url;
    try {
      url = Url.parse(text);
    } catch (UrlSyntaxException e) {
      throw new TargetException(
          TargetFault.INVALID,
          "It is not a URL by the URL standard (" + e.validationError() + ").");
    }
    if (url.fragment().isPresent()) {
      throw new TargetException(
          TargetFault.FRAGMENT, "A fragment is not sent to servers. Leave out what begins with #.");
    }
    return url;
  }

  private static String quoted(String text) {
    return Printable.of(
        text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…");
  }
}
