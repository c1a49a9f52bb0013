package dev.sallyport.gateway;

/** A gateway cannot be started; the message says what, where, why, and the fix. */
public final class GatewayStartException extends Exception {
  private static final long serialVersionUID = 1L;

  GatewayStartException(String message) {
    super(message);
  }

  GatewayStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
