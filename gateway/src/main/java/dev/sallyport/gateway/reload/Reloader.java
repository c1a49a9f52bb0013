package dev.sallyport.gateway.reload;

import dev.sallyport.gateway.config.ConfigProblem;
import dev.sallyport.gateway.config.ConfigResult;
import dev.sallyport.gateway.config.GatewayConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a configuration again when it is told to, and when its file, or a certificate or key that
 * it names, has changed.
 *
 * <p>A configuration is checked whole before any of it is applied; one that has an error changes
 * nothing, and the one before serves on. All of it happens on one thread, one reload after the
 * other.
 */
// What fails in a task of the thread is logged within it.
@SuppressWarnings("FutureReturnValueIgnored")
public final class Reloader implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

  /**
   * How often the files are looked at. A change is taken up when two looks saw the same, so that no
   * file is read half written, and a certificate not before its key.
   */
  private static final Duration LOOK = Duration.ofMillis(500);

  private final ConfigSource source;
  private final Target target;
  private final Consumer<ReloadOutcome> heard;
  private final ScheduledExecutorService thread;
  private WatchedFiles files;
  private Map<Path, FileStamp> seen;

  /** What is reloaded. */
  @FunctionalInterface
  public interface Target {
    /** A reload was asked for, and not only a change of a file seen; the file is read next. */
    default void told() {}

    /**
     * Lets {@code config} serve from now on.
     *
     * @throws ReloadRefusedException when it cannot; then nothing has changed
     */
    void apply(GatewayConfig config) throws ReloadRefusedException;
  }

  /**
   * Begins to watch.
   *
   * @param files what was read from {@code source} was made from them, and serves
   * @param heard hears how each reload went
   */
  public Reloader(
      ConfigSource source, WatchedFiles files, Target target, Consumer<ReloadOutcome> heard) {
    this.source = source;
    this.target = target;
    this.heard = heard;
    this.files = files;
    this.seen = files.look();
    ScheduledThreadPoolExecutor executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread made = new Thread(task, "sallyport-reload");
              made.setDaemon(true);
              return made;
            });
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    this.thread = executor;
    executor.scheduleWithFixedDelay(
        this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Reads the file now, and says what became of it.
   *
   * @param why what asked for it, for the log: {@code SIGHUP}
   */
  public CompletionStage<ReloadOutcome> reload(String why) {
    return CompletableFuture.supplyAsync(
        () -> {
          target.told();
          return reloadNow(why);
        },
        thread);
  }

  private void look() {
    Map<Path, FileStamp> now = files.look();
    boolean still = now.equals(seen);
    seen = now;
    if (still && files.differFrom(now)) {
      reloadNow("a file has changed");
    }
  }

  private ReloadOutcome reloadNow(String why) {
    // Stamped before it is read: what changes meanwhile is read again.
    files = files.readAgain();
    ReloadOutcome outcome;
    try {
      outcome = read();
    } catch (RuntimeException | Error fault) {
      LOG.error("a fault of the gateway ended a reload: {}", fault.toString());
      LOG.debug("the fault", fault);
      outcome =
          new ReloadOutcome(false, List.of(source.file() + ": a fault of the gateway: " + fault));
    }
    tell(why, outcome);
    heard.accept(outcome);
    return outcome;
  }

  private ReloadOutcome read() {
    ConfigResult result = source.read();
    List<String> messages =
        new ArrayList<>(result.problems().stream().map(ConfigProblem::toString).toList());
    if (result.config().isEmpty()) {
      return new ReloadOutcome(false, messages);
    }
    GatewayConfig config = result.config().get();
    try {
      target.apply(config);
    } catch (ReloadRefusedException refused) {
      refused.reasons().forEach(reason -> messages.add(source.file() + ": " + reason));
      return new ReloadOutcome(false, messages);
    }
    files = files.of(config);
    return new ReloadOutcome(true, messages);
  }

  private void tell(String why, ReloadOutcome outcome) {
    outcome.messages().forEach(LOG::warn);
    if (outcome.applied()) {
      LOG.info("{} serves as it is now ({})", source.file(), why);
    } else {
      LOG.error(
          "{} is not taken over ({}): the configuration before serves on", source.file(), why);
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
