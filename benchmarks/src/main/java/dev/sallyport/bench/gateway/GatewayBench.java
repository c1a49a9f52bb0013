package dev.sallyport.bench.gateway;

import dev.sallyport.bench.gateway.Peer.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Measures the processor time that each proxy takes for a request, in rounds that alternate between
 * them: proxies on one processor, load and upstream on another.
 */
public final class GatewayBench {
  private static final Pattern DONE =
      Pattern.compile("(?m)^requests: .* (\\d+) succeeded,|^ +(\\d+) requests in ");
  private static final Pattern FAILED =
      Pattern.compile("Non-2xx or 3xx responses: (\\d+)|Socket errors: (.*)|, ([1-9]\\d*) failed");

  private static final int STARTS = 5;
  private static final int FIRST_SECONDS = 10;

  private final Path directory;
  private final int warmUpSeconds;
  private final int roundSeconds;
  private final int rounds;
  private final Map<Peer, Program> programs = new EnumMap<>(Peer.class);
  private final Map<Peer, Ports> ports = new EnumMap<>(Peer.class);
  private final Map<Workload, Map<Peer, List<Double>>> micros = new EnumMap<>(Workload.class);
  private final Map<Peer, Long> resident = new EnumMap<>(Peer.class);
  private final Map<Peer, List<Double>> tails = new EnumMap<>(Peer.class);
  private final List<Double> starts = new ArrayList<>();
  private int steadyRate;
  private double allocated;
  private double firstSeconds;

  private GatewayBench(Path directory, boolean quick) {
    this.directory = directory;
    this.warmUpSeconds = quick ? 15 : 60;
    this.roundSeconds = quick ? 3 : 5;
    this.rounds = quick ? 3 : 5;
  }

  /** Takes where Sallyport is, and {@code --quick}; prints the report. */
  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory("sallyport-bench-");
    try {
      boolean quick = List.of(arguments).contains("--quick");
      new GatewayBench(directory, quick).run(Path.of(arguments[0]).toAbsolutePath());
    } catch (IOException e) {
      say(String.valueOf(e.getMessage()));
      System.exit(1);
    } finally {
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }

  private void run(Path home) throws Exception {
    PemFiles.write(directory);
    Path script =
        Files.writeString(
            directory.resolve("preflight.lua"),
            """
            wrk.method = "OPTIONS"
            wrk.headers["Access-Control-Request-Method"] = "PUT"
            wrk.headers["Access-Control-Request-Headers"] = "content-type"
            """);
    int upstreamPort = Ports.freePort();
    try (Program upstream = upstream(upstreamPort)) {
      upstream.pin(1);
      Setting setting =
          new Setting(
              home,
              directory.resolve("certificate.pem"),
              directory.resolve("key.pem"),
              upstreamPort);
      for (Peer peer : Peer.values()) {
        say("starting " + peer.text());
        Path own = Files.createDirectory(directory.resolve(peer.text()));
        Ports listening = Ports.free();
        ports.put(peer, listening);
        programs.put(peer, peer.start(setting, own, listening));
      }
      warmUp(script.toString());
      for (Workload workload : Workload.values()) {
        measure(workload, script.toString());
      }
      measureTails(script.toString());
      measureAllocation(script.toString());
      measureStart(setting, script.toString());
    } finally {
      programs.values().forEach(Program::close);
    }
    report();
  }

  private Program upstream(int port) throws IOException, InterruptedException {
    Path own = Files.createDirectory(directory.resolve("upstream"));
    Path files = Files.createDirectory(own.resolve("files"));
    // Whoever runs the workers of a server that root starts has to read them.
    for (Path each : List.of(directory, own, files)) {
      each.toFile().setExecutable(true, false);
      each.toFile().setReadable(true, false);
    }
    Files.write(files.resolve("1k"), filled(1 << 10));
    Files.write(files.resolve("100k"), filled(100 << 10));
    Files.write(files.resolve("10m"), filled(10 << 20));
    String http =
        """
        sendfile on;
        open_file_cache max=16;
        server { listen 127.0.0.1:%d; root %s; }
        """
            .formatted(port, files);
    return Nginx.start(own, http, port);
  }

  private static byte[] filled(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 'x');
    return bytes;
  }

  /** Sallyport's Java compiles what it runs; the others need no time to speak of. */
  private void warmUp(String script) throws IOException, InterruptedException {
    say("warming up for " + warmUpSeconds + " s");
    for (Peer peer : Peer.values()) {
      int seconds = peer == Peer.SALLYPORT ? warmUpSeconds : 1;
      for (Workload workload : Workload.values()) {
        load(peer, workload, Math.max(1, seconds / Workload.values().length), script);
      }
      program(peer).pin(0);
      load(peer, Workload.SMALL, 2, script);
      resident.put(peer, program(peer).residentMebibytes());
    }
  }

  private Program program(Peer peer) {
    Program program = programs.get(peer);
    if (program == null) {
      throw new IllegalStateException(peer + " was not started");
    }
    return program;
  }

  private void measure(Workload workload, String script) throws IOException, InterruptedException {
    say(workload.text());
    Map<Peer, List<Double>> of = new EnumMap<>(Peer.class);
    for (int round = 0; round < rounds; round++) {
      for (Peer peer : Peer.values()) {
        long before = program(peer).cpuTicks();
        long requests = load(peer, workload, roundSeconds, script);
        double taken = (program(peer).cpuTicks() - before) * 10_000.0 / requests;
        of.computeIfAbsent(peer, each -> new ArrayList<>()).add(taken);
      }
    }
    micros.put(workload, of);
  }

  /** At half of what the slower of ours and nginx can do. */
  private void measureTails(String script) throws IOException, InterruptedException {
    long most = Long.MAX_VALUE;
    for (Peer peer : List.of(Peer.SALLYPORT, Peer.NGINX)) {
      most = Math.min(most, load(peer, Workload.SMALL, roundSeconds, script) / roundSeconds);
    }
    steadyRate = (int) (most / 2);
    say("99th percentile at " + steadyRate + " requests a second");
    for (int round = 0; round < rounds; round++) {
      for (Peer peer : Peer.values()) {
        Ports listening = Objects.requireNonNull(ports.get(peer));
        double p99 = Tail.p99(listening, steadyRate, roundSeconds, directory);
        tails.computeIfAbsent(peer, each -> new ArrayList<>()).add(p99);
      }
    }
  }

  private void measureAllocation(String script) throws IOException, InterruptedException {
    say("allocation");
    Allocation before = Allocation.of(program(Peer.SALLYPORT));
    long requests = load(Peer.SALLYPORT, Workload.SMALL, roundSeconds, script);
    allocated = Allocation.of(program(Peer.SALLYPORT)).since(before) / requests;
  }

  /** From the start of the program to the first answer relayed, and what the load then costs. */
  private void measureStart(Setting setting, String script) throws Exception {
    say("start");
    program(Peer.SALLYPORT).close();
    Path own = directory.resolve(Peer.SALLYPORT.text());
    for (int round = 0; round < STARTS; round++) {
      Ports listening = Ports.free();
      long begun = System.nanoTime();
      try (Program started = Peer.SALLYPORT.start(setting, own, listening)) {
        URI uri = URI.create("http://127.0.0.1:" + listening.clear() + "/1k");
        try (InputStream answer = uri.toURL().openStream()) {
          answer.readAllBytes();
        }
        starts.add((System.nanoTime() - begun) / 1e6);
        if (round == STARTS - 1) {
          started.pin(0);
          ports.put(Peer.SALLYPORT, listening);
          long before = started.cpuTicks();
          long requests = load(Peer.SALLYPORT, Workload.SMALL, FIRST_SECONDS, script);
          firstSeconds = (started.cpuTicks() - before) * 10_000.0 / requests;
        }
      }
    }
  }

  /** Loads a proxy; returns how many requests it answered. */
  private long load(Peer peer, Workload workload, int seconds, String script)
      throws IOException, InterruptedException {
    Ports listening = ports.get(peer);
    if (listening == null) {
      throw new IllegalStateException(peer + " does not listen");
    }
    Process load =
        new ProcessBuilder(workload.command(listening, seconds, script))
            .redirectErrorStream(true)
            .start();
    String said = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    load.waitFor();
    Matcher done = DONE.matcher(said);
    Matcher failed = FAILED.matcher(said);
    if (failed.find() || !done.find()) {
      throw new IOException(peer.text() + ", " + workload.text() + ": the load failed:\n" + said);
    }
    return Long.parseLong(done.group(1) == null ? done.group(2) : done.group(1));
  }

  private void report() {
    System.out.println(
        "| | "
            + Arrays.stream(Peer.values()).map(Peer::text).collect(Collectors.joining(" | "))
            + " | × nginx | × haproxy | × caddy |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (Workload workload : Workload.values()) {
      StringBuilder row = new StringBuilder("| " + workload.text());
      for (Peer peer : Peer.values()) {
        row.append(String.format(Locale.ROOT, " | %.1f", median(times(workload, peer))));
      }
      for (Peer peer : List.of(Peer.NGINX, Peer.HAPROXY, Peer.CADDY)) {
        row.append(" | ").append(ratio(workload, peer));
      }
      System.out.println(row + " |");
    }
    System.out.println();
    resident.forEach(
        (peer, mebibytes) ->
            System.out.println(
                peer.text() + ": " + mebibytes + " MiB resident with 64 connections"));
    System.out.println();
    for (Peer peer : Peer.values()) {
      List<Double> of = tails.getOrDefault(peer, List.of());
      List<Double> ours = tails.getOrDefault(Peer.SALLYPORT, List.of());
      System.out.printf(
          Locale.ROOT,
          "%s: 99%% of 1 KiB requests within %.2f ms at %d a second (ours × %.2f)%n",
          peer.text(),
          median(of) / 1000,
          steadyRate,
          ratio(ours, of));
    }
    System.out.println();
    System.out.printf(Locale.ROOT, "allocated for a relayed request: %.0f bytes%n", allocated);
    System.out.printf(
        Locale.ROOT, "start to first relayed answer: %.0f ms (aim 500)%n", median(starts));
    System.out.printf(
        Locale.ROOT,
        "first %d s of load: %.1f µs a request, × %.2f of the steady state (aim 2)%n",
        FIRST_SECONDS,
        firstSeconds,
        firstSeconds / median(times(Workload.SMALL, Peer.SALLYPORT)));
  }

  private List<Double> times(Workload workload, Peer peer) {
    return micros.getOrDefault(workload, Map.of()).getOrDefault(peer, List.of());
  }

  /** The median of the ratios within the rounds, and whether it is what was aimed at. */
  private String ratio(Workload workload, Peer peer) {
    double ratio = ratio(times(workload, Peer.SALLYPORT), times(workload, peer));
    OptionalDouble target = workload.target(peer);
    String text = String.format(Locale.ROOT, "%.2f", ratio);
    if (target.isEmpty()) {
      return text;
    }
    return text
        + (ratio <= target.getAsDouble()
            ? " ✓"
            : String.format(Locale.ROOT, " **over %.2f**", target.getAsDouble()));
  }

  private static double ratio(List<Double> ours, List<Double> theirs) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < ours.size(); round++) {
      ratios.add(ours.get(round) / theirs.get(round));
    }
    return median(ratios);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.isEmpty() ? Double.NaN : sorted.get(sorted.size() / 2);
  }

  private static void say(String text) {
    System.err.println("bench: " + text);
  }
}
