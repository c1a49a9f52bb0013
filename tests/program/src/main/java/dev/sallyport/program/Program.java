package dev.sallyport.program;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The built program as a process, started the way its users start it. */
public final class Program implements AutoCloseable {
  private static final Pattern ADDRESS =
      Pattern.compile("http://(?:127\\.0\\.0\\.1|localhost):(\\d+)");
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final Thread reader;

  private Program(Process process) {
    this.process = process;
    this.reader = new Thread(this::read, "output of the program");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts {@code ./sallyport} with these arguments. */
  public static Program start(String... arguments) throws IOException {
    return start(Map.of(), arguments);
  }

  /**
   * Starts {@code ./sallyport} with these arguments.
   *
   * @param variables set beside those of this process
   */
  public static Program start(Map<String, String> variables, String... arguments)
      throws IOException {
    Path root = Path.of(requireNonNull(System.getProperty("sallyport.root"), "sallyport.root"));
    Path script = root.resolve("sallyport");
    if (!Files.isDirectory(root.resolve("cli/target/sallyport/lib"))) {
      throw new IllegalStateException(
          "the program is not built: run \"mvn package\" in " + root + ", or ./check");
    }
    List<String> command = new ArrayList<>(heedingInterrupts());
    command.add(script.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("SALLYPORT_BUILD", "never");
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(variables);
    return new Program(builder.start());
  }

  /**
   * What makes a program heed Ctrl-C though these tests were started by something that ignores it,
   * as background jobs and some build servers do: programs inherit that.
   */
  private static List<String> heedingInterrupts() throws IOException {
    List<String> prefix = List.of("env", "--default-signal=INT");
    List<String> trial = new ArrayList<>(prefix);
    trial.add("true");
    try {
      Process process =
          new ProcessBuilder(trial)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start();
      return process.waitFor() == 0 ? prefix : List.of();
    } catch (InterruptedException e) {
      throw new IOException("ended while waiting", e);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line; (line = output.readLine()) != null; ) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
        Matcher address = ADDRESS.matcher(line);
        if (address.find()) {
          port.complete(Integer.valueOf(address.group(1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      port.completeExceptionally(new IllegalStateException("it ended without listening"));
    }
  }

  /** The port in the first address that it prints. */
  public int port() throws InterruptedException {
    try {
      return port.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the program does not say where it listens: " + output(), e);
    }
  }

  /** The process that it is. */
  public long pid() {
    return process.pid();
  }

  /** Everything it has printed, on both outputs. */
  public String output() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** Waits until it has printed {@code text}: what it prints comes by another way than answers. */
  public void awaitOutput(String text) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    synchronized (lines) {
      while (!output().contains(text)) {
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        if (left <= 0) {
          throw new IllegalStateException("the program does not say \"" + text + "\": " + output());
        }
        lines.wait(left);
      }
    }
  }

  /** Waits until {@code condition} holds, which {@code what} calls by its name. */
  public void await(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("never came: " + what + "; the program says: " + output());
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** Tells it to end, as Ctrl-C does. */
  public void interrupt() throws IOException, InterruptedException {
    signal("-INT");
  }

  /** Tells it to read its configuration again, and to open its access log again. */
  public void hangUp() throws IOException, InterruptedException {
    signal("-HUP");
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", name, Long.toString(process.pid())).inheritIO().start().waitFor();
  }

  /** Tells it to end, as service managers do. */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Its exit code, once it has ended. */
  public int exit() throws InterruptedException {
    if (!process.waitFor(2 * PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the program does not end: " + output());
    }
    reader.join();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
