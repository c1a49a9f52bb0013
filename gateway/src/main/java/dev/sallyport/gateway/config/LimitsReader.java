package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Route.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code limits}: of connections at the top of the file, of requests in a route. */
final class LimitsReader {
  /** The least and the most that a request's head may be limited to. */
  private static final SizeQuantity REQUEST_HEAD = new SizeQuantity(1 << 10, 1 << 20, "32KiB");

  /** No body at all, up to a pebibyte. */
  private static final SizeQuantity REQUEST_BODY = new SizeQuantity(0, 1L << 50, "1MiB");

  private static final int MOST_CONNECTIONS = 1_000_000;

  private LimitsReader() {}

  /** What one connection may cost; the default for all that is not written. */
  static ConnectionLimits connections(Reading reading, Optional<Value> value) {
    ConnectionLimits standard = ConnectionLimits.DEFAULT;
    return value
        .flatMap(
            each ->
                Fields.open(reading, each, Keys.CONNECTION_LIMITS, "limits", "{headTimeout: 10s}"))
        .map(
            fields ->
                new ConnectionLimits(
                    fields
                        .quantity("requestHead", REQUEST_HEAD)
                        .map(Long::intValue)
                        .orElse(standard.requestHead()),
                    timeout(fields, "headTimeout", "10s").orElse(standard.headTimeout()),
                    fields
                        .quantity("leastBodyRate", new ByteRateQuantity("240B/s"))
                        .orElse(standard.leastBodyRate()),
                    timeout(fields, "idleTimeout", "60s").orElse(standard.idleTimeout()),
                    timeout(fields, "writeTimeout", "60s").orElse(standard.writeTimeout()),
                    timeout(fields, "webSocketIdleTimeout", "5m")
                        .orElse(standard.webSocketIdleTimeout()),
                    fields.integer("connections", 1, MOST_CONNECTIONS, standard.connections()),
                    fields.integer(
                        "connectionsPerClient",
                        1,
                        MOST_CONNECTIONS,
                        standard.connectionsPerClient()),
                    fields
                        .quantity(
                            "grace",
                            new DurationQuantity(Duration.ZERO, DurationQuantity.DAY, "30s"))
                        .orElse(standard.grace())))
        .orElse(standard);
  }

  private static Optional<Duration> timeout(Fields fields, String key, String example) {
    return fields.quantity(key, DurationQuantity.timeout(example));
  }

  /** What the requests of a route may cost. */
  record OfRoute(OptionalLong requestBody, Optional<Rate> perClient, Optional<Rate> perOrigin) {
    static final OfRoute NONE =
        new OfRoute(OptionalLong.empty(), Optional.empty(), Optional.empty());
  }

  /** What the requests of a route may cost; no limit for what is not written. */
  static OfRoute route(Reading reading, Optional<Value> value) {
    return value
        .flatMap(
            each -> Fields.open(reading, each, Keys.ROUTE_LIMITS, "limits", "{requestBody: 1MiB}"))
        .map(
            fields ->
                new OfRoute(
                    fields
                        .quantity("requestBody", REQUEST_BODY)
                        .map(OptionalLong::of)
                        .orElse(OptionalLong.empty()),
                    fields.quantity("perClient", new RateQuantity("120/min")),
                    fields.quantity("perOrigin", new RateQuantity("600/min"))))
        .orElse(OfRoute.NONE);
  }
}
