package dev.sallyport.gateway.config;

/**
 * Thrown when a text is not what it has to be: a clause that follows the quoted text, and a fix.
 */
final class Fault extends Exception {
  private static final long serialVersionUID = 1L;

  Fault(String message) {
    // Where in the code it was found tells nobody anything.
    super(message, null, false, false);
  }

  /** The clause and the fix. */
  String text() {
    return String.valueOf(getMessage());
  }
}
