package dev.sallyport.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command line with its directory and its whole environment, ready to be started; what it writes
 * goes to streams.
 */
record Call(
    List<String> command, Path directory, SortedMap<String, String> environment, Path streams) {

  /** Long enough for the slowest machine: nothing started here has work to do. */
  private static final long PATIENCE_SECONDS = 120;

  Call in(Path elsewhere) {
    return new Call(command, elsewhere, environment, streams);
  }

  Call with(String name, String value) {
    SortedMap<String, String> changed = new TreeMap<>(environment);
    changed.put(name, value);
    return new Call(command, directory, changed, streams);
  }

  /** The same arguments for another program. */
  Call by(String program) {
    List<String> changed = new ArrayList<>(command);
    changed.set(0, program);
    return new Call(List.copyOf(changed), directory, environment, streams);
  }

  Answer run() {
    return start().answer();
  }

  Started start() {
    try {
      Path out = Files.createTempFile(streams, "out", ".txt");
      Path err = Files.createTempFile(streams, "err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      return new Started(builder.start(), out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a command left behind. */
  record Answer(int exit, String out, String err) {
    private static final Pattern RAN_BY = Pattern.compile("java .*/([^/\n]+)/bin/java\n");

    /** The JDK that ran it, by the name of its directory. */
    String jdk() {
      Matcher started = RAN_BY.matcher(out);
      assertThat(started.lookingAt()).as("nothing ran: %s", this).isTrue();
      return started.group(1);
    }

    /** What came after the main class. */
    List<String> arguments() {
      String rest = out.substring(out.indexOf(Started.MAIN_CLASS) + Started.MAIN_CLASS.length());
      return rest.lines().toList();
    }
  }

  /** A command that runs. */
  record Started(Process process, Path out, Path err) {
    private static final String MAIN_CLASS = "[dev.sallyport.cli.Sallyport]\n";

    void awaitTalk(String words) {
      await("\"" + words + "\" on stderr", () -> Checkout.read(err).contains(words));
    }

    void await(String what, BooleanSupplier condition) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw new AssertionError("never came: " + what + "; stderr: " + Checkout.read(err));
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
      }
    }

    Answer answer() {
      try {
        process.getOutputStream().close();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("did not end; stderr: " + Checkout.read(err));
        }
        return new Answer(
            process.exitValue(), Files.readString(out, UTF_8), Files.readString(err, UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
