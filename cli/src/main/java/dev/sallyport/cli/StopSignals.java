package dev.sallyport.cli;

/** Tells a command that serves when it is to end, and when to read its configuration again. */
interface StopSignals {

  /**
   * From now on runs {@code stop} at the first signal; at the second, the process ends at once.
   *
   * @param stop returns soon: what takes longer is done elsewhere
   */
  void onFirst(Runnable stop);

  /** From now on runs {@code reload} at each {@code SIGHUP}, which no longer ends the process. */
  default void onHangup(Runnable reload) {}

  /** {@code SIGINT}, {@code SIGTERM} and {@code SIGHUP} of this process. */
  static StopSignals ofProcess() {
    return new ProcessSignals();
  }
}
