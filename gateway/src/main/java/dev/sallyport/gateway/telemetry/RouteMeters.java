package dev.sallyport.gateway.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is counted of one route.
 *
 * <p>Meters are looked up by what is compared by reference or hashed once, and made when their
 * first request comes; there are as many as there are reasons.
 */
public final class RouteMeters {
  /** From a cache on this machine to an upstream that nearly times out. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private record Key(Verdict verdict, String reason) {}

  private final MeterRegistry registry;
  private final String route;
  private final Map<Key, Counter> requests = new ConcurrentHashMap<>();
  private final Counter[] answers = new Counter[6];
  private final Timer took;
  private final Timer upstreamTook;
  private boolean removed;

  RouteMeters(MeterRegistry registry, String route) {
    this.registry = registry;
    this.route = route;
    for (int hundreds = 0; hundreds < answers.length; hundreds++) {
      answers[hundreds] =
          Counter.builder("sallyport.responses")
              .description("Answers, by the class of their status; none: the client had gone.")
              .tags("route", route, "status", hundreds == 0 ? "none" : hundreds + "xx")
              .register(registry);
    }
    took = timer("sallyport.request.duration", "From a request's head to the end of its answer.");
    upstreamTook =
        timer(
            "sallyport.upstream.duration",
            "From the call of the upstream to the head of its answer.");
  }

  /** What the route claims, as its label says it. */
  public String route() {
    return route;
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .tags("route", route)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  /**
   * Counts a request that has ended.
   *
   * @param reason the stable code that best says how it fared
   * @param status of its answer; 0 when the client had gone before one
   * @param nanos how long it took; negative where that says nothing
   * @param upstreamNanos how long the upstream took to begin its answer; negative when it did not
   */
  public void ended(Verdict verdict, String reason, int status, long nanos, long upstreamNanos) {
    Counter counter = requests.computeIfAbsent(new Key(verdict, reason), this::requests);
    if (counter == null) {
      return;
    }
    counter.increment();
    answers[status / 100 < answers.length ? status / 100 : 0].increment();
    if (nanos >= 0) {
      took.record(nanos, TimeUnit.NANOSECONDS);
    }
    if (upstreamNanos >= 0) {
      upstreamTook.record(upstreamNanos, TimeUnit.NANOSECONDS);
    }
  }

  /** A new counter; null when the route is gone, and a request of it ends late. */
  private synchronized @Nullable Counter requests(Key key) {
    if (removed) {
      return null;
    }
    return Counter.builder("sallyport.requests")
        .description("Requests, by what the policy of their route said and why.")
        .tags("route", route)
        .tags("category", key.verdict().category(), "decision", key.verdict().decision())
        .tags("reason", key.reason())
        .register(registry);
  }

  /** Removes them: the route is no more. */
  synchronized void remove() {
    removed = true;
    requests.values().forEach(registry::remove);
    for (Counter each : answers) {
      registry.remove(each);
    }
    registry.remove(took);
    registry.remove(upstreamTook);
  }
}
