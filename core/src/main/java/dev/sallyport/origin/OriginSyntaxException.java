package dev.sallyport.origin;

/**
 * Thrown when a text is no origin or no origin pattern; the message says why, quoting what is wrong
 * in it.
 */
public final class OriginSyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String input;
  private final String why;

  OriginSyntaxException(String input, String why) {
    super("\"" + Printable.of(input) + "\" is not an origin: " + why);
    this.input = input;
    this.why = why;
  }

  /** The whole text that was refused. */
  public String input() {
    return input;
  }

  /** What is wrong with it, as a clause: {@code the port is not a number between 0 and 65535}. */
  public String why() {
    return why;
  }
}
