package dev.sallyport.gateway.limits;

import dev.sallyport.gateway.config.Route.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** How often each of many may call. */
public interface Quota {
  /** How often each may call. */
  Rate rate();

  /**
   * Takes one request out of {@code caller}'s quota. Event loops call it: it never waits, and
   * completes what it returns now or later, on any thread.
   *
   * @param caller who calls: an address, or an origin
   * @return how long to wait when there is none left, else empty; failed when it cannot be told
   */
  CompletionStage<Optional<Duration>> take(String caller);
}
