package dev.sallyport.gateway.call;

/** Thrown when a URL that somebody names is not called. */
public final class TargetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final TargetFault fault;
  private final String detail;

  TargetException(TargetFault fault, String detail) {
    // An ordinary outcome of reading what strangers send; nobody reads where in the code it was.
    super(detail, null, false, false);
    this.fault = fault;
    this.detail = detail;
  }

  /** Which fault. */
  public TargetFault fault() {
    return fault;
  }

  /** A sentence on what is wrong, and what to do; it shows no password. */
  public String detail() {
    return detail;
  }
}
