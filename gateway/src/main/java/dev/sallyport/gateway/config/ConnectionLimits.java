package dev.sallyport.gateway.config;

import java.time.Duration;

/**
 * What one connection of a client may cost.
 *
 * @param requestHead the most bytes of a request line and its headers together; more is answered
 *     431
 * @param headTimeout how long a client may take to send them
 * @param idleTimeout how long a connection may lie idle between requests, and how long either side
 *     may stall within one
 * @param webSocketIdleTimeout how long nothing may move in a WebSocket
 * @param connections the most connections of clients at once; one more is answered 503
 * @param grace how long requests in flight may take when the gateway stops
 */
public record ConnectionLimits(
    int requestHead,
    Duration headTimeout,
    Duration idleTimeout,
    Duration webSocketIdleTimeout,
    int connections,
    Duration grace) {

  /** What holds when nothing is configured. */
  public static final ConnectionLimits DEFAULT =
      new ConnectionLimits(
          32 * 1024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          16_384,
          Duration.ofSeconds(30));
}
