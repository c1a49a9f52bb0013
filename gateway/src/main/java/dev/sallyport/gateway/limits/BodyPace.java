package dev.sallyport.gateway.limits;

import java.util.concurrent.TimeUnit;

/**
 * How long a client may still take over the body of its request, so that the body comes at a least
 * rate.
 *
 * <p>It begins with a grace. Waiting for the client takes from what is left of it; each byte gives
 * back the time that the rate has for a byte, up to the grace again. So a client that sends nothing
 * is out after the grace, one that sends at half the rate after twice the grace, however much it
 * sent before, and one that keeps to the rate never. Time in which the client is not waited for,
 * because its body is not read, does not count.
 *
 * <p>All moments are of {@link System#nanoTime}.
 */
public final class BodyPace {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final long leastRate;
  private final long grace;
  private long left;
  private long waitingSince;
  private boolean waiting;
  private long lastByte;
  private boolean begun;

  /**
   * A pace.
   *
   * @param leastRate bytes a second; with 0, any byte gives back the whole grace
   * @param grace in nanoseconds
   */
  public BodyPace(long leastRate, long grace) {
    this.leastRate = leastRate;
    this.grace = grace;
    this.left = grace;
  }

  /** The client is waited for; how many nanoseconds it may still take. */
  public long await(long now) {
    pause(now);
    if (!begun) {
      begun = true;
      lastByte = now;
    }
    waiting = true;
    waitingSince = now;
    return Math.max(0, left);
  }

  /** The client is waited for no more, until the next {@link #await}. */
  public void pause(long now) {
    if (waiting) {
      waiting = false;
      left -= now - waitingSince;
    }
  }

  /** So many bytes have come. */
  public void received(int bytes, long now) {
    if (bytes > 0) {
      pause(now);
      lastByte = now;
      left = leastRate == 0 ? grace : Math.min(grace, left + bytes * SECOND / leastRate);
    }
  }

  /** Gives the whole grace back. */
  public void renew() {
    waiting = false;
    left = grace;
  }

  /** Whether nothing at all has come for the whole grace. */
  public boolean isStall(long now) {
    return now - lastByte >= grace;
  }
}
