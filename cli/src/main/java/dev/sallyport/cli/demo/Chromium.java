package dev.sallyport.cli.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium on a page that drives itself, with a profile of its own that is gone
 * afterwards.
 */
public final class Chromium implements AutoCloseable {
  private static final Duration UNTIL_GONE = Duration.ofSeconds(10);
  private static final int LAST_WORDS = 600;
  private static final String OUTPUT = "output";
  private static final File NOTHING = new File("/dev/null");

  private final Path profile;
  private final Thread atExit = new Thread(this::end, "chromium end");
  private @Nullable Process process;
  private boolean ended;

  private Chromium(Path profile) {
    this.profile = profile;
  }

  /** It ended, or said nothing in time. */
  public static final class NoReportException extends Exception {
    private static final long serialVersionUID = 1;

    private NoReportException(String message) {
      super(message);
    }
  }

  /**
   * Starts it on {@code url}. Every name in the URL, and in all that the page asks for, is
   * 127.0.0.1.
   *
   * @param executable as {@link ChromiumSearch} finds it
   * @throws IOException when it does not start
   */
  public static Chromium open(Path executable, String url) throws IOException {
    Chromium chromium = new Chromium(Files.createTempDirectory("sallyport-chromium-"));
    try {
      // First of all: whenever this process is told to end, no browser stays behind.
      Runtime.getRuntime().addShutdownHook(chromium.atExit);
      chromium.start(executable, url);
      return chromium;
    } catch (IOException | RuntimeException e) {
      chromium.close();
      throw e;
    }
  }

  private synchronized void start(Path executable, String url) throws IOException {
    if (ended) {
      throw new IllegalStateException("this process is ending");
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            executable.toString(),
            "--headless",
            // Its sandbox is not to be had by root and in many containers; the only pages it is
            // shown are this program's own.
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-breakpad",
            "--host-resolver-rules=MAP * 127.0.0.1",
            "--user-data-dir=" + profile.resolve("profile"),
            url);
    builder.redirectInput(ProcessBuilder.Redirect.from(NOTHING));
    builder.redirectErrorStream(true).redirectOutput(profile.resolve(OUTPUT).toFile());
    // What it writes beside the profile goes with the profile.
    builder.environment().put("HOME", profile.toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
    process = builder.start();
  }

  /**
   * Waits for what the page has to say.
   *
   * @throws NoReportException when the browser ends before it is said, or {@code patience} does
   */
  public <T> T await(Future<T> report, Duration patience)
      throws NoReportException, InterruptedException {
    Process running = running();
    long end = System.nanoTime() + patience.toNanos();
    while (true) {
      try {
        return report.get(50, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        throw new IllegalStateException("what the page said could not be taken", e.getCause());
      } catch (TimeoutException e) {
        if (isEnded()) {
          throw new NoReportException("it was ended before the page had reported");
        }
        if (!running.isAlive() && !report.isDone()) {
          throw new NoReportException(
              "Chromium ended with exit code "
                  + running.exitValue()
                  + " before the page had reported"
                  + lastWords());
        }
        if (System.nanoTime() > end) {
          throw new NoReportException("the page in Chromium did not report in time" + lastWords());
        }
      }
    }
  }

  private synchronized Process running() {
    if (process == null || ended) {
      throw new IllegalStateException("this browser has been closed");
    }
    return process;
  }

  private synchronized boolean isEnded() {
    return ended;
  }

  /** What it wrote last, for a message: nothing, or a blank and more. */
  private String lastWords() {
    try {
      String output =
          Files.readString(profile.resolve(OUTPUT), StandardCharsets.ISO_8859_1).strip();
      String end = output.substring(Math.max(0, output.length() - LAST_WORDS));
      return end.isEmpty() ? "" : "; its last words: " + end;
    } catch (IOException e) {
      return "";
    }
  }

  /** Ends it with all its processes, and removes its profile. */
  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // This process is ending, and the hook is running or has run.
    }
  }

  private synchronized void end() {
    ended = true;
    if (process != null) {
      kill(process);
      process = null;
    }
    remove(profile);
  }

  /**
   * Its crash handlers are nobody's descendants; what they have of it is the name of its profile.
   */
  private void kill(Process process) {
    List<ProcessHandle> all = new ArrayList<>();
    all.add(process.toHandle());
    process.descendants().forEach(all::add);
    ProcessHandle.allProcesses()
        .filter(other -> other.info().commandLine().orElse("").contains(profile.toString()))
        .forEach(all::add);
    all.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture<?>[] exits =
        all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(exits).get(UNTIL_GONE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      // Killed, but not gone: what is left of the profile shows it.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** As far as it goes: it lies among the system's temporary files. */
  private static void remove(Path directory) {
    for (int attempt = 0; attempt < 5 && Files.exists(directory); attempt++) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      } catch (IOException | UncheckedIOException e) {
        // A process that was just killed may have written one more file: once more.
      }
    }
  }
}
