package dev.sallyport.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.program.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code ./sallyport serve}, and what its process takes of the machine. */
final class Served implements AutoCloseable {
  private static final long MEBI = 1 << 20;

  private final Program program;
  private final HttpClient operator = HttpClient.newHttpClient();
  private final int adminPort;

  /**
   * Serves a file, whose {@code admin} has to be there.
   *
   * @param options for the JVM
   */
  Served(Path file, String options) throws IOException, InterruptedException {
    program =
        Program.start(Map.of("SALLYPORT_JAVA_OPTS", options), "serve", "--config", file.toString());
    program.awaitOutput("Operators find");
    adminPort = port("Operators find .* at http://127\\.0\\.0\\.1:(\\d+)");
  }

  private int port(String line) {
    Matcher found = Pattern.compile(line).matcher(program.output());
    assertThat(found.find()).as(program.output()).isTrue();
    return Integer.parseInt(found.group(1));
  }

  /** Where it listens in clear. */
  InetSocketAddress address() {
    return new InetSocketAddress(
        InetAddress.getLoopbackAddress(), port("listens on .*http://127\\.0\\.0\\.1:(\\d+)"));
  }

  /** Where it listens with TLS. */
  URI secureUrl(String path) {
    return URI.create("https://127.0.0.1:" + port("https://127\\.0\\.0\\.1:(\\d+)") + path);
  }

  /** Resident memory in MiB. */
  double resident() throws IOException {
    return status("VmRSS:");
  }

  /**
   * Memory of its own outside the heap, in MiB: that of buffers, which the JVM does not count, and
   * its own.
   */
  double outside() throws IOException, InterruptedException {
    return status("RssAnon:") - heap("committed");
  }

  private double status(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc", Long.toString(program.pid()), "status")).stream()
            .filter(line -> line.startsWith(name))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum()
        / 1024.0;
  }

  /** Open descriptors: files and sockets. */
  long descriptors() throws IOException {
    try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(program.pid()), "fd"))) {
      return open.count();
    }
  }

  /** What is reachable on the heap, in MiB. */
  double heap() throws IOException, InterruptedException {
    command("GC.run");
    return heap("used");
  }

  private double heap(String what) throws IOException, InterruptedException {
    return metrics()
            .filter(line -> line.startsWith("jvm_memory_" + what + "_bytes{area=\"heap\""))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum()
        / MEBI;
  }

  private String command(String... words) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    assertThat(jcmd).as("a whole JDK runs these tests").exists();
    Process process =
        new ProcessBuilder(
                Stream.concat(
                        Stream.of(jcmd.toString(), Long.toString(program.pid())), Stream.of(words))
                    .toList())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  /** The lines of {@code /metrics}. */
  Stream<String> metrics() throws IOException, InterruptedException {
    return operator.send(admin("/metrics").build(), BodyHandlers.ofString()).body().lines();
  }

  /** The value of a metric without labels, or with these. */
  double metric(String name) throws IOException, InterruptedException {
    return metrics()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .sum();
  }

  /** Reads the file again. */
  boolean reload() throws IOException, InterruptedException {
    HttpRequest request = admin("/reload").POST(HttpRequest.BodyPublishers.noBody()).build();
    return operator.send(request, BodyHandlers.ofString()).statusCode() == 200;
  }

  private HttpRequest.Builder admin(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adminPort + path));
  }

  /** Waits until it counts this many connections of clients, or fewer. */
  void awaitConnections(int most) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (metric("sallyport_connections") > most) {
      assertThat(System.nanoTime()).as("connections stay open").isLessThan(deadline);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** All that it has said. */
  String output() {
    return program.output();
  }

  @Override
  public void close() {
    program.close();
  }
}
