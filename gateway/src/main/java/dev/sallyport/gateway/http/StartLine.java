package dev.sallyport.gateway.http;

/**
 * Watches a decoder cut a first line into words, and refuses whatever stands between them beside
 * one space. Netty takes tabs, several blanks and a bare CR for one.
 */
final class StartLine {
  private int expected;

  void first(int start, int length) {
    check(start == 0);
    expected = start + length + 1;
  }

  void second(byte[] line, int start, int length) {
    check(start == expected && line[start - 1] == ' ');
    expected = start + length + 1;
  }

  void third(byte[] line, int start) {
    check(start == expected && line[start - 1] == ' ');
  }

  private static void check(boolean fine) {
    if (!fine) {
      throw new MalformedException(
          Fault.START_LINE, "The first line is not three words with one space between them.");
    }
  }
}
