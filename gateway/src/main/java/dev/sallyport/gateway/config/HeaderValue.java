package dev.sallyport.gateway.config;

/**
 * A header's value that the gateway writes.
 *
 * @param text what goes over the wire
 * @param secret whether any of it came from a secret, so that it is shown nowhere else
 */
public record HeaderValue(String text, boolean secret) {

  /** The value, or stars in place of a secret. */
  @Override
  public String toString() {
    return secret ? "***" : text;
  }
}
