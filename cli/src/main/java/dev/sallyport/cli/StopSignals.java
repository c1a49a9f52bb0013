package dev.sallyport.cli;

/** Tells a command that serves when it is to end. */
interface StopSignals {

  /**
   * From now on runs {@code stop} at the first signal; at the second, the process ends at once.
   *
   * @param stop returns soon: what takes longer is done elsewhere
   */
  void onFirst(Runnable stop);

  /** {@code SIGINT}, {@code SIGTERM} and {@code SIGHUP} of this process. */
  static StopSignals ofProcess() {
    return new ProcessSignals();
  }
}
