package dev.sallyport.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients that dribble their heads do not slow down those that do not. */
@Tag("extended")
@Timeout(600)
class SlowHeadersTest {
  private static final int SLOW = 2000;
  private static final int ROUNDS = 5;
  private static final int GOOD = 4;
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  @Test
  void goodTrafficStaysWithinTwiceItsTime(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("sallyport.yaml");
    try (Upstream upstream = new Upstream()) {
      Files.writeString(
          file,
          """
          listen: 127.0.0.1:0
          admin: 127.0.0.1:0
          limits: {connectionsPerClient: 10000}
          routes:
            - upstream: http://127.0.0.1:%s
              cors: {allowOrigins: [%s]}
          """
              .formatted(upstream.port(), Client.ORIGIN));
      try (Served gateway = new Served(file, "")) {
        InetSocketAddress address = gateway.address();
        p99(address);
        double[] without = new double[ROUNDS];
        double[] with = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
          without[i] = p99(address);
          try (Dribblers slow = new Dribblers(address)) {
            with[i] = p99(address);
            assertThat(gateway.metric("sallyport_connections")).isGreaterThan(SLOW / 2.0);
            slow.check();
          }
          gateway.awaitConnections(0);
        }
        double before = median(without);
        double beside = median(with);
        Summary.add(
            "p99 beside " + SLOW + " slow heads",
            "at most twice that without them",
            String.format(
                Locale.ROOT, "%.2f ms, %.2f without: %.2f", beside, before, beside / before));
        assertThat(beside).isLessThanOrEqualTo(2 * before);
      }
    } finally {
      Summary.print();
    }
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  /** The 99th percentile of requests at a steady rate, in milliseconds. */
  private static double p99(InetSocketAddress address) throws Exception {
    List<CompletableFuture<List<Long>>> clients = new ArrayList<>();
    for (int i = 0; i < GOOD; i++) {
      clients.add(
          CompletableFuture.supplyAsync(
              () -> times(address), task -> new Thread(task, "good").start()));
    }
    List<Long> times = new ArrayList<>();
    for (CompletableFuture<List<Long>> client : clients) {
      times.addAll(client.get(60, TimeUnit.SECONDS));
    }
    times.sort(null);
    return times.get(times.size() * 99 / 100) / 1e6;
  }

  private static List<Long> times(InetSocketAddress address) {
    List<Long> times = new ArrayList<>();
    try (Client client = new Client(address)) {
      long begun = System.nanoTime();
      for (long due = begun; due - begun < ROUND_NANOS; due += PAUSE_NANOS) {
        while (System.nanoTime() < due) {
          LockSupport.parkNanos(due - System.nanoTime());
        }
        assertThat(client.ask("GET /", "")).isEqualTo(200);
        // From when it was due: a server that stalls holds up those behind it too.
        times.add(System.nanoTime() - due);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return times;
  }

  /** Clients that send a byte of their heads a second, and come again when they are dropped. */
  private static final class Dribblers implements AutoCloseable {
    private final Client[] clients = new Client[SLOW];
    private final InetSocketAddress address;
    private final CompletableFuture<Void> dribbling;
    private volatile boolean done;

    Dribblers(InetSocketAddress address) throws IOException {
      this.address = address;
      for (int i = 0; i < SLOW; i++) {
        clients[i] = begin();
      }
      dribbling =
          CompletableFuture.runAsync(this::dribble, task -> new Thread(task, "slow").start());
    }

    private Client begin() throws IOException {
      Client client = new Client(address, "127.0.0.9");
      client.send("GET / HTTP/1.1\r\nHost: gate\r\nX: ");
      return client;
    }

    private void dribble() {
      try {
        for (int i = 0; !done; i = (i + 1) % SLOW) {
          try {
            clients[i].send("a");
          } catch (IOException dropped) {
            clients[i].close();
            clients[i] = begin();
          }
          LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1) / SLOW);
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    void check() {
      assertThat(dribbling).isNotCompletedExceptionally();
    }

    @Override
    public void close() throws IOException {
      done = true;
      dribbling.orTimeout(30, TimeUnit.SECONDS).join();
      for (Client client : clients) {
        client.close();
      }
    }
  }
}
