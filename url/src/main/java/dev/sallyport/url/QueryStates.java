package dev.sallyport.url;

import java.util.Objects;

/** The states that read query and fragment. */
final class QueryStates {
  private QueryStates() {}

  /**
   * In the query.
   *
   * @see <a href="https://url.spec.whatwg.org/#query-state">URL, query state</a>
   */
  static void queryState(UrlParser parser) {
    int c = parser.c();
    if (c == '#' || c == UrlParser.EOF) {
      // 2.1.
      PercentEncodeSet queryPercentEncodeSet =
          parser.url.isSpecial() ? PercentEncodeSet.SPECIAL_QUERY : PercentEncodeSet.QUERY;
      // 2.2, 2.3.
      PercentEncoding.utf8PercentEncode(
          parser.takeBuffer(), queryPercentEncodeSet, Objects.requireNonNull(parser.url.query()));
      // 2.4.
      if (c == '#') {
        parser.url.startFragment();
        parser.state = State.FRAGMENT;
      }
    } else {
      // 3.3.
      parser.buffer.appendCodePoint(c);
    }
  }

  /**
   * In the fragment.
   *
   * @see <a href="https://url.spec.whatwg.org/#fragment-state">URL, fragment state</a>
   */
  static void fragmentState(UrlParser parser) {
    if (parser.c() != UrlParser.EOF) {
      // 1.3.
      PercentEncoding.utf8PercentEncode(
          parser.c(), PercentEncodeSet.FRAGMENT, Objects.requireNonNull(parser.url.fragment()));
    }
  }
}
