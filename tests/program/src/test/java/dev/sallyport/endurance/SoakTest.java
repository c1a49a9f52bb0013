package dev.sallyport.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mixed traffic for a long time: afterwards the process holds no more than after its first fifth.
 *
 * <p>How long is {@code -Dsallyport.soak.minutes}: at least one, 30 when it is not set.
 */
@Tag("extended")
class SoakTest {
  private static final int THREADS = 6;

  /** What the heap may differ by: caches that fill, and code that was compiled late. */
  private static final double HEAP_SLACK_MEBI = 8;

  private static final double OUTSIDE_SLACK_MEBI = 32;
  private static final double RESIDENT_SLACK_MEBI = 48;
  private static final int DESCRIPTOR_SLACK = 16;

  @TempDir private Path directory;
  private X509Bundle certificate;

  @BeforeEach
  void certify() throws Exception {
    certificate =
        new CertificateBuilder()
            .setIsCertificateAuthority(true)
            .subject("CN=gate")
            .addSanIpAddress("127.0.0.1")
            .buildSelfSigned();
    Files.writeString(directory.resolve("key.pem"), certificate.getPrivateKeyPEM());
    Files.writeString(directory.resolve("certificate.pem"), certificate.getCertificatePathPEM());
  }

  private Path write(Upstream upstream, int generation) throws IOException {
    return Files.writeString(
        directory.resolve("sallyport.yaml"),
        """
        listen:
          - 127.0.0.1:0
          - {address: 127.0.0.1:0, tls: {certificate: certificate.pem, privateKey: key.pem}}
        admin: 127.0.0.1:0
        routes:
          - upstream: http://127.0.0.1:%s
            cors: {allowOrigins: [%s]}
            response: {setHeaders: {x-generation: "%s"}}
        """
            .formatted(upstream.port(), Client.ORIGIN, generation));
  }

  private HttpClient browser() throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("gate", certificate.getCertificate());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder()
        .sslContext(context)
        .version(HttpClient.Version.HTTP_2)
        .connectTimeout(Duration.ofSeconds(20))
        .build();
  }

  /** What the process holds while nothing is under way. */
  private record Held(double heap, double outside, double resident, long descriptors) {
    static Held by(Served gateway) throws Exception {
      return new Held(gateway.heap(), gateway.outside(), gateway.resident(), gateway.descriptors());
    }
  }

  @Test
  void nothingGrows() throws Exception {
    long minutes = Math.max(1, Long.getLong("sallyport.soak.minutes", 30));
    AtomicInteger users = new AtomicInteger();
    try (Upstream upstream = new Upstream();
        Served gateway =
            new Served(write(upstream, 0), "-Dio.netty.leakDetection.level=paranoid")) {
      List<HttpClient> browsers = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        browsers.add(browser());
      }
      long whole = TimeUnit.MINUTES.toNanos(minutes);
      play(gateway, upstream, browsers, users, whole / 5);
      // Browsers keep their connections of HTTP/2.
      gateway.awaitConnections(THREADS);
      Held early = Held.by(gateway);
      play(gateway, upstream, browsers, users, whole - whole / 5);
      gateway.awaitConnections(THREADS);
      Held late = Held.by(gateway);
      double reloads = gateway.metric("sallyport_reloads_total{result=\"applied\"}");
      Summary.add(
          "soak",
          "no unexpected outcome",
          minutes + " min, " + users + " users, " + (int) reloads + " reloads");
      mebi("heap after collection", HEAP_SLACK_MEBI, early.heap(), late.heap());
      mebi(
          "outside the heap, buffers among it",
          OUTSIDE_SLACK_MEBI,
          early.outside(),
          late.outside());
      mebi("resident", RESIDENT_SLACK_MEBI, early.resident(), late.resident());
      Summary.add(
          "descriptors",
          "at most " + DESCRIPTOR_SLACK + " more",
          early.descriptors() + ", then " + late.descriptors());
      Summary.add(
          "leaked buffers", "0", Integer.toString(gateway.output().split("LEAK:", -1).length - 1));
      assertThat(gateway.output()).doesNotContain("LEAK:").doesNotContain("a fault of the gateway");
      assertThat(users.get()).isGreaterThan(100);
      assertThat(reloads).isPositive();
      assertThat(late.heap()).isLessThanOrEqualTo(early.heap() + HEAP_SLACK_MEBI);
      assertThat(late.outside()).isLessThanOrEqualTo(early.outside() + OUTSIDE_SLACK_MEBI);
      assertThat(late.resident()).isLessThanOrEqualTo(early.resident() + RESIDENT_SLACK_MEBI);
      assertThat(late.descriptors()).isLessThanOrEqualTo(early.descriptors() + DESCRIPTOR_SLACK);
    } finally {
      Summary.print();
    }
  }

  /** What the program said last. */
  private static String tail(String output) {
    return output.substring(Math.max(0, output.length() - 4000));
  }

  private static void mebi(String what, double slack, double early, double late)
      throws IOException {
    Summary.add(
        what,
        String.format(Locale.ROOT, "at most %.0f MiB more", slack),
        String.format(Locale.ROOT, "%.1f MiB, then %.1f", early, late));
  }

  /** Traffic for so long, while the configuration is changed every second. */
  private void play(
      Served gateway, Upstream upstream, List<HttpClient> browsers, AtomicInteger users, long nanos)
      throws Exception {
    long begun = System.nanoTime();
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      Traffic traffic = new Traffic(gateway, browsers.get(i), users, i);
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (System.nanoTime() - begun < nanos) {
                    traffic.next();
                  }
                } catch (Exception e) {
                  throw new AssertionError("behind " + tail(gateway.output()), e);
                }
              },
              task -> new Thread(task, "traffic").start()));
    }
    for (int generation = 0; System.nanoTime() - begun < nanos; generation++) {
      write(upstream, generation);
      assertThat(gateway.reload()).isTrue();
      TimeUnit.SECONDS.sleep(1);
    }
    for (CompletableFuture<Void> thread : threads) {
      thread.get(60, TimeUnit.SECONDS);
    }
  }
}
