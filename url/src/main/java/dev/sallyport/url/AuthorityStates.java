package dev.sallyport.url;

/** The states that read user, password, host and port. */
final class AuthorityStates {
  private static final int GREATEST_PORT = 65535;

  private AuthorityStates() {}

  /**
   * Behind a special scheme, where two slashes should be.
   *
   * @see <a href="https://url.spec.whatwg.org/#special-authority-slashes-state">URL, special
   *     authority slashes state</a>
   */
  static void specialAuthoritySlashesState(UrlParser parser) {
    parser.state = State.SPECIAL_AUTHORITY_IGNORE_SLASHES;
    if (parser.c() == '/' && parser.remainingStartsWith('/')) {
      // 1.
      parser.pointer++;
    } else {
      // 2.
      parser.pointer--;
    }
  }

  /**
   * Behind those slashes, where there can be more.
   *
   * @see <a href="https://url.spec.whatwg.org/#special-authority-ignore-slashes-state">URL, special
   *     authority ignore slashes state</a>
   */
  static void specialAuthorityIgnoreSlashesState(UrlParser parser) {
    // 2. Slashes and backslashes are passed over.
    if (parser.c() != '/' && parser.c() != '\\') {
      // 1.
      parser.state = State.AUTHORITY;
      parser.pointer--;
    }
  }

  /**
   * In user, password and host, until it is known which is which.
   *
   * @see <a href="https://url.spec.whatwg.org/#authority-state">URL, authority state</a>
   */
  static void authorityState(UrlParser parser) throws ParsingFailure {
    int c = parser.c();
    if (c == '@') {
      // 1.
      userAndPassword(parser);
    } else if (parser.endsAuthority(c)) {
      // 2.1.
      if (parser.atSignSeen && parser.buffer.isEmpty()) {
        throw new ParsingFailure(
            ValidationError.HOST_MISSING, "there is no host after the \"@\" of user and password");
      }
      // 2.2.
      parser.pointer -= parser.buffer.codePointCount(0, parser.buffer.length()) + 1;
      parser.buffer.setLength(0);
      parser.state = State.HOST;
    } else {
      // 3.
      parser.buffer.appendCodePoint(c);
    }
  }

  /** Step 1 of the authority state. */
  private static void userAndPassword(UrlParser parser) {
    UrlRecord url = parser.url;
    // 1.2. An at sign before the last one belongs to the user or the password.
    if (parser.atSignSeen) {
      parser.buffer.insert(0, "%40");
    }
    // 1.3.
    parser.atSignSeen = true;
    // 1.4.
    String buffer = parser.takeBuffer();
    for (int i = 0; i < buffer.length(); ) {
      int codePoint = buffer.codePointAt(i);
      i += Character.charCount(codePoint);
      if (codePoint == ':' && !parser.passwordTokenSeen) {
        parser.passwordTokenSeen = true;
      } else {
        PercentEncoding.utf8PercentEncode(
            codePoint,
            PercentEncodeSet.USERINFO,
            parser.passwordTokenSeen ? url.password : url.username);
      }
    }
    // 1.5. Taking emptied the buffer.
  }

  /**
   * In the host.
   *
   * @see <a href="https://url.spec.whatwg.org/#host-state">URL, host state</a>
   */
  static void hostState(UrlParser parser) throws ParsingFailure {
    UrlRecord url = parser.url;
    int c = parser.c();
    if (c == ':' && !parser.insideBrackets) {
      // 2.1.
      if (parser.buffer.isEmpty()) {
        throw new ParsingFailure(
            ValidationError.HOST_MISSING, "there is no host before the \":\" of the port");
      }
      // 2.3 to 2.5.
      url.host = HostParser.hostParser(parser.takeBuffer(), !url.isSpecial());
      parser.state = State.PORT;
    } else if (parser.endsAuthority(c)) {
      // 3.
      parser.pointer--;
      // 3.1.
      if (url.isSpecial() && parser.buffer.isEmpty()) {
        throw new ParsingFailure(
            ValidationError.HOST_MISSING, "there is no host after " + url.scheme() + ":");
      }
      // 3.3 to 3.5.
      url.host = HostParser.hostParser(parser.takeBuffer(), !url.isSpecial());
      parser.state = State.PATH_START;
    } else {
      // 4.1, 4.2.
      if (c == '[') {
        parser.insideBrackets = true;
      } else if (c == ']') {
        parser.insideBrackets = false;
      }
      // 4.3.
      parser.buffer.appendCodePoint(c);
    }
  }

  /**
   * In the port.
   *
   * @see <a href="https://url.spec.whatwg.org/#port-state">URL, port state</a>
   */
  static void portState(UrlParser parser) throws ParsingFailure {
    int c = parser.c();
    if (Ascii.isDigit(c)) {
      // 1.
      parser.buffer.appendCodePoint(c);
    } else if (parser.endsAuthority(c)) {
      // 2.1.
      if (!parser.buffer.isEmpty()) {
        int port = portNumber(parser.takeBuffer());
        // 2.1.3.
        parser.url.port =
            port == SpecialScheme.defaultPort(parser.url.scheme()) ? SpecialScheme.NO_PORT : port;
      }
      // 2.3.
      parser.state = State.PATH_START;
      parser.pointer--;
    } else {
      // 3.
      throw new ParsingFailure(
          ValidationError.PORT_INVALID,
          "the port has " + Quote.quote(c) + ", and a port is made of digits");
    }
  }

  /** Steps 2.1.1 and 2.1.2 of the port state. */
  private static int portNumber(String digits) throws ParsingFailure {
    // 2.1.1.
    int port = 0;
    for (int i = 0; i < digits.length() && port <= GREATEST_PORT; i++) {
      port = port * 10 + digits.charAt(i) - '0';
    }
    // 2.1.2.
    if (port > GREATEST_PORT) {
      throw new ParsingFailure(
          ValidationError.PORT_OUT_OF_RANGE,
          "the port " + Quote.quote(digits) + " is greater than " + GREATEST_PORT);
    }
    return port;
  }
}
