package dev.sallyport.bench;

import dev.sallyport.bench.CaseBenchmark.Kind;
import dev.sallyport.bench.PeerBenchmark.Peer;
import dev.sallyport.bench.PeerBenchmark.Work;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures the engine and its peers in one run, and says what came out against what was aimed at.
 */
final class EngineReport {
  private static final String HEAP = "-Xms2g -Xmx2g -Xmn256m";

  private final Collection<RunResult> results;
  private final List<String> memory;
  private final boolean quick;
  private final StringBuilder page = new StringBuilder();

  private EngineReport(Collection<RunResult> results, List<String> memory, boolean quick) {
    this.results = results;
    this.memory = memory;
    this.quick = quick;
  }

  /**
   * Measures, and writes what came out.
   *
   * @param arguments {@code --quick} for few and short rounds; {@code --report FILE} and {@code
   *     --write FILE}, where the page goes
   */
  public static void main(String[] arguments)
      throws RunnerException, IOException, InterruptedException {
    List<String> words = List.of(arguments);
    boolean quick = words.contains("--quick");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("dev\\.sallyport\\.bench\\.(Engine|Case|Peer)Benchmark")
            .addProfiler(GCProfiler.class)
            .jvmArgs(HEAP.split(" "))
            .forks(quick ? 1 : 2)
            .warmupIterations(4)
            .warmupTime(TimeValue.milliseconds(500))
            .measurementIterations(quick ? 2 : 4)
            .measurementTime(TimeValue.milliseconds(500));
    Collection<RunResult> results = new Runner(options.build()).run();
    String page = new EngineReport(results, memory(), quick).text();
    for (String option : List.of("--report", "--write")) {
      int at = words.indexOf(option);
      if (at >= 0) {
        Files.writeString(Path.of(words.get(at + 1)), page);
      }
    }
  }

  private static List<String> memory() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-Xms2g", "-Xmx2g", "-cp", System.getProperty("java.class.path")));
    command.add(Memory.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the memory measurement failed");
    }
    return printed.lines().toList();
  }

  private String text() throws IOException {
    page.append("# Benchmarks\n\n## The engine\n\n");
    page.append("`./bench engine").append(quick ? " --quick" : "").append("`, ");
    page.append(LocalDate.now(ZoneOffset.UTC)).append(", JDK ");
    page.append(Runtime.version()).append(", ");
    page.append(Runtime.getRuntime().availableProcessors()).append(" × ").append(processor());
    page.append(", `").append(HEAP).append("`, G1");
    page.append(quick ? ". Few and short rounds: figures to look at, not to quote.\n\n" : ".\n\n");
    page.append(
        """
        Each origin comes as a text of its own whose hash nobody has asked for, as a server gets it from a socket. The texts are made
        in batches before each timed run, outside of what is timed; bytes are what a decision adds to what the texts allocate.
        Errors are JMH's, at 99.9 %. The machine is shared: figures differ from run to run by a third, and where memory is the
        limit by half.

        | | ns | ± | at most | | B | at most | |
        |---|---|---|---|---|---|---|---|
        """);
    engine("actual request, 1 origin allowed", "1", 40);
    engine("100 origins", "100", 40);
    engine("10,000 origins", "10000", 80);
    engine("1,000,000 origins, drawn at random", "1000000", 250);
    of("origin that a wildcard matches", Kind.WILDCARD, 100, -1);
    of("origin that a wildcard within a label matches", Kind.LABEL, 100, -1);
    of("denied origin", Kind.DENIED, 60, 0);
    of("preflight with three headers", Kind.PREFLIGHT, 150, -1);
    of("16 KiB of commas in the list of headers", Kind.COMMAS, 3000, 0);
    of("16 KiB of blanks", Kind.BLANKS, 3000, 0);
    of("a name of 16 KiB", Kind.LONG_NAME, 3000, 0);
    of("8,192 names", Kind.MANY_NAMES, 3000, 0);
    of("a name of 8 KiB, the longest that is read", Kind.LONGEST_NAME_READ, -1, 0);
    of("255 allowed names, the most that are read", Kind.MOST_NAMES_READ, -1, 0);
    memoryTable();
    peers();
    return page.toString();
  }

  private static String processor() throws IOException {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.exists(info)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse(System.getProperty("os.arch"));
    }
  }

  private RunResult find(String benchmark, Predicate<RunResult> parameters) {
    return results.stream()
        .filter(each -> each.getParams().getBenchmark().endsWith("." + benchmark))
        .filter(parameters)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no result of " + benchmark));
  }

  private static double bytes(RunResult result) {
    return result.getSecondaryResults().values().stream()
        .filter(each -> each.getLabel().endsWith("gc.alloc.rate.norm"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no allocation was measured"))
        .getScore();
  }

  private void engine(String name, String origins, double most) {
    Predicate<RunResult> those = each -> each.getParams().getParam("origins").equals(origins);
    row(
        name,
        find("EngineBenchmark.decide", those),
        find("EngineBenchmark.nothing", those),
        most,
        0);
  }

  private void of(String name, Kind kind, double most, double mostBytes) {
    Predicate<RunResult> those = each -> each.getParams().getParam("kind").equals(kind.name());
    row(
        name,
        find("CaseBenchmark.decide", those),
        find("CaseBenchmark.nothing", those),
        most,
        mostBytes);
  }

  private void row(
      String name, RunResult decide, RunResult nothing, double most, double mostBytes) {
    double nanos = decide.getPrimaryResult().getScore();
    // A byte in a hundred calls is the harness's.
    double bytes =
        Math.abs(bytes(decide) - bytes(nothing)) < 0.5 ? 0 : bytes(decide) - bytes(nothing);
    page.append(
        String.format(
            Locale.ROOT,
            "| %s | %,.0f | %s | %s | %s | %.0f | %s | %s |%n",
            name,
            nanos,
            error(decide.getPrimaryResult().getScoreError()),
            limit(most),
            verdict(nanos, most),
            bytes,
            limit(mostBytes),
            verdict(bytes, mostBytes)));
  }

  /** Too few rounds have no error that could be told. */
  private static String error(double nanos) {
    return Double.isNaN(nanos) ? "–" : String.format(Locale.ROOT, "%,.0f", nanos);
  }

  private static String limit(double most) {
    return most < 0 ? "" : String.format(Locale.ROOT, "%,.0f", most);
  }

  private static String verdict(double value, double most) {
    return most < 0 ? "" : value <= most ? "✓" : "**missed**";
  }

  private void memoryTable() {
    page.append(
        """

        What a policy of a million patterns holds of the heap, its texts among it, and how long it takes to build, from texts that
        are made meanwhile, on a cold JVM:

        | | MB | at most | | s | at most | |
        |---|---|---|---|---|---|---|
        """);
    for (String line : memory) {
      String[] parts = line.split("\t", -1);
      if (parts[0].equals("warm-up")) {
        continue;
      }
      boolean exact = parts[0].equals("exact");
      double megabytes = Double.parseDouble(parts[1]);
      double seconds = Double.parseDouble(parts[2]);
      page.append(
          String.format(
              Locale.ROOT,
              "| %s | %.0f | %s | %s | %.1f | %s | %s |%n",
              exact ? "exact origins" : "`https://*.customerN.example.com`",
              megabytes,
              exact ? "160" : "300",
              verdict(megabytes, exact ? 160 : 300),
              seconds,
              exact ? "3" : "",
              verdict(seconds, exact ? 3 : -1)));
    }
  }

  private void peers() {
    page.append(
        """

        ## The same work in other libraries

        Nanoseconds a request, and in brackets how many times ours. The servlet filters, ours among them, are called with a request and a
        response of headers only; what they share (the request, an empty response) is the first row. Jetty's handler is called with
        messages of Jetty's own kind, and beside it our engine with the same. Vert.x's handler has headers of its own kind, and
        a request and a response that are dynamic proxies, which flatters nobody and costs it some ten nanoseconds a call. Versions
        are those of [the comparison of answers](peers.md).

        | | one origin | 10,000 origins | denied, of 100 | preflight, three headers |
        |---|---|---|---|---|
        """);
    for (Peer peer : Peer.values()) {
      page.append("| ").append(title(peer)).append(" |");
      for (Work work : Work.values()) {
        double nanos = nanos(peer, work);
        Peer ours = peer == Peer.JETTY ? Peer.SALLYPORT_ON_JETTY : Peer.SALLYPORT;
        boolean isOurs =
            peer == Peer.NOTHING || peer == Peer.SALLYPORT || peer == Peer.SALLYPORT_ON_JETTY;
        page.append(
            isOurs
                ? String.format(Locale.ROOT, " %,.0f |", nanos)
                : String.format(
                    Locale.ROOT, " %,.0f (%s) |", nanos, ratio(nanos / nanos(ours, work))));
      }
      page.append('\n');
    }
  }

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.1f ×" : "%,.0f ×", ratio);
  }

  private double nanos(Peer peer, Work work) {
    return find(
            "PeerBenchmark.answer",
            each ->
                each.getParams().getParam("peer").equals(peer.name())
                    && each.getParams().getParam("work").equals(work.name()))
        .getPrimaryResult()
        .getScore();
  }

  private static String title(Peer peer) {
    return switch (peer) {
      case NOTHING -> "what servlet filters share";
      case SALLYPORT -> "**Sallyport**, servlet filter";
      case SPRING -> "Spring";
      case TOMCAT -> "Tomcat";
      case JETTY -> "Jetty";
      case SALLYPORT_ON_JETTY -> "**Sallyport**, on Jetty's messages";
      case VERTX -> "Vert.x";
      case CORS_FILTER -> "cors-filter";
    };
  }
}
