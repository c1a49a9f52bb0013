package dev.sallyport.doctor;

/** Thrown for what is no case; the message says which property is wrong, and what it has to be. */
public final class NoCaseException extends Exception {
  private static final long serialVersionUID = 1L;

  NoCaseException(String message) {
    super(message);
  }
}
