package dev.sallyport.url;

/** The states that find the scheme, or find that there is none. */
final class SchemeStates {
  private SchemeStates() {}

  /**
   * Before everything: a letter begins a scheme.
   *
   * @see <a href="https://url.spec.whatwg.org/#scheme-start-state">URL, scheme start state</a>
   */
  static void schemeStartState(UrlParser parser) {
    int c = parser.c();
    if (Ascii.isAlpha(c)) {
      // 1.
      parser.buffer.appendCodePoint(Ascii.lowercase(c));
      parser.state = State.SCHEME;
    } else {
      // 2.
      parser.state = State.NO_SCHEME;
      parser.pointer--;
    }
  }

  /**
   * In what is a scheme if a colon ends it.
   *
   * @see <a href="https://url.spec.whatwg.org/#scheme-state">URL, scheme state</a>
   */
  static void schemeState(UrlParser parser) {
    int c = parser.c();
    if (Ascii.isAlphanumeric(c) || c == '+' || c == '-' || c == '.') {
      // 1.
      parser.buffer.appendCodePoint(Ascii.lowercase(c));
    } else if (c == ':') {
      // 2.2, 2.4.
      parser.url.setScheme(parser.takeBuffer());
      afterScheme(parser);
    } else {
      // 3. The loop takes the pointer to the first code point.
      parser.buffer.setLength(0);
      parser.state = State.NO_SCHEME;
      parser.pointer = -1;
    }
  }

  /** Steps 2.5 to 2.9 of the scheme state. */
  private static void afterScheme(UrlParser parser) {
    UrlRecord url = parser.url;
    if (url.isFile()) {
      // 2.5.
      parser.state = State.FILE;
    } else if (url.isSpecial()
        && parser.base != null
        && parser.base.scheme().equals(url.scheme())) {
      // 2.6.
      parser.state = State.SPECIAL_RELATIVE_OR_AUTHORITY;
    } else if (url.isSpecial()) {
      // 2.7.
      parser.state = State.SPECIAL_AUTHORITY_SLASHES;
    } else if (parser.remainingStartsWith('/')) {
      // 2.8.
      parser.state = State.PATH_OR_AUTHORITY;
      parser.pointer++;
    } else {
      // 2.9.
      url.startOpaquePath();
      parser.state = State.OPAQUE_PATH;
    }
  }

  /**
   * At the beginning of what has no scheme.
   *
   * @see <a href="https://url.spec.whatwg.org/#no-scheme-state">URL, no scheme state</a>
   */
  static void noSchemeState(UrlParser parser) throws ParsingFailure {
    Url base = parser.base;
    if (base == null) {
      // 1.
      throw new ParsingFailure(
          ValidationError.MISSING_SCHEME_NON_RELATIVE_URL,
          "it does not begin with a scheme, such as https://, and there is no base URL");
    }
    UrlRecord url = parser.url;
    if (base.hasOpaquePath()) {
      if (parser.c() != '#') {
        // 1.
        throw new ParsingFailure(
            ValidationError.MISSING_SCHEME_NON_RELATIVE_URL,
            "it does not begin with a scheme, such as https://, and a base URL without a slash after"
                + " its scheme takes nothing but a fragment");
      }
      // 2.
      url.setScheme(base.scheme());
      url.clonePath(base);
      url.cloneQuery(base);
      url.startFragment();
      parser.state = State.FRAGMENT;
    } else {
      // 3, 4.
      parser.state = base.scheme().equals("file") ? State.FILE : State.RELATIVE;
      parser.pointer--;
    }
  }
}
