package dev.sallyport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a browser's processes and files, shown with a script in its place. */
class ChromiumTest {
  @TempDir private Path directory;

  @Test
  void itEndsWithItsDescendantsAndItsProfile() throws Exception {
    Path started = directory.resolve("started");
    assertThat(new ProcessBuilder("mkfifo", started.toString()).start().waitFor()).isZero();
    String script =
        """
        sleep 1000 & child=$!
        mkdir -p "$HOME/profile/Default" && echo x > "$HOME/profile/Default/Cookies"
        echo $$ $child "$HOME" > '%s'
        wait
        """
            .formatted(started);
    Chromium browser = Chromium.open(executable(script), "http://localhost/");
    List<String> of;
    try {
      CompletableFuture<List<String>> report = CompletableFuture.supplyAsync(() -> words(started));
      of = browser.await(report, Duration.ofMinutes(1));
    } finally {
      browser.close();
    }
    assertThat(ProcessHandle.of(Long.parseLong(of.get(0)))).isNotPresent();
    assertThat(ProcessHandle.of(Long.parseLong(of.get(1))).filter(ProcessHandle::isAlive))
        .isNotPresent();
    assertThat(Path.of(of.get(2))).doesNotExist();
  }

  @Test
  void aPageThatSaysNothingIsNotWaitedForWithoutEnd() throws Exception {
    try (Chromium browser = Chromium.open(executable("exec sleep 1000"), "http://localhost/")) {
      assertThatThrownBy(() -> browser.await(new CompletableFuture<>(), Duration.ZERO))
          .isInstanceOf(Chromium.NoReportException.class)
          .hasMessage("the page in Chromium did not report in time");
    }
  }

  /** What the script writes into the pipe; waits for it. */
  private static List<String> words(Path pipe) {
    try {
      return Arrays.asList(Files.readString(pipe).strip().split(" ", -1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path executable(String script) throws Exception {
    Path file = Files.writeString(directory.resolve("browser"), "#!/bin/sh\n" + script + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
