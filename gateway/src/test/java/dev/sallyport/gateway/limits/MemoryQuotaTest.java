package dev.sallyport.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.Route.Rate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class MemoryQuotaTest {
  private static final Rate TWO = new Rate(2, Duration.ofHours(1));

  private static Optional<Duration> take(Quota quota, String caller) {
    CompletableFuture<Optional<Duration>> taken = quota.take(caller).toCompletableFuture();
    assertThat(taken).as("answers at once").isCompleted();
    return taken.join();
  }

  @Test
  void eachCallerHasItsOwnAndIsToldHowLongToWait() {
    Quota quota = QuotaStore.IN_MEMORY.open("perClient /", TWO);
    assertThat(quota.rate()).isEqualTo(TWO);
    assertThat(take(quota, "a")).isEmpty();
    assertThat(take(quota, "a")).isEmpty();
    assertThat(take(quota, "a").orElseThrow())
        .isPositive()
        .isLessThanOrEqualTo(Duration.ofMinutes(30));
    assertThat(take(quota, "b")).isEmpty();
  }

  @Test
  void strangersDoNotFillTheMemory() {
    MemoryQuota quota = new MemoryQuota(TWO);
    for (int i = 0; i < 3 * MemoryQuota.MOST_BUCKETS; i++) {
      assertThat(take(quota, "caller " + i)).isEmpty();
    }
    assertThat(quota.size()).isPositive().isLessThanOrEqualTo(MemoryQuota.MOST_BUCKETS);
  }
}
