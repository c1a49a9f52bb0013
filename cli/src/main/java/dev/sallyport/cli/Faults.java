package dev.sallyport.cli;

import dev.sallyport.origin.Printable;

/** Tells of what should not have happened, without frightening anybody. */
final class Faults {
  private Faults() {}

  /**
   * Prints one line with what whoever mends it has to know; the stack trace only to those who ask
   * for it.
   *
   * @return the exit code
   */
  static int tell(Throwable fault, Environment environment) {
    environment
        .err()
        .println(
            "sallyport: this is a fault of Sallyport's own: "
                + line(fault)
                + ". Please report this line together with the command; with SALLYPORT_DEBUG=1 there is"
                + " more to report.");
    if (environment.isDebugging()) {
      fault.printStackTrace(environment.err());
    }
    return Exit.FAULT;
  }

  /** The kind, the message, and where: {@code IllegalStateException "…" at Gateway.java:12}. */
  private static String line(Throwable fault) {
    StringBuilder line = new StringBuilder(fault.getClass().getName());
    if (fault.getMessage() != null) {
      line.append(" \"").append(Printable.of(fault.getMessage())).append('"');
    }
    StackTraceElement[] trace = fault.getStackTrace();
    if (trace.length > 0) {
      line.append(" at ").append(place(trace));
    }
    if (fault.getCause() != null && fault.getCause() != fault) {
      line.append(", because of ").append(line(fault.getCause()));
    }
    return line.toString();
  }

  /** Where our own code was, or else where the fault came up. */
  private static String place(StackTraceElement[] trace) {
    for (StackTraceElement element : trace) {
      if (element.getClassName().startsWith("dev.sallyport.")) {
        return element.getFileName() + ":" + element.getLineNumber();
      }
    }
    return trace[0].toString();
  }
}
