package dev.sallyport.cli;

import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;

/** A run of {@code sallyport serve} in this process, from its banner to its end. */
final class Serving implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("listens on https?://\\S+?:(\\d+)");

  private final CompletableFuture<Runnable> stop = new CompletableFuture<>();
  private final CompletableFuture<String> banner = new CompletableFuture<>();
  private final StringWriter out = new StringWriter();
  private final CompletableFuture<Run> run;

  private Serving(Map<String, String> variables, String... args) {
    StringWriter err =
        new StringWriter() {
          @Override
          public void flush() {
            if (ADDRESS.matcher(toString()).find()) {
              banner.complete(toString());
            }
          }
        };
    Environment environment =
        new Environment(
            InputStream.nullInputStream(),
            new PrintWriter(out),
            new PrintWriter(err),
            Ansi.OFF,
            Ansi.OFF,
            name -> Optional.ofNullable(variables.get(name)),
            stop::complete);
    run =
        CompletableFuture.supplyAsync(
            () -> {
              int exit = Sallyport.run(environment, args);
              banner.completeExceptionally(new AssertionError("it ended: " + exit + " " + err));
              return new Run(exit, out.toString(), err.toString());
            });
  }

  /** Starts it; {@code args} begin with the command. */
  static Serving start(Map<String, String> variables, String... args) {
    return new Serving(variables, args);
  }

  static Serving start(String... args) {
    return start(Map.of(), args);
  }

  /** What it says of itself, once it listens. */
  String banner() {
    return banner.orTimeout(1, MINUTES).join();
  }

  /** The port of the first listener. */
  int port() {
    Matcher address = ADDRESS.matcher(banner());
    if (!address.find()) {
      throw new AssertionError(banner());
    }
    return Integer.parseInt(address.group(1));
  }

  /** Sends the first signal and waits for the end. */
  Run stop() {
    banner();
    stop.orTimeout(1, MINUTES).join().run();
    return run.orTimeout(1, MINUTES).join();
  }

  @Override
  public void close() {
    if (!run.isDone()) {
      stop.orTimeout(1, MINUTES).join().run();
      run.orTimeout(1, MINUTES).join();
    }
  }
}
