package dev.sallyport.cors;

import org.jspecify.annotations.Nullable;

/**
 * A read-only view of a request, as much of it as a policy needs; an adapter implements it in a few
 * lines.
 *
 * <p>A line is asked for by its number, and its absence is null rather than an empty {@code
 * Optional} or an iterator: a policy asks three times a request, and none of the three need
 * allocate.
 */
public interface CorsRequest {
  /** The method as it came: methods are case-sensitive. */
  String method();

  /**
   * The value of one line of a header, as it came; null when the request has no more lines of that
   * name.
   *
   * @param name in lower case, matched whatever the case of the request's own
   * @param line 0 for the first line of that name, 1 for the second. A policy asks in ascending
   *     order, and never for more than a hundred
   */
  @Nullable String header(String name, int line);
}
