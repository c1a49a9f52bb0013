package dev.sallyport.gateway.config;

import java.time.Duration;

/**
 * What one connection of a client may cost, and how many there may be.
 *
 * @param requestHead the most bytes of a request line and its headers together; more is answered
 *     431
 * @param headTimeout how long a client may take to send them
 * @param leastBodyRate the least bytes a second at which a request's body has to come, once it is
 *     behind by {@code idleTimeout}; slower is answered 408; 0 for any
 * @param idleTimeout how long a connection may lie idle between requests, and how long either side
 *     may stall within one
 * @param writeTimeout how long a client may read nothing of an answer that waits for it
 * @param webSocketIdleTimeout how long nothing may move in a WebSocket
 * @param connections the most connections of clients at once; one more is answered 503
 * @param connectionsPerClient the most of one client address; one more is answered 503
 * @param grace how long requests in flight may take when the gateway stops
 */
public record ConnectionLimits(
    int requestHead,
    Duration headTimeout,
    long leastBodyRate,
    Duration idleTimeout,
    Duration writeTimeout,
    Duration webSocketIdleTimeout,
    int connections,
    int connectionsPerClient,
    Duration grace) {

  /** What holds when nothing is configured. */
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(
          32 * 1024,
          Duration.ofSeconds(10),
          240,
          Duration.ofSeconds(60),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          16_384,
          1024,
          Duration.ofSeconds(30));
}
