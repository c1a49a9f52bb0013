package dev.sallyport.gateway.telemetry;

import dev.sallyport.gateway.config.Route;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;

/** The meters of a gateway. Where nobody can read them, they count nothing. */
public final class Telemetry implements AutoCloseable {
  private static final String NO_ROUTE = "none";

  private final MeterRegistry registry;
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final Map<String, RouteMeters> routes = new ConcurrentHashMap<>();
  private final Map<Limit, Counter> limits = new EnumMap<>(Limit.class);
  private final RouteMeters unrouted;
  private final AtomicInteger upstreamConnections = new AtomicInteger();
  private final Counter upstreamConnects;
  private final Counter accessLogDropped;
  private final Counter reloadsApplied;
  private final Counter reloadsRefused;
  private final AtomicLong loaded = new AtomicLong(System.currentTimeMillis());

  private Telemetry(MeterRegistry registry) {
    this.registry = registry;
    this.unrouted = new RouteMeters(registry, NO_ROUTE);
    for (Limit limit : Limit.values()) {
      limits.put(
          limit, counter("sallyport.limit.hits", "What ran into a limit.", "limit", limit.key()));
    }
    this.upstreamConnects =
        counter("sallyport.upstream.connects", "Connections to upstreams that were begun.");
    this.accessLogDropped =
        counter(
            "sallyport.access.log.dropped",
            "Lines of the access log that were dropped because it could not be written as fast, or at all.");
    this.reloadsApplied = reloads("applied");
    this.reloadsRefused = reloads("refused");
    gauge(
        "sallyport.upstream.connections",
        "Connections to upstreams, in use or waiting for use.",
        upstreamConnections::get);
    Gauge.builder("sallyport.config.loaded.timestamp", loaded, at -> at.get() / 1e3)
        .description("When the configuration that serves was taken over, in seconds since 1970.")
        .baseUnit("seconds")
        .register(registry);
  }

  /** Meters that count. */
  public static Telemetry counting() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Telemetry telemetry = new Telemetry(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    telemetry.garbage.bindTo(registry);
    return telemetry;
  }

  /** Meters that count nothing. */
  public static Telemetry off() {
    return new Telemetry(new CompositeMeterRegistry());
  }

  /** The meters of a route, the same for the same route of another configuration. */
  public RouteMeters of(Route route) {
    return routes.computeIfAbsent(route.claim(), label -> new RouteMeters(registry, label));
  }

  /**
   * Removes the meters of all routes but these: a scrape must not go on telling of what is gone.
   */
  public void retain(Collection<Route> serving) {
    Set<String> labels = serving.stream().map(Route::claim).collect(Collectors.toSet());
    routes
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !labels.contains(entry.getKey());
              if (gone) {
                entry.getValue().remove();
              }
              return gone;
            });
  }

  /** The meters of requests that came to no route. */
  public RouteMeters unrouted() {
    return unrouted;
  }

  /** Something ran into {@code limit}. */
  public void hit(Limit limit) {
    Counter counter = limits.get(limit);
    if (counter != null) {
      counter.increment();
    }
  }

  /** Has the connections of clients counted. */
  public void clientConnections(IntSupplier count) {
    gauge("sallyport.connections", "Connections of clients.", count);
  }

  /** A connection to an upstream is begun; {@link #upstreamClosed} follows. */
  public void upstreamOpened() {
    upstreamConnects.increment();
    upstreamConnections.incrementAndGet();
  }

  /** A connection to an upstream has ended. */
  public void upstreamClosed() {
    upstreamConnections.decrementAndGet();
  }

  /** So many lines of the access log were dropped. */
  public void accessLogDropped(int lines) {
    accessLogDropped.increment(lines);
  }

  /** A configuration was taken over, or refused. */
  public void reloaded(boolean applied) {
    (applied ? reloadsApplied : reloadsRefused).increment();
    if (applied) {
      loaded.set(System.currentTimeMillis());
    }
  }

  private Counter reloads(String result) {
    return counter(
        "sallyport.reloads", "Times that the configuration was read again.", "result", result);
  }

  private Counter counter(String name, String description, String... tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  private void gauge(String name, String description, IntSupplier value) {
    Gauge.builder(name, value, IntSupplier::getAsInt)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  /** All meters in Prometheus' text format, version 0.0.4; empty when nothing is counted. */
  public String scrape() {
    return registry instanceof PrometheusMeterRegistry prometheus ? prometheus.scrape() : "";
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }
}
