package dev.sallyport.cli;

/** The exit codes, of all commands alike. */
final class Exit {
  /** Fine, or the answer is yes. */
  static final int FINE = 0;

  /** The answer is no, or what was asked for could not be done. */
  static final int NO = 1;

  /** The command was called wrongly. */
  static final int USAGE = 2;

  /** Sallyport itself is at fault; as {@code EX_SOFTWARE} of sysexits.h. */
  static final int FAULT = 70;

  private Exit() {}
}
