package dev.sallyport.gateway.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.LogLines;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lines are written off the thread that has them, in order, and none is lost in silence. */
@Timeout(60)
class LineWriterTest {
  @TempDir private Path directory;

  /** Takes nothing until it is let. */
  private static final class Stuck implements Sink {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch free = new CountDownLatch(1);
    private final StringBuilder written = new StringBuilder();

    @Override
    public void write(ByteBuffer lines) throws IOException {
      begun.countDown();
      try {
        free.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      written.append(StandardCharsets.ISO_8859_1.decode(lines));
    }

    @Override
    public String toString() {
      return "stuck";
    }
  }

  private static void end(LineWriter writer) throws Exception {
    writer.stop().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @Test
  void whatComesFasterThanItIsWrittenIsDroppedCountedAndTold() throws Exception {
    Stuck sink = new Stuck();
    AtomicLong dropped = new AtomicLong();
    try (LogLines log = new LogLines("dev.sallyport.gateway.accesslog")) {
      LineWriter writer = LineWriter.start(sink, dropped::addAndGet);
      writer.write(text -> text.append("first\n"));
      Await.open(sink.begun);
      for (int i = 0; i < LineWriter.MOST_WAITING + 7; i++) {
        int line = i;
        writer.write(text -> text.append("line ").append(line).append('\n'));
      }
      assertThat(dropped).hasValue(7);
      assertThat(log.next())
          .isEqualTo(
              "WARN lines of the access log stuck are dropped, 1 so far: it is written more slowly"
                  + " than requests come");
      assertThat(log.isEmpty()).as("told once, not seven times").isTrue();
      sink.free.countDown();
      end(writer);
      assertThat(sink.written.toString().lines())
          .hasSize(1 + LineWriter.MOST_WAITING)
          .startsWith("first", "line 0", "line 1")
          .endsWith("line " + (LineWriter.MOST_WAITING - 1));
    }
  }

  @Test
  void anEndDoesNotWaitForOneThatIsStuck() throws Exception {
    Stuck sink = new Stuck();
    LineWriter writer = LineWriter.start(sink, lines -> {});
    writer.write(text -> text.append("first\n"));
    Await.open(sink.begun);
    end(writer);
    assertThat(sink.written).isEmpty();
    sink.free.countDown();
  }

  @Test
  void whatCannotBeWrittenIsCountedAndTold() throws Exception {
    Sink full =
        lines -> {
          throw new IOException("No space left on device");
        };
    AtomicLong dropped = new AtomicLong();
    try (LogLines log = new LogLines("dev.sallyport.gateway.accesslog")) {
      LineWriter writer = LineWriter.start(full, dropped::addAndGet);
      writer.write(text -> text.append("first\n"));
      assertThat(log.next()).endsWith("are dropped, 1 so far: No space left on device");
      end(writer);
      assertThat(dropped).hasValue(1);
    }
  }

  @Test
  void aFileThatIsRenamedIsOpenedAgainByItsName() throws Exception {
    Path file = directory.resolve("access.log");
    LineWriter writer = LineWriter.start(LogFile.open(file), lines -> {});
    writer.write(text -> text.append("one\n"));
    Await.until("the line is written", () -> Files.readString(file).equals("one\n"));
    Path rotated = directory.resolve("access.log.1");
    Files.move(file, rotated);
    writer.reopen();
    writer.write(text -> text.append("two\n"));
    end(writer);
    assertThat(rotated).hasContent("one\n");
    assertThat(file).hasContent("two\n");
  }

  @Test
  void aFileThatCannotBeOpenedAgainIsWrittenOn() throws Exception {
    Path below = Files.createDirectory(directory.resolve("logs"));
    Path file = below.resolve("access.log");
    try (LogLines log = new LogLines("dev.sallyport.gateway.accesslog")) {
      LineWriter writer = LineWriter.start(LogFile.open(file), lines -> {});
      Path moved = Files.move(below, directory.resolve("moved"));
      writer.reopen();
      assertThat(log.next())
          .isEqualTo(
              "WARN the file that was open is written on: accessLog.to \"%s\" cannot be written: there is no"
                  + " directory %s. Make it, for the user who runs the gateway to write.",
              file, below);
      writer.write(text -> text.append("one\n"));
      end(writer);
      assertThat(moved.resolve("access.log")).hasContent("one\n");
    }
  }

  @Test
  void aNewFileIsForItsUserAndGroupAndAnOldOneIsAppendedTo() throws Exception {
    Path file = directory.resolve("access.log");
    LogFile.open(file).close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .matches("rw-[r-]-----");
    Files.writeString(file, "before\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    LogFile opened = LogFile.open(file);
    opened.write(ByteBuffer.wrap(new byte[] {'x', '\n'}));
    opened.close();
    assertThat(file).hasContent("before\nx\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-rw-rw-");
  }

  @Test
  void whatIsNoFileIsRefused() {
    assertThatThrownBy(() -> LogFile.open(directory))
        .hasMessage(
            "accessLog.to \"%s\" cannot be written: it is no regular file. Name another, or write stdout or"
                + " stderr.",
            directory);
  }
}
