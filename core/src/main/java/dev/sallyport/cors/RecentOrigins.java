package dev.sallyport.cors;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * A set of origins that forgets each after a time, and the oldest when there are too many.
 *
 * <p>It has two generations. What is added or asked for stands in the young one; when that is full,
 * it becomes the old one, and the old one is dropped. So what was used last is kept without a list
 * of what was used when, and a look at the set waits for nobody.
 */
final class RecentOrigins {
  private final int most;
  private final long keepNanos;
  private final LongSupplier clock;
  private volatile Map<String, Long> young = new ConcurrentHashMap<>();
  private volatile Map<String, Long> old = new ConcurrentHashMap<>();

  /**
   * @param most how many are kept at least; there are twice as many at most
   */
  RecentOrigins(int most, Duration keep, LongSupplier clock) {
    this.most = most;
    this.keepNanos = keep.toNanos();
    this.clock = clock;
  }

  boolean contains(String origin) {
    Long expires = young.get(origin);
    boolean isOld = expires == null;
    if (isOld) {
      expires = old.get(origin);
    }
    if (expires == null || expires - clock.getAsLong() <= 0) {
      return false;
    }
    if (isOld) {
      put(origin, expires);
    }
    return true;
  }

  void add(String origin) {
    put(origin, clock.getAsLong() + keepNanos);
  }

  void remove(String origin) {
    young.remove(origin);
    old.remove(origin);
  }

  private void put(String origin, long expires) {
    young.put(origin, expires);
    if (young.size() >= most) {
      age();
    }
  }

  private synchronized void age() {
    if (young.size() >= most) {
      old = young;
      young = new ConcurrentHashMap<>();
    }
  }
}
