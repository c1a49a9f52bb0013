package dev.sallyport.gateway.accesslog;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that writes lines, so that event loops wait for no disk and no full pipe.
 *
 * <p>So many lines may wait for it; what comes beyond them, and what cannot be written, is dropped,
 * counted, and told of in the program's log.
 */
final class LineWriter {
  private static final Logger LOG = LoggerFactory.getLogger(LineWriter.class);

  static final int MOST_WAITING = 8_192;
  private static final int MOST_AT_ONCE = 256;
  private static final long BETWEEN_WARNINGS = Duration.ofSeconds(10).toNanos();
  private static final Duration MOST_TO_END = Duration.ofSeconds(2);

  /** Wakes the thread up, so that it sees that it is to end. */
  private static final Line NOTHING = text -> {};

  private final Sink sink;
  private final IntConsumer dropped;
  private final BlockingQueue<Line> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong nextWarning = new AtomicLong(System.nanoTime());
  private volatile boolean ending;

  /** A line that is still to be made, by the thread that writes it. */
  @FunctionalInterface
  interface Line {
    /** Appends it, with its end. */
    void append(StringBuilder text);
  }

  private LineWriter(Sink sink, IntConsumer dropped) {
    this.sink = sink;
    this.dropped = dropped;
  }

  /**
   * Starts one.
   *
   * @param dropped hears how many lines were dropped
   */
  static LineWriter start(Sink sink, IntConsumer dropped) {
    LineWriter writer = new LineWriter(sink, dropped);
    Thread thread = new Thread(writer::run, "sallyport-access-log");
    thread.setDaemon(true);
    thread.start();
    return writer;
  }

  /** Has {@code line} written, or drops it; never waits. */
  void write(Line line) {
    if (!waiting.offer(line)) {
      drop(1, "it is written more slowly than requests come");
    }
  }

  /** Opens the sink again; where that fails, the one before is written on. */
  void reopen() {
    try {
      sink.reopen();
      LOG.info("the access log {} is open again", sink);
    } catch (IOException e) {
      LOG.warn("the file that was open is written on: {}", e.getMessage());
    }
  }

  /**
   * Writes what waits, and ends.
   *
   * @return done when it has, and at the latest when it has taken too long
   */
  CompletionStage<Void> stop() {
    ending = true;
    // Where there is no room the thread does not sleep.
    boolean unused = waiting.offer(NOTHING);
    return ended
        .copy()
        .completeOnTimeout(null, MOST_TO_END.toNanos(), TimeUnit.NANOSECONDS)
        .minimalCompletionStage();
  }

  private void run() {
    try {
      List<Line> batch = new ArrayList<>(MOST_AT_ONCE);
      StringBuilder text = new StringBuilder();
      while (!ending || !waiting.isEmpty()) {
        batch.add(waiting.take());
        waiting.drainTo(batch, MOST_AT_ONCE - 1);
        batch.forEach(line -> line.append(text));
        write(batch.size(), text);
        batch.clear();
        text.setLength(0);
      }
      sink.close();
    } catch (InterruptedException | IOException | RuntimeException e) {
      LOG.error("the access log {} has ended: {}", sink, e.toString());
    } finally {
      ended.complete(null);
    }
  }

  private void write(int lines, StringBuilder text) {
    try {
      if (!text.isEmpty()) {
        sink.write(ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1)));
      }
    } catch (IOException e) {
      drop(lines, String.valueOf(e.getMessage()));
    }
  }

  private void drop(int lines, String why) {
    dropped.accept(lines);
    long all = lost.addAndGet(lines);
    long now = System.nanoTime();
    long due = nextWarning.get();
    if (now - due >= 0 && nextWarning.compareAndSet(due, now + BETWEEN_WARNINGS)) {
      LOG.warn("lines of the access log {} are dropped, {} so far: {}", sink, all, why);
    }
  }
}
