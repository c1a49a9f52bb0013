package dev.sallyport.gateway.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Waits for what comes at a time of its own, and fails when it does not come. */
public final class Await {
  /** Long enough for a busy machine; a test that waits so long has failed. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration PAUSE = Duration.ofMillis(20);

  private Await() {}

  /** What is waited for. */
  @FunctionalInterface
  public interface Condition {
    /** Whether it has come; what this throws fails the test. */
    boolean holds() throws Exception;
  }

  /** Waits until {@code condition} holds, which {@code what} calls by its name. */
  public static void until(String what, Condition condition) throws Exception {
    until(() -> what, condition);
  }

  /** Waits until {@code condition} holds; {@code what} tells, if it never does, what is missing. */
  public static void until(Callable<String> what, Condition condition) throws Exception {
    long begun = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new AssertionError("not within " + PATIENCE.toSeconds() + " s: " + what.call());
      }
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
    }
  }

  /** Waits until {@code latch} is open, in scripts of upstreams too. */
  public static void open(CountDownLatch latch) {
    open(latch, PATIENCE);
  }

  /** Waits until {@code latch} is open, where much has to be done before. */
  public static void open(CountDownLatch latch, Duration patience) {
    try {
      if (!latch.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new AssertionError(
            "not within " + patience.toSeconds() + " s: the opening of a latch");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Waits until a sender is held up, or has sent more than can be held. */
  public static void heldUp(AtomicLong sent, long most) throws Exception {
    standstill(sent, most, Duration.ofMillis(200));
  }

  /** Waits until what moves has not moved for as long as {@code still}. */
  public static void standstill(AtomicLong moved, Duration still) throws Exception {
    standstill(moved, Long.MAX_VALUE, still);
  }

  private static void standstill(AtomicLong moved, long most, Duration still) throws Exception {
    until("anything moves", () -> moved.get() > 0);
    long before = moved.get();
    for (Duration since = Duration.ZERO; since.compareTo(still) < 0 && before <= most; ) {
      TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      long now = moved.get();
      since = now == before ? since.plus(PAUSE) : Duration.ZERO;
      before = now;
    }
  }
}
