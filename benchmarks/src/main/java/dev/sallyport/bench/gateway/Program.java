package dev.sallyport.bench.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server that runs as a process of its own; closing ends it with all that it started. */
final class Program implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;

  private final Process process;

  private Program(Process process) {
    this.process = process;
  }

  /**
   * Starts one, and waits until it listens.
   *
   * @param directory where it runs, and its output goes
   */
  static Program start(
      List<String> command, Map<String, String> environment, Path directory, int port)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("output").toFile());
    Program program = new Program(builder.start());
    Runtime.getRuntime().addShutdownHook(new Thread(program::close));
    program.awaitListening(command, directory, port);
    return program;
  }

  private void awaitListening(List<String> command, Path directory, int port)
      throws IOException, InterruptedException {
    for (int tries = 0; tries < PATIENCE_SECONDS * 100 && process.isAlive(); tries++) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(10);
      }
    }
    throw new IOException(
        String.join(" ", command)
            + " does not listen: "
            + Files.readString(directory.resolve("output")));
  }

  private Stream<ProcessHandle> all() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  long pid() {
    return process.pid();
  }

  /** Keeps all its threads on one processor from now on. */
  void pin(int processor) throws IOException, InterruptedException {
    for (ProcessHandle each : all().toList()) {
      new ProcessBuilder(
              "taskset", "-a", "-c", "-p", String.valueOf(processor), String.valueOf(each.pid()))
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    }
  }

  /**
   * The processor time it has taken, of the program and of the system for it, in the clock ticks of
   * which Linux has a hundred a second.
   */
  long cpuTicks() {
    return all().mapToLong(each -> ticks(each.pid())).sum();
  }

  private static long ticks(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
      // Behind the name, which may hold anything, in parentheses.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The memory that it has in use, in MiB. */
  long residentMebibytes() {
    return all().mapToLong(each -> residentKibibytes(each.pid())).sum() / 1024;
  }

  private static long residentKibibytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    List<ProcessHandle> ending = new ArrayList<>(all().toList());
    ending.forEach(ProcessHandle::destroy);
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    ending.forEach(ProcessHandle::destroyForcibly);
  }
}
