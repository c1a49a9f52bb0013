package dev.sallyport.url;

/**
 * The standard's “return failure”, with the validation error before it. It never leaves the
 * package: {@link Url#parse} makes a {@link UrlSyntaxException} of it.
 */
final class ParsingFailure extends Exception {
  private static final long serialVersionUID = 1L;

  private final ValidationError error;
  private final String why;

  /**
   * @param why a clause, what is wrong quoted: {@code the port "70000" is greater than 65535}
   */
  ParsingFailure(ValidationError error, String why) {
    // Failing is an ordinary outcome of parsing; a stack trace is dear, and nobody reads it.
    super(why, null, false, false);
    this.error = error;
    this.why = why;
  }

  ValidationError error() {
    return error;
  }

  String why() {
    return why;
  }
}
