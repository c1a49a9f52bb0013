package dev.sallyport.gateway.accesslog;

import dev.sallyport.gateway.config.AccessLogging;
import dev.sallyport.gateway.config.AccessLogging.Format;
import dev.sallyport.gateway.telemetry.Telemetry;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The access log of a gateway, whatever its configuration makes of it just now. */
public final class AccessLog {
  private final Telemetry telemetry;
  private volatile Opened serving;

  /**
   * An access log that is open and that nothing is written to yet.
   *
   * @param logging what it was opened for
   * @param format how lines are written; null where the log is not a file or stream of its own
   */
  private record Opened(
      AccessLogging logging, @Nullable LineFormat format, @Nullable LineWriter writer) {}

  private AccessLog(Telemetry telemetry, Opened serving) {
    this.telemetry = telemetry;
    this.serving = serving;
  }

  /**
   * Opens what {@code logging} says.
   *
   * @throws IOException when it cannot be written, saying what, why and the fix
   */
  public static AccessLog open(AccessLogging logging, Telemetry telemetry) throws IOException {
    return new AccessLog(telemetry, opened(logging, telemetry));
  }

  private static Opened opened(AccessLogging logging, Telemetry telemetry) throws IOException {
    if (!logging.isOwn()) {
      return new Opened(logging, null, null);
    }
    Sink sink =
        switch (logging.output()) {
          case STDOUT -> LogStream.STDOUT;
          case STDERR -> LogStream.STDERR;
          case FILE -> LogFile.open(logging.file().orElseThrow());
        };
    return new Opened(
        logging,
        LineFormat.of(logging.format()),
        LineWriter.start(sink, telemetry::accessLogDropped));
  }

  /** Whether requests are told of in the program's own log. */
  public boolean isText() {
    return serving.logging().format() == Format.TEXT;
  }

  /** Whether requests are written to a file or stream of their own. */
  public boolean isOwn() {
    return serving.writer() != null;
  }

  /** Has {@code entry} written, where there is a file or stream; never waits. */
  public void write(AccessEntry entry) {
    Opened to = serving;
    LineFormat format = to.format();
    LineWriter writer = to.writer();
    if (format != null && writer != null) {
      writer.write(text -> format.append(entry, text));
    }
  }

  /**
   * Writes from now on what {@code logging} says, where it says.
   *
   * @throws IOException when it cannot be written, saying what, why and the fix; then nothing has
   *     changed
   */
  public void change(AccessLogging logging) throws IOException {
    Opened before = serving;
    if (!logging.equals(before.logging())) {
      serving = opened(logging, telemetry);
      // What waits for it is still written; nobody has to wait for that.
      var unused = stop(before);
    }
  }

  /** Opens the file again by its name, after another program has renamed it. */
  public void reopen() {
    LineWriter writer = serving.writer();
    if (writer != null) {
      writer.reopen();
    }
  }

  /**
   * Writes what waits, and ends.
   *
   * @return done when it has, and at the latest when it has taken too long
   */
  public CompletionStage<Void> stop() {
    return stop(serving);
  }

  private static CompletionStage<Void> stop(Opened opened) {
    LineWriter writer = opened.writer();
    return writer == null ? CompletableFuture.completedStage(null) : writer.stop();
  }
}
