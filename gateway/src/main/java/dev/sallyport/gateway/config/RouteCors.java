package dev.sallyport.gateway.config;

import dev.sallyport.cors.CorsPolicy;

/** Which pages may use a route. */
public sealed interface RouteCors {

  /** Those that the policy allows. */
  record Policy(CorsPolicy policy) implements RouteCors {}

  /** None: the upstream's own CORS headers are removed, and none are written. */
  record Closed() implements RouteCors {}

  /**
   * Those that the upstream allows: its CORS headers and its answers to preflights are left as they
   * are.
   */
  record Passthrough() implements RouteCors {}
}
