package dev.sallyport.cors;

/** A writable view of a response's headers; an adapter implements it in a few lines. */
public interface CorsResponse {
  /**
   * Writes a header, replacing every line of that name.
   *
   * @param name in lower case
   */
  void setHeader(String name, String value);

  /**
   * Adds a name to {@code Vary}, keeping what is there; does nothing when {@link Vary#covers} says
   * that it is there.
   *
   * @param fieldName a request header's name
   */
  void addVary(String fieldName);
}
