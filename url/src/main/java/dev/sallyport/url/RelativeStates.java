package dev.sallyport.url;

import java.util.Objects;

/** The states that take from the base URL what the input leaves out. */
final class RelativeStates {
  private RelativeStates() {}

  /**
   * Behind the scheme, when the base has the same special one.
   *
   * @see <a href="https://url.spec.whatwg.org/#special-relative-or-authority-state">URL, special
   *     relative or authority state</a>
   */
  static void specialRelativeOrAuthorityState(UrlParser parser) {
    if (parser.c() == '/' && parser.remainingStartsWith('/')) {
      // 1.
      parser.state = State.SPECIAL_AUTHORITY_IGNORE_SLASHES;
      parser.pointer++;
    } else {
      // 2.
      parser.state = State.RELATIVE;
      parser.pointer--;
    }
  }

  /**
   * Behind the first slash of a URL that is not special.
   *
   * @see <a href="https://url.spec.whatwg.org/#path-or-authority-state">URL, path or authority
   *     state</a>
   */
  static void pathOrAuthorityState(UrlParser parser) {
    if (parser.c() == '/') {
      // 1.
      parser.state = State.AUTHORITY;
    } else {
      // 2.
      parser.state = State.PATH;
      parser.pointer--;
    }
  }

  /**
   * At the beginning of what is relative to a base that is no file: URL.
   *
   * @see <a href="https://url.spec.whatwg.org/#relative-state">URL, relative state</a>
   */
  static void relativeState(UrlParser parser) {
    UrlRecord url = parser.url;
    Url base = Objects.requireNonNull(parser.base);
    int c = parser.c();
    // 2.
    url.setScheme(base.scheme());
    // 3, 4.
    if (parser.isSlash(c)) {
      parser.state = State.RELATIVE_SLASH;
      return;
    }
    // 5.1.
    url.cloneAuthority(base);
    url.clonePath(base);
    url.cloneQuery(base);
    relativeToPath(parser, false);
  }

  /**
   * Steps 5.2 to 5.4 of the relative state, and 4.2 to 4.4 of the file state: a query, a fragment
   * or a path follows.
   *
   * @param wholePath whether the path of the base does not count
   */
  static void relativeToPath(UrlParser parser, boolean wholePath) {
    UrlRecord url = parser.url;
    switch (parser.c()) {
      case '?' -> {
        url.startQuery();
        parser.state = State.QUERY;
      }
      case '#' -> {
        url.startFragment();
        parser.state = State.FRAGMENT;
      }
      case UrlParser.EOF -> {
        // The URL is the base, without its fragment.
      }
      default -> {
        url.removeQuery();
        if (wholePath) {
          url.clearPath();
        } else {
          url.shorten();
        }
        parser.state = State.PATH;
        parser.pointer--;
      }
    }
  }

  /**
   * Behind the first slash of what is relative.
   *
   * @see <a href="https://url.spec.whatwg.org/#relative-slash-state">URL, relative slash state</a>
   */
  static void relativeSlashState(UrlParser parser) {
    int c = parser.c();
    if (parser.url.isSpecial() && parser.isSlash(c)) {
      // 1.
      parser.state = State.SPECIAL_AUTHORITY_IGNORE_SLASHES;
    } else if (c == '/') {
      // 2.
      parser.state = State.AUTHORITY;
    } else {
      // 3.
      parser.url.cloneAuthority(Objects.requireNonNull(parser.base));
      parser.state = State.PATH;
      parser.pointer--;
    }
  }
}
