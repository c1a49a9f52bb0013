package dev.sallyport.url;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The basic URL parser: what its states share, and the loop that runs them.
 *
 * <p>DEVIATIONS, in every state:
 *
 * <ul>
 *   <li>A validation error that does not end in failure is not reported: nobody asks for it.
 *   <li>There are no <i>url</i> and <i>state override</i> arguments: they serve the setters of
 *       scripts' {@code URL} objects, and a {@link Url} does not change.
 *   <li>There is no <i>encoding</i> argument: it is UTF-8, as of every document that does not say
 *       otherwise.
 *   <li>There is no blob URL store, so a blob URL entry is always null.
 * </ul>
 *
 * @see <a href="https://url.spec.whatwg.org/#concept-basic-url-parser">URL, basic URL parser</a>
 */
final class UrlParser {
  static final int EOF = -1;
  private static final int REPLACEMENT_CHARACTER = 0xfffd;

  final UrlRecord url = new UrlRecord();
  final @Nullable Url base;
  final StringBuilder buffer = new StringBuilder();
  State state = State.SCHEME_START;
  boolean atSignSeen;
  boolean insideBrackets;
  boolean passwordTokenSeen;
  int pointer;
  private final int[] input;

  private UrlParser(int[] input, @Nullable Url base) {
    this.input = input;
    this.base = base;
  }

  /**
   * Parses the input, relative to the base when there is one.
   *
   * @see <a href="https://url.spec.whatwg.org/#concept-basic-url-parser">URL, basic URL parser</a>
   */
  static UrlRecord basicUrlParser(String input, @Nullable Url base) throws ParsingFailure {
    // 1 to 3.
    UrlParser parser = new UrlParser(scalarValues(input), base);
    // 4 to 8. The fields.
    // 9.
    parser.run();
    // 10.
    return parser.url;
  }

  /**
   * The code points that are parsed: without C0 controls and spaces at both ends, without tabs and
   * newlines anywhere, and with U+FFFD for lone surrogates, as scripts' strings become scalar value
   * strings.
   */
  private static int[] scalarValues(String input) {
    int start = 0;
    int end = input.length();
    while (start < end && Ascii.isC0ControlOrSpace(input.charAt(start))) {
      start++;
    }
    while (end > start && Ascii.isC0ControlOrSpace(input.charAt(end - 1))) {
      end--;
    }
    int[] scalarValues = new int[end - start];
    int length = 0;
    for (int i = start; i < end; ) {
      int c = input.codePointAt(i);
      i += Character.charCount(c);
      if (!Ascii.isTabOrNewline(c)) {
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        scalarValues[length++] = surrogate ? REPLACEMENT_CHARACTER : c;
      }
    }
    return Arrays.copyOf(scalarValues, length);
  }

  private void run() throws ParsingFailure {
    while (true) {
      state.run(this);
      if (pointer >= input.length) {
        return;
      }
      pointer++;
    }
  }

  /**
   * The code point that the pointer points to.
   *
   * @see <a href="https://url.spec.whatwg.org/#c">URL, c</a>
   */
  int c() {
    return pointer < input.length ? input[pointer] : EOF;
  }

  /**
   * Whether what follows {@link #c} starts with {@code first}.
   *
   * @see <a href="https://url.spec.whatwg.org/#remaining">URL, remaining</a>
   */
  boolean remainingStartsWith(char first) {
    return pointer + 1 < input.length && input[pointer + 1] == first;
  }

  /** Whether what the pointer points to and what follows start with a Windows drive letter. */
  boolean startsWithDriveLetter() {
    return DriveLetters.startsWithDriveLetter(input, pointer);
  }

  /** Whether {@link #c} is a slash, or the backslash that special URLs take for one. */
  boolean isSlash(int c) {
    return c == '/' || url.isSpecial() && c == '\\';
  }

  /** Whether {@link #c} ends the authority. */
  boolean endsAuthority(int c) {
    return c == EOF || isSlash(c) || c == '?' || c == '#';
  }

  /** Empties the buffer. */
  String takeBuffer() {
    String taken = buffer.toString();
    buffer.setLength(0);
    return taken;
  }
}
