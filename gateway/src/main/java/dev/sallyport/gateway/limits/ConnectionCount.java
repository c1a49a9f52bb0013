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

  private final int most;
  private final int mostTold;
  private final AtomicInteger count = new AtomicInteger();

  /** A count that serves {@code most}. */
  public ConnectionCount(int most) {
    this.most = most;
    this.mostTold = most + Math.max(16, most / 8);
  }

  /** One more connection; every one has to {@link #leave}. */
  public Admission enter() {
    int now = count.incrementAndGet();
    if (now <= most) {
      return Admission.SERVED;
    }
    return now <= mostTold ? Admission.TOLD : Admission.DROPPED;
  }

  /** One connection less. */
  public void leave() {
    count.decrementAndGet();
  }
}
