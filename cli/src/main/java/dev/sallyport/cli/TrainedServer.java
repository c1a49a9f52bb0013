package dev.sallyport.cli;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Help.Ansi;

/** {@code sallyport serve}, run within {@code sallyport training-run} as it is run otherwise. */
final class TrainedServer implements AutoCloseable {
  private static final Pattern ADDRESS =
      Pattern.compile("listens on http://127\\.0\\.0\\.1:(\\d+)");

  private final CompletableFuture<Runnable> stop = new CompletableFuture<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final Thread thread;

  private TrainedServer(Environment outside, String... args) {
    StringWriter talk =
        new StringWriter() {
          @Override
          public void flush() {
            Matcher address = ADDRESS.matcher(toString());
            if (address.find()) {
              port.complete(Integer.valueOf(address.group(1)));
            }
          }
        };
    Environment inside =
        new Environment(
            InputStream.nullInputStream(),
            new PrintWriter(Writer.nullWriter()),
            new PrintWriter(talk),
            Ansi.OFF,
            Ansi.OFF,
            outside.variables(),
            toStop -> {
              outside.stopSignals().onFirst(toStop);
              stop.complete(toStop);
            });
    thread =
        new Thread(
            () -> {
              int exit = Sallyport.run(inside, args);
              port.completeExceptionally(
                  new IllegalStateException("serve ended with " + exit + ": " + talk));
            },
            "training");
  }

  static TrainedServer start(Environment outside, String... args) {
    TrainedServer server = new TrainedServer(outside, args);
    server.thread.start();
    return server;
  }

  /** Where it listens, once it does. */
  int port() {
    return port.join();
  }

  /** Stops it as a signal does, and waits for it. */
  @Override
  public void close() {
    if (stop.isDone()) {
      stop.join().run();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
