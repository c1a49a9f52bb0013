package dev.sallyport.bench.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How long the slowest of a hundred requests takes, when requests come at a steady rate. */
final class Tail {
  private static final int CONNECTIONS = 64;

  private Tail() {}

  /**
   * The 99th percentile in microseconds, of GET requests of 1 KiB over kept connections.
   *
   * @param rate requests a second
   */
  static long p99(Ports ports, int rate, int seconds, Path directory)
      throws IOException, InterruptedException {
    Path log = directory.resolve("requests.tsv");
    Files.deleteIfExists(log);
    Process load =
        new ProcessBuilder(
                "taskset",
                "-c",
                "1",
                "h2load",
                "--h1",
                "-D",
                String.valueOf(seconds),
                "-c",
                String.valueOf(CONNECTIONS),
                "--rps",
                String.valueOf(Math.max(1, rate / CONNECTIONS)),
                "--log-file",
                log.toString(),
                "-H",
                Workload.ORIGIN,
                "http://127.0.0.1:" + ports.clear() + "/1k")
            .redirectErrorStream(true)
            .start();
    String said = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    load.waitFor();
    List<String[]> rows;
    try (Stream<String> lines = Files.lines(log)) {
      rows = lines.map(line -> line.split("\t", -1)).toList();
    }
    if (rows.isEmpty() || rows.stream().anyMatch(row -> !row[1].equals("200"))) {
      throw new IOException("the load at a steady rate failed:\n" + said);
    }
    long[] micros = rows.stream().mapToLong(row -> Long.parseLong(row[2])).sorted().toArray();
    return micros[(int) (micros.length * 0.99)];
  }
}
