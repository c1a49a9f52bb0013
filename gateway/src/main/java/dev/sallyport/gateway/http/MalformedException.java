package dev.sallyport.gateway.http;

/**
 * A message is malformed; carries which fault it is, and no stack trace, because strangers provoke
 * it.
 */
public final class MalformedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Fault fault;

  /**
   * A fault.
   *
   * @param detail a sentence that says what exactly is wrong
   */
  public MalformedException(Fault fault, String detail) {
    super(detail, null, false, false);
    this.fault = fault;
  }

  /** Which fault it is. */
  public Fault fault() {
    return fault;
  }

  /** A sentence that says what exactly is wrong. */
  public String detail() {
    String message = getMessage();
    return message == null ? fault.title() : message;
  }
}
