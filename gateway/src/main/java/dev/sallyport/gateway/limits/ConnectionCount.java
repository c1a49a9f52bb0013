package dev.sallyport.gateway.limits;

import java.util.concurrent.atomic.AtomicInteger;

/** How many connections of clients there are at this moment. */
public final class ConnectionCount {
  /** What a connection that is one too many may still get. */
  public enum Admission {
    /** To be served. */
    SERVED,
    /** To be told that there are too many. */
    TOLD,
    /** Nothing: there are too many of those that are told, too. */
    DROPPED
  }

  private volatile int most;
  private final AtomicInteger count = new AtomicInteger();

  /** A count that serves {@code most}. */
  public ConnectionCount(int most) {
    this.most = most;
  }

  /** Serves {@code number} from now on; those that are there already stay. */
  public void allow(int number) {
    most = number;
  }

  /** One more connection; every one has to {@link #leave}. */
  public Admission enter() {
    int now = count.incrementAndGet();
    int served = most;
    if (now <= served) {
      return Admission.SERVED;
    }
    return now <= served + Math.max(16, served / 8) ? Admission.TOLD : Admission.DROPPED;
  }

  /** How many there are. */
  public int count() {
    return count.get();
  }

  /** One connection less. */
  public void leave() {
    count.decrementAndGet();
  }
}
