package dev.sallyport.cors;

import dev.sallyport.origin.Origin;
import dev.sallyport.origin.TupleOrigin;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Origins that are looked up when a page of theirs comes, for a service whose customers register
 * domains of their own.
 *
 * <p>What the source says is kept for a while, the yes apart from the no, so that strangers who
 * make up origins push no customer out. An origin is asked for once at a time however many requests
 * wait for it, and only so many at a time in all. What is not known is not allowed: a source that
 * fails, takes too long or has too many questions open denies the request, and is asked again soon.
 *
 * <p>Instances are safe for use by several threads, and may be shared by policies.
 */
public final class DynamicOrigins {

  /** Knows which origins are allowed: a database, another service. */
  @FunctionalInterface
  public interface Source {
    /**
     * Whether pages of {@code origin} may read answers. Called on the thread of the request, which
     * it must not block; what it throws, and a stage that fails, deny the request.
     */
    CompletionStage<Boolean> isAllowed(TupleOrigin origin);
  }

  /** What is known of an origin. */
  enum Answer {
    ALLOWED,
    DENIED,
    /** The source did not say. */
    UNKNOWN
  }

  private static final CompletionStage<Answer> IS_ALLOWED =
      CompletableFuture.completedStage(Answer.ALLOWED);
  private static final CompletionStage<Answer> IS_DENIED =
      CompletableFuture.completedStage(Answer.DENIED);
  private static final CompletionStage<Answer> IS_UNKNOWN =
      CompletableFuture.completedStage(Answer.UNKNOWN);

  private final Source source;
  private final Duration timeout;
  private final Semaphore permits;
  private final BiConsumer<TupleOrigin, Throwable> onFailure;
  private final RecentOrigins allowed;
  private final RecentOrigins denied;
  private final RecentOrigins failed;
  private final Map<String, CompletableFuture<Answer>> pending = new ConcurrentHashMap<>();

  /** How often something was forgotten. */
  private final AtomicLong forgotten = new AtomicLong();

  /** Starts with a source and the values that suit most. */
  public static Builder from(Source source) {
    return new Builder(source);
  }

  private DynamicOrigins(Builder builder) {
    this.source = builder.source;
    this.timeout = builder.timeout;
    this.permits = new Semaphore(builder.mostQuestions);
    this.onFailure = builder.onFailure;
    this.allowed = new RecentOrigins(builder.mostAllowed, builder.keepAllowed, builder.clock);
    this.denied = new RecentOrigins(builder.mostDenied, builder.keepDenied, builder.clock);
    this.failed = new RecentOrigins(builder.mostDenied, builder.keepFailed, builder.clock);
  }

  /** Forgets what was said of an origin: a customer has come, or gone. */
  public void forget(TupleOrigin origin) {
    forgotten.incrementAndGet();
    String serialized = origin.serialize();
    allowed.remove(serialized);
    denied.remove(serialized);
    failed.remove(serialized);
  }

  /**
   * What is known of {@code origin}, the serialization of a tuple origin; the stage completes
   * within the time-out, and never fails.
   */
  CompletionStage<Answer> ask(String origin) {
    if (allowed.contains(origin)) {
      return IS_ALLOWED;
    }
    if (denied.contains(origin)) {
      return IS_DENIED;
    }
    if (failed.contains(origin)) {
      return IS_UNKNOWN;
    }
    CompletableFuture<Answer> open = pending.get(origin);
    return open != null ? open : ask(origin, (TupleOrigin) Origin.parse(origin));
  }

  private CompletionStage<Answer> ask(String origin, TupleOrigin tuple) {
    long era = forgotten.get();
    if (!permits.tryAcquire()) {
      return IS_UNKNOWN;
    }
    CompletableFuture<Answer> mine = new CompletableFuture<>();
    CompletableFuture<Answer> others = pending.putIfAbsent(origin, mine);
    if (others != null) {
      permits.release();
      return others;
    }
    CompletableFuture<Answer> settled =
        mine.whenComplete(
            (answer, fault) -> {
              if (answer == Answer.UNKNOWN) {
                failed.add(origin);
              }
              pending.remove(origin, mine);
              permits.release();
            });
    question(tuple)
        .whenComplete(
            (answer, fault) -> {
              if (answer == null) {
                mine.complete(Answer.UNKNOWN);
                onFailure.accept(tuple, fault == null ? nothingSaid() : fault);
                return;
              }
              // What comes too late for this request is kept for the next; what was said before
              // somebody had it forgotten is not.
              if (era == forgotten.get()) {
                (answer ? allowed : denied).add(origin);
              }
              mine.complete(answer ? Answer.ALLOWED : Answer.DENIED);
            });
    if (!settled.isDone()) {
      var unused = mine.completeOnTimeout(Answer.UNKNOWN, timeout.toNanos(), TimeUnit.NANOSECONDS);
    }
    return settled;
  }

  /** What the source answers; a fault of its own is an answer too. */
  private CompletionStage<Boolean> question(TupleOrigin origin) {
    try {
      CompletionStage<Boolean> answer = source.isAllowed(origin);
      return answer == null ? CompletableFuture.failedStage(nothingSaid()) : answer;
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private static RuntimeException nothingSaid() {
    return new IllegalStateException("the source of origins answered null");
  }

  /** Says how long answers are kept and waited for. */
  public static final class Builder {
    private final Source source;
    private Duration timeout = Duration.ofSeconds(2);
    private Duration keepAllowed = Duration.ofMinutes(5);
    private Duration keepDenied = Duration.ofSeconds(30);
    private Duration keepFailed = Duration.ofSeconds(1);
    private int mostAllowed = 1_000_000;
    private int mostDenied = 100_000;
    private int mostQuestions = 256;
    private BiConsumer<TupleOrigin, Throwable> onFailure = (origin, fault) -> {};
    private LongSupplier clock = System::nanoTime;

    private Builder(Source source) {
      this.source = source;
    }

    /** How long a request waits for the source at most; 2 seconds by default. */
    public Builder timeout(Duration timeout) {
      this.timeout = positive(timeout, "timeout");
      return this;
    }

    /** How long an origin stays allowed that the source has removed since; 5 minutes by default. */
    public Builder keepAllowed(Duration time) {
      this.keepAllowed = positive(time, "keepAllowed");
      return this;
    }

    /** How long an origin stays denied that the source has added since; 30 seconds by default. */
    public Builder keepDenied(Duration time) {
      this.keepDenied = positive(time, "keepDenied");
      return this;
    }

    /**
     * How long the source is not asked again for an origin after it failed; 1 second by default.
     */
    public Builder keepFailed(Duration time) {
      this.keepFailed = positive(time, "keepFailed");
      return this;
    }

    /** How many allowed origins are kept at least; a million by default, twice as many at most. */
    public Builder mostAllowed(int origins) {
      this.mostAllowed = positive(origins, "mostAllowed");
      return this;
    }

    /** How many denied origins are kept at least; 100,000 by default, twice as many at most. */
    public Builder mostDenied(int origins) {
      this.mostDenied = positive(origins, "mostDenied");
      return this;
    }

    /** How many origins the source is asked for at the same time; 256 by default. */
    public Builder mostQuestions(int questions) {
      this.mostQuestions = positive(questions, "mostQuestions");
      return this;
    }

    /** What is told when the source fails for an origin, for the log; nothing by default. */
    public Builder onFailure(BiConsumer<TupleOrigin, Throwable> listener) {
      this.onFailure = listener;
      return this;
    }

    /** Measures time in nanoseconds instead of the system's clock, in tests. */
    Builder clock(LongSupplier nanos) {
      this.clock = nanos;
      return this;
    }

    /** The origins, of which nothing is known yet. */
    public DynamicOrigins build() {
      return new DynamicOrigins(this);
    }

    private static Duration positive(@Nullable Duration value, String name) {
      if (value == null || value.isNegative() || value.isZero()) {
        throw new IllegalArgumentException(name + " is " + value + "; it has to be longer than 0");
      }
      return value;
    }

    private static int positive(int value, String name) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " is " + value + "; it has to be at least 1");
      }
      return value;
    }
  }
}
