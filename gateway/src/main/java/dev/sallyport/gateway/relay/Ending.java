package dev.sallyport.gateway.relay;

/** How an exchange ends. */
enum Ending {
  /** Its answer was complete. */
  ANSWERED("answered"),
  /** Its answer was begun and could not be finished. */
  CUT("cut"),
  /** The client closed the connection first. */
  GONE("gone"),
  /** A tunnel was closed by one of its sides. */
  CLOSED("closed"),
  /** Nothing moved in a tunnel for too long. */
  IDLE("idle");

  private final String word;

  Ending(String word) {
    this.word = word;
  }

  /** {@code cut}. */
  String word() {
    return word;
  }

  /** As a line of the log says it: {@code 200}, {@code 200 cut}, {@code 101 idle}, {@code gone}. */
  String outcome(int status) {
    return status == 0 ? word : this == ANSWERED ? Integer.toString(status) : status + " " + word;
  }
}
