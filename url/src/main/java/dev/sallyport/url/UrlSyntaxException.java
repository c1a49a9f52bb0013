package dev.sallyport.url;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a text is no URL; the message says why, quoting what is wrong in it, and ends with
 * the name that the URL standard gives to the fault.
 *
 * <p>{@code "https://foo.com:70000/" is not a URL: the port "70000" is greater than 65535
 * (port-out-of-range)}
 */
public final class UrlSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String input;
  private final String why;
  private final String validationError;

  UrlSyntaxException(String input, @Nullable Url base, ParsingFailure failure) {
    super(
        Quote.quote(input)
            + (base == null ? "" : ", relative to " + Quote.quote(base.href()) + ",")
            + " is not a URL: "
            + failure.why()
            + " ("
            + failure.error().standardName()
            + ")");
    this.input = input;
    this.why = failure.why();
    this.validationError = failure.error().standardName();
  }

  /** The whole text that was refused. */
  public String input() {
    return input;
  }

  /** What is wrong with it, as a clause: {@code the port "70000" is greater than 65535}. */
  public String why() {
    return why;
  }

  /**
   * The name of the fault in the standard's table: {@code port-out-of-range}.
   *
   * @see <a href="https://url.spec.whatwg.org/#writing">URL, validation errors</a>
   */
  public String validationError() {
    return validationError;
  }
}
