package dev.sallyport.url;

/** The states that read {@code file:} URLs up to their path. */
final class FileStates {
  private FileStates() {}

  /**
   * Behind file:, or at the beginning of what is relative to a file: URL.
   *
   * @see <a href="https://url.spec.whatwg.org/#file-state">URL, file state</a>
   */
  static void fileState(UrlParser parser) {
    UrlRecord url = parser.url;
    // 1.
    url.setScheme("file");
    // 2.
    url.host = new Host.Empty();
    Url base = parser.base;
    if (parser.c() == '/' || parser.c() == '\\') {
      // 3.
      parser.state = State.FILE_SLASH;
    } else if (base != null && base.scheme().equals("file")) {
      // 4.1.
      url.host = base.hostOrNull();
      url.clonePath(base);
      url.cloneQuery(base);
      // 4.2 to 4.4. A drive letter of its own leaves nothing of the path of the base.
      RelativeStates.relativeToPath(parser, parser.startsWithDriveLetter());
    } else {
      // 5.
      parser.state = State.PATH;
      parser.pointer--;
    }
  }

  /**
   * Behind the first slash of a file: URL.
   *
   * @see <a href="https://url.spec.whatwg.org/#file-slash-state">URL, file slash state</a>
   */
  static void fileSlashState(UrlParser parser) {
    if (parser.c() == '/' || parser.c() == '\\') {
      // 1.
      parser.state = State.FILE_HOST;
      return;
    }
    // 2.1.
    Url base = parser.base;
    if (base != null && base.scheme().equals("file")) {
      // 2.1.1.
      parser.url.host = base.hostOrNull();
      // 2.1.2. A path from the root stays on the drive of the base.
      if (!parser.startsWithDriveLetter()
          && !base.segments().isEmpty()
          && DriveLetters.isNormalized(base.segments().get(0))) {
        parser.url.path().add(base.segments().get(0));
      }
    }
    // 2.2.
    parser.state = State.PATH;
    parser.pointer--;
  }

  /**
   * In the host of a file: URL.
   *
   * @see <a href="https://url.spec.whatwg.org/#file-host-state">URL, file host state</a>
   */
  static void fileHostState(UrlParser parser) throws ParsingFailure {
    UrlRecord url = parser.url;
    int c = parser.c();
    if (!parser.endsAuthority(c)) {
      // 2.
      parser.buffer.appendCodePoint(c);
      return;
    }
    // 1.
    parser.pointer--;
    if (DriveLetters.isDriveLetter(parser.buffer)) {
      // 1.1. What looked like a host is the first segment of the path, and stays in the buffer.
      parser.state = State.PATH;
    } else if (parser.buffer.isEmpty()) {
      // 1.2.
      url.host = new Host.Empty();
      parser.state = State.PATH_START;
    } else {
      // 1.3.
      Host host = HostParser.hostParser(parser.takeBuffer(), !url.isSpecial());
      url.host = host.serialize().equals("localhost") ? new Host.Empty() : host;
      parser.state = State.PATH_START;
    }
  }
}
