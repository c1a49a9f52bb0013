package dev.sallyport.gateway.limits;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The moment until which something has to happen on a connection.
 *
 * <p>It moves with every request and every piece of a body, so moving it only notes the moment; one
 * task at a time sleeps until then, and goes back to sleep when the moment has moved on.
 */
public final class Deadline {
  private final EventExecutor loop;
  private final Runnable passed;
  private @Nullable Future<?> sleeper;
  private boolean set;
  private long moment;
  private long wakesAt;

  /** A deadline that is not set; {@code passed} runs on {@code loop} when it has passed. */
  public Deadline(EventExecutor loop, Runnable passed) {
    this.loop = loop;
    this.passed = passed;
  }

  /** Sets or moves it to so many nanoseconds from now. */
  public void in(long nanos) {
    moment = System.nanoTime() + nanos;
    set = true;
    Future<?> asleep = sleeper;
    if (asleep == null) {
      sleep(nanos);
    } else if (moment - wakesAt < 0) {
      asleep.cancel(false);
      sleep(nanos);
    }
  }

  /** Lifts it, until it is set again. */
  public void lift() {
    set = false;
  }

  /** Lifts it for good, so that nothing is kept for it. */
  public void end() {
    set = false;
    Future<?> asleep = sleeper;
    if (asleep != null) {
      sleeper = null;
      asleep.cancel(false);
    }
  }

  private void sleep(long nanos) {
    wakesAt = System.nanoTime() + nanos;
    sleeper = loop.schedule(this::wake, nanos, TimeUnit.NANOSECONDS);
  }

  private void wake() {
    sleeper = null;
    if (!set) {
      return;
    }
    long left = moment - System.nanoTime();
    if (left > 0) {
      sleep(left);
    } else {
      set = false;
      passed.run();
    }
  }
}
