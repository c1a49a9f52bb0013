package dev.sallyport.url;

/**
 * Windows drive letters, which {@code file:} URLs keep on every platform.
 *
 * @see <a href="https://url.spec.whatwg.org/#windows-drive-letter">URL, Windows drive letter</a>
 */
final class DriveLetters {
  private DriveLetters() {}

  /**
   * Whether the text is a letter and a colon or a bar.
   *
   * @see <a href="https://url.spec.whatwg.org/#windows-drive-letter">URL, Windows drive letter</a>
   */
  static boolean isDriveLetter(CharSequence text) {
    return text.length() == 2 && isDriveLetter(text.charAt(0), text.charAt(1));
  }

  private static boolean isDriveLetter(int first, int second) {
    return Ascii.isAlpha(first) && (second == ':' || second == '|');
  }

  /**
   * Whether the text is a letter and a colon.
   *
   * @see <a href="https://url.spec.whatwg.org/#normalized-windows-drive-letter">URL, normalized
   *     Windows drive letter</a>
   */
  static boolean isNormalized(CharSequence text) {
    return isDriveLetter(text) && text.charAt(1) == ':';
  }

  /**
   * Whether the code points from {@code start} on start with a Windows drive letter.
   *
   * @see <a href="https://url.spec.whatwg.org/#start-with-a-windows-drive-letter">URL, start with a
   *     Windows drive letter</a>
   */
  static boolean startsWithDriveLetter(int[] codePoints, int start) {
    int length = codePoints.length - start;
    if (length < 2 || !isDriveLetter(codePoints[start], codePoints[start + 1])) {
      return false;
    }
    if (length == 2) {
      return true;
    }
    int third = codePoints[start + 2];
    return third == '/' || third == '\\' || third == '?' || third == '#';
  }
}
