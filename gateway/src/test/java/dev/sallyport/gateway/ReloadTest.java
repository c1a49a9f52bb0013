package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.reload.ConfigSource;
import dev.sallyport.gateway.reload.ReloadOutcome;
import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FromFile;
import dev.sallyport.gateway.testkit.LogLines;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Trusting;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The row "configuration" of the threats: validated whole, swapped at once, the old one kept. */
@ExtendWith(NoLeaks.class)
class ReloadTest {
  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("sallyport.yaml");
  }

  private void write(String text) throws IOException {
    Path next = directory.resolve("next.yaml");
    Files.writeString(next, text);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static String route(FaultyUpstream upstream, String rest) {
    return "listen: 127.0.0.1:0\nworkers: 1\nroutes:\n  - upstream: http://127.0.0.1:"
        + upstream.port()
        + "\n"
        + rest;
  }

  private static String marked(FaultyUpstream upstream, String mark) {
    return route(upstream, "    response: {setHeaders: {x-mark: " + mark + "}}\n");
  }

  private static String mark(RawClient client) throws IOException {
    return client.get("/").answer().header("x-mark");
  }

  @Test
  void aFileThatChangesIsTakenUpAndConnectionsAreKept() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      write(marked(upstream, "one"));
      try (Gateway gateway = FromFile.start(file);
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        assertThat(mark(client)).isEqualTo("one");
        write(marked(upstream, "two"));
        Await.until("an atomic rename is seen", () -> mark(client).equals("two"));
        Files.writeString(file, marked(upstream, "three"));
        Await.until("a write in place is seen", () -> mark(client).equals("three"));
        assertThat(upstream.connections()).as("the pool is kept").isEqualTo(1);
      }
    }
  }

  @Test
  void whatChangesWhileTheGatewayStartsIsTakenUp() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      write(marked(upstream, "one"));
      ConfigSource source = new ConfigSource(file, name -> Optional.empty());
      GatewayConfig config = source.read().config().orElseThrow();
      write(marked(upstream, "two"));
      try (Gateway gateway = Gateway.start(config, source);
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        Await.until("the change is seen", () -> mark(client).equals("two"));
      }
    }
  }

  @Test
  void aConfigMapThatIsSwappedIsTakenUp() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      Path first = Files.createDirectory(directory.resolve("..2026_01"));
      Path second = Files.createDirectory(directory.resolve("..2026_02"));
      Files.writeString(first.resolve("sallyport.yaml"), marked(upstream, "one"));
      Files.writeString(second.resolve("sallyport.yaml"), marked(upstream, "two"));
      Path data = Files.createSymbolicLink(directory.resolve("..data"), first.getFileName());
      Files.createSymbolicLink(file, Path.of("..data", "sallyport.yaml"));
      try (Gateway gateway = FromFile.start(file);
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        assertThat(mark(client)).isEqualTo("one");
        Path next = directory.resolve("..data_tmp");
        Files.createSymbolicLink(next, second.getFileName());
        Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Await.until("the link is turned", () -> mark(client).equals("two"));
      }
    }
  }

  @Test
  void aBadFileIsRefusedWithItsMessageAndTheOldOneServesOn() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        LogLines log = new LogLines("dev.sallyport.gateway.reload")) {
      write(marked(upstream, "one"));
      try (Gateway gateway = FromFile.start(file);
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        write(marked(upstream, "two") + "    colour: red\n");
        assertThat(log.next())
            .startsWith("WARN " + file + ":6:5: unknown key \"colour\" in a route.");
        assertThat(log.next())
            .isEqualTo(
                "ERROR "
                    + file
                    + " is not taken over (a file has changed): the configuration before serves on");
        assertThat(mark(client)).isEqualTo("one");
        ReloadOutcome asked = FromFile.reload(gateway);
        assertThat(asked.applied()).isFalse();
        assertThat(asked.messages())
            .singleElement()
            .asString()
            .startsWith(file + ":6:5: unknown key \"colour\" in a route.");
        Files.delete(file);
        assertThat(FromFile.reload(gateway).messages())
            .singleElement()
            .asString()
            .contains("no such file");
        assertThat(mark(client)).isEqualTo("one");
        write(marked(upstream, "three"));
        assertThat(FromFile.reload(gateway)).isEqualTo(new ReloadOutcome(true, List.of()));
        assertThat(mark(client)).isEqualTo("three");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          listen: 127.0.0.1:0 | listen: "[::1]:0"   | listen has changed from "127.0.0.1:0" to "[::1]:0"
          workers: 1          | workers: 2          | workers has changed from "1" to "2"
          workers: 1          | transport: nio      | transport has changed from "AUTO" to "NIO"
          """)
  void whatIsDecidedAtTheStartIsRefusedAsAWhole(String before, String after, String why)
      throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      write(marked(upstream, "one"));
      try (Gateway gateway = FromFile.start(file);
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        write(marked(upstream, "two").replace(before, after));
        ReloadOutcome outcome = FromFile.reload(gateway);
        assertThat(outcome.applied()).isFalse();
        assertThat(String.join("\n", outcome.messages()))
            .contains(file + ": " + why, "nothing of the file is taken over. Restart the gateway");
        assertThat(mark(client)).isEqualTo("one");
      }
    }
  }

  @Test
  void aRequestInFlightEndsUnderTheConfigurationThatItBeganUnder() throws Exception {
    CountDownLatch reloaded = new CountDownLatch(1);
    try (FaultyUpstream upstream =
        FaultyUpstream.playing(
            visit -> {
              visit.readRequest();
              Await.open(reloaded);
              visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
            })) {
      write(marked(upstream, "one"));
      try (Gateway gateway = FromFile.start(file);
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        client.get("/");
        upstream.nextHead();
        write(marked(upstream, "two"));
        assertThat(FromFile.reload(gateway).applied()).isTrue();
        reloaded.countDown();
        assertThat(client.answer().header("x-mark")).isEqualTo("one");
        assertThat(mark(client)).isEqualTo("two");
      }
    }
  }

  @Test
  void quotasKeepTheirCountsWhereTheLimitIsTheSame() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      write(route(upstream, "    limits: {perClient: 2/h}\n"));
      try (Gateway gateway = FromFile.start(file);
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        assertThat(client.get("/").answer().status()).isEqualTo(200);
        assertThat(client.get("/").answer().status()).isEqualTo(200);
        write(route(upstream, "    limits: {perClient: 2/h, requestBody: 1}\n"));
        assertThat(FromFile.reload(gateway).applied()).isTrue();
        assertThat(client.get("/").answer().status()).as("the same limit").isEqualTo(429);
        write(route(upstream, "    limits: {perClient: 3/h, requestBody: 1}\n"));
        assertThat(FromFile.reload(gateway).applied()).isTrue();
        assertThat(client.get("/").answer().status()).as("another limit").isEqualTo(200);
      }
    }
  }

  @Test
  void newHandshakesSeeTheNewCertificateAndOldConnectionsAreKept() throws Exception {
    Path certificate = directory.resolve("certificate.pem");
    Path key = directory.resolve("key.pem");
    certify("CN=one", certificate, key);
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      write(
          marked(upstream, "one")
              .replace(
                  "listen: 127.0.0.1:0",
                  "listen: {address: 127.0.0.1:0, tls: {certificate: certificate.pem, privateKey:"
                      + " key.pem}}"));
      try (Gateway gateway = FromFile.start(file);
          SSLSocket first = connect(gateway.addresses().get(0));
          RawClient client = RawClient.on(first)) {
        assertThat(name(first)).isEqualTo("CN=one");
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        assertThat(FromFile.reload(gateway).messages())
            .singleElement()
            .asString()
            .contains("certificate.pem", "cannot be used");
        certify("CN=two", certificate, key);
        Await.until(
            "the new certificate is shown",
            () -> {
              try (SSLSocket second = connect(gateway.addresses().get(0))) {
                return name(second).equals("CN=two");
              }
            });
        assertThat(mark(client)).as("the connection of before").isEqualTo("one");
      }
    }
  }

  private static void certify(String subject, Path certificate, Path key) throws Exception {
    X509Bundle bundle =
        new CertificateBuilder()
            .setIsCertificateAuthority(true)
            .subject(subject)
            .addSanIpAddress("127.0.0.1")
            .buildSelfSigned();
    Files.writeString(key, bundle.getPrivateKeyPEM());
    Files.writeString(certificate, bundle.getCertificatePathPEM());
  }

  private static SSLSocket connect(InetSocketAddress address) throws Exception {
    SSLSocket socket =
        (SSLSocket)
            Trusting.context()
                .getSocketFactory()
                .createSocket(address.getAddress(), address.getPort());
    socket.startHandshake();
    return socket;
  }

  private static String name(SSLSocket socket) throws IOException {
    X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  /** Every answer is of one configuration or the other, whole, and none is missing. */
  @Test
  void aThousandReloadsUnderLoadLoseNoRequest() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      write(marked(upstream, "odd"));
      String even = marked(upstream, "even");
      String odd = marked(upstream, "odd");
      AtomicBoolean done = new AtomicBoolean();
      AtomicInteger sawEven = new AtomicInteger();
      AtomicInteger sawOdd = new AtomicInteger();
      try (Gateway gateway = FromFile.start(file)) {
        List<CompletableFuture<Void>> clients = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          clients.add(
              CompletableFuture.runAsync(
                  () -> ask(gateway, done, sawEven, sawOdd),
                  task -> new Thread(task, "client").start()));
        }
        for (int i = 0; i < 1000; i++) {
          write(i % 2 == 0 ? even : odd);
          assertThat(FromFile.reload(gateway).applied()).isTrue();
        }
        done.set(true);
        for (CompletableFuture<Void> client : clients) {
          client.get(20, TimeUnit.SECONDS);
        }
      }
      assertThat(sawEven.get()).isGreaterThan(100);
      assertThat(sawOdd.get()).isGreaterThan(100);
      assertThat(upstream.connections()).as("connections to the upstream").isLessThanOrEqualTo(8);
    }
  }

  private static void ask(
      Gateway gateway, AtomicBoolean done, AtomicInteger sawEven, AtomicInteger sawOdd) {
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      while (!done.get()) {
        Answer answer = client.get("/").answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello");
        String mark = answer.header("x-mark");
        assertThat(mark).isIn("even", "odd");
        (mark.equals("even") ? sawEven : sawOdd).incrementAndGet();
      }
    } catch (IOException e) {
      throw new AssertionError("a connection was lost", e);
    }
  }
}
