package dev.sallyport.gateway.telemetry;

/** A limit of the configuration that a client can run into. */
public enum Limit {
  /** {@code limits.connections}. */
  CONNECTIONS("connections"),
  /** {@code limits.connectionsPerClient}. */
  CONNECTIONS_PER_CLIENT("connectionsPerClient"),
  /** {@code limits.requestHead}. */
  REQUEST_HEAD("requestHead"),
  /** {@code limits.headTimeout}. */
  HEAD_TIMEOUT("headTimeout"),
  /** {@code limits.leastBodyRate}. */
  LEAST_BODY_RATE("leastBodyRate"),
  /** {@code limits.writeTimeout}. */
  WRITE_TIMEOUT("writeTimeout"),
  /** {@code limits.idleTimeout}, within a request. */
  IDLE_TIMEOUT("idleTimeout"),
  /** {@code limits.requestBody} of a route. */
  REQUEST_BODY("requestBody"),
  /** {@code limits.perClient} of a route. */
  PER_CLIENT("perClient"),
  /** {@code limits.perOrigin} of a route. */
  PER_ORIGIN("perOrigin");

  private final String key;

  Limit(String key) {
    this.key = key;
  }

  /** The key in the configuration. */
  public String key() {
    return key;
  }
}
