package dev.sallyport.gateway.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sallyport.gateway.config.Route.Rate;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.time.Duration;
import java.util.Optional;

/**
 * How often each of many may call: a bucket for each, filled evenly, held in memory.
 *
 * <p>The number of buckets is bounded, so that strangers cannot fill the memory with new addresses;
 * beyond it, whoever called least is forgotten, and begins with a full bucket.
 *
 * @param <K> who calls: an address, or an origin
 */
public final class Quota<K> {
  private static final long MOST_BUCKETS = 20_000;

  private final Rate rate;
  private final Cache<K, Bucket> buckets;

  /** A quota of {@code rate} for each. */
  public Quota(Rate rate) {
    this.rate = rate;
    this.buckets =
        Caffeine.newBuilder()
            .maximumSize(MOST_BUCKETS)
            // An idle bucket is full again by then, as a new one would be.
            .expireAfterAccess(rate.per())
            .executor(Runnable::run)
            .build();
  }

  /** How often each may call. */
  public Rate rate() {
    return rate;
  }

  /** Takes one request out of {@code caller}'s quota; when there is none, says how long to wait. */
  public Optional<Duration> take(K caller) {
    Bucket bucket = buckets.get(caller, key -> newBucket());
    ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
    return probe.isConsumed()
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }

  private Bucket newBucket() {
    return Bucket.builder()
        .addLimit(
            limit -> limit.capacity(rate.requests()).refillGreedy(rate.requests(), rate.per()))
        .build();
  }
}
