package dev.sallyport.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.gateway.config.Route.Rate;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A quota held in memory: a bucket for each caller, filled evenly.
 *
 * <p>The number of buckets is bounded, so that strangers cannot fill the memory with new addresses;
 * beyond it, whoever called least is forgotten, and begins with a full bucket.
 */
final class MemoryQuota implements Quota {
  static final long MOST_BUCKETS = 20_000;

  private static final CompletionStage<Optional<Duration>> TAKEN =
      CompletableFuture.completedFuture(Optional.empty());

  private final Rate rate;
  private final Cache<String, Bucket> buckets;

  MemoryQuota(Rate rate) {
    this.rate = rate;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_BUCKETS)
            // An idle bucket is full again by then, as a new one would be.
            .expireAfterAccess(rate.per())
            .executor(Runnable::run)
            .build();
  }

  @Override
  public Rate rate() {
    return rate;
  }

  @Override
  public CompletionStage<Optional<Duration>> take(String caller) {
    Bucket bucket = buckets.get(caller, key -> newBucket());
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? TAKEN
        : CompletableFuture.completedFuture(
            Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill())));
  }

  /** How many callers are remembered. */
  long size() {
    buckets.cleanUp();
    return buckets.estimatedSize();
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(rate.requests()).refillGreedy(rate.requests(), rate.per()))
        .build();
  }
}
