package dev.sallyport.cors;

import java.util.Iterator;

/**
 * A read-only view of a request, as much of it as a policy needs; an adapter implements it in a few
 * lines.
 */
public interface CorsRequest {
  /** The method as it came: methods are case-sensitive. */
  String method();

  /**
   * The values of every line of a header, in the order they came; none when there is no such line.
   *
   * @param name in lower case, matched whatever the case of the request's own
   */
  Iterator<String> headers(String name);
}
