package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.gateway.config.AccessLogging.Format;
import dev.sallyport.gateway.reload.ReloadOutcome;
import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FrameClient;
import dev.sallyport.gateway.testkit.FromFile;
import dev.sallyport.gateway.testkit.LogLines;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The access log of a gateway that serves: what is in it, what is not, and how it is turned. */
@ExtendWith(NoLeaks.class)
class AccessLogTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;
  private Path file;
  private Path log;

  @BeforeEach
  void nameFiles() {
    file = directory.resolve("sallyport.yaml");
    log = directory.resolve("access.log");
  }

  private void configure(FaultyUpstream upstream, String accessLog) throws IOException {
    Files.writeString(
        file,
        "listen: 127.0.0.1:0\nworkers: 1\naccessLog: "
            + accessLog
            + "\nroutes:\n  - path: /photos\n    upstream: http://127.0.0.1:"
            + upstream.port()
            + "/api\n    cors: {allowOrigins: [\"https://blog.foo.com\"]}\n");
  }

  /** The lines of a file, once there are as many. */
  private static List<String> lines(Path file, int count) throws Exception {
    Await.until(
        "lines of " + file, () -> Files.exists(file) && Files.readAllLines(file).size() >= count);
    assertThat(Files.readAllLines(file)).hasSize(count);
    return Files.readAllLines(file);
  }

  @Test
  void aLineTellsOfTheRequestItsAnswerAndItsUpstream() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "{to: access.log}");
      try (Gateway gateway = FromFile.start(file);
          LogLines text = new LogLines("sallyport.access");
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        client.sendHead("GET /photos/1 HTTP/1.1", "Host: gate", "Origin: https://blog.foo.com");
        client.answer();
        client.sendHead("POST /photos/1 HTTP/1.1", "Host: gate", "Origin: https://evil.com");
        client.answer();
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .build()
            .send(
                HttpRequest.newBuilder(
                        URI.create(
                            "http://127.0.0.1:" + gateway.addresses().get(0).getPort() + "/other"))
                    .build(),
                BodyHandlers.ofString());
        List<String> lines = lines(log, 3);
        JsonNode relayed = JSON.readTree(lines.get(0));
        assertThat(relayed.get("time").asString()).matches("20.*T.*\\.\\d{3}Z");
        assertThat(relayed.get("client").asString()).isEqualTo("127.0.0.1");
        assertThat(relayed.get("method").asString()).isEqualTo("GET");
        assertThat(relayed.get("path").asString()).isEqualTo("/photos/1");
        assertThat(relayed.get("protocol").asString()).isEqualTo("HTTP/1.1");
        assertThat(relayed.get("status").asInt()).isEqualTo(200);
        assertThat(relayed.get("bytes").asInt()).isEqualTo("hello".length());
        assertThat(relayed.get("route").asString()).isEqualTo("/photos");
        assertThat(relayed.get("category").asString()).isEqualTo("actual");
        assertThat(relayed.get("decision").asString()).isEqualTo("allowed");
        assertThat(relayed.get("reason").asString()).isEqualTo("allowed");
        assertThat(relayed.get("ending").asString()).isEqualTo("answered");
        assertThat(relayed.get("origin").asString()).isEqualTo("https://blog.foo.com");
        assertThat(relayed.get("upstream").asString())
            .isEqualTo("http://127.0.0.1:" + upstream.port() + "/api");
        double connect = relayed.get("upstreamConnectMs").asDouble();
        double firstByte = relayed.get("upstreamFirstByteMs").asDouble();
        double total = relayed.get("upstreamTotalMs").asDouble();
        assertThat(connect).isPositive().isLessThanOrEqualTo(firstByte);
        assertThat(firstByte).isLessThanOrEqualTo(total);
        assertThat(total).isLessThanOrEqualTo(relayed.get("durationMs").asDouble());
        JsonNode denied = JSON.readTree(lines.get(1));
        assertThat(denied.get("status").asInt()).isEqualTo(403);
        assertThat(denied.get("bytes").asInt()).isPositive();
        assertThat(denied.get("decision").asString()).isEqualTo("denied");
        assertThat(denied.get("upstream").isNull()).isTrue();
        JsonNode unrouted = JSON.readTree(lines.get(2));
        assertThat(unrouted.get("status").asInt()).isEqualTo(404);
        assertThat(unrouted.get("route").isNull()).isTrue();
        assertThat(text.isEmpty()).as("told twice").isTrue();
      }
    }
  }

  @Test
  void theProtocolIsTheClients() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "{format: common, to: access.log}");
      try (Gateway gateway = FromFile.start(file);
          FrameClient client = FrameClient.to(gateway.addresses().get(0));
          RawClient old = RawClient.to(gateway.addresses().get(0))) {
        client.request(1, true, "GET", "/photos/1").answer(1);
        assertThat(lines(log, 1).get(0)).contains("\"GET /photos/1 HTTP/2.0\" 200 5");
        old.sendHead("GET /photos/2 HTTP/1.0", "Host: gate");
        old.answer();
        assertThat(lines(log, 2).get(1)).contains("\"GET /photos/2 HTTP/1.0\" 200 5");
      }
    }
  }

  /** The row "secret leaking to the page" of the threats, where it speaks of logs. */
  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"JSON", "COMMON", "COMBINED"})
  void neverHasSecrets(Format format) throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(
          upstream, "{format: " + format.name().toLowerCase(Locale.ROOT) + ", to: access.log}");
      try (Gateway gateway = FromFile.start(file);
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        client.sendHead(
            "GET /photos/https://me:s3cret@bar.com/?token=s3cret HTTP/1.1",
            "Host: gate",
            "Cookie: s3cret",
            "Authorization: s3cret",
            "User-Agent: curl \"8\"",
            "Referer: https://me:s3cret@blog.foo.com/reset?token=s3cret");
        client.answer();
        String line = lines(log, 1).get(0);
        assertThat(line).doesNotContain("s3cret").contains("/photos/https://***@bar.com/");
        if (format == Format.COMBINED) {
          assertThat(line)
              .endsWith("\" 200 5 \"https://***@blog.foo.com/reset\" \"curl \\\"8\\\"\"");
        }
      }
    }
  }

  @Test
  void aFileThatIsRotatedIsOpenedAgainEvenWhenTheConfigurationIsRefused() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "{to: access.log}");
      try (Gateway gateway = FromFile.start(file);
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        client.get("/photos").answer();
        lines(log, 1);
        Files.move(log, directory.resolve("access.log.1"));
        assertThat(FromFile.reload(gateway).applied()).as("unchanged").isTrue();
        client.get("/photos").answer();
        lines(log, 1);
        Files.move(log, directory.resolve("access.log.2"));
        Files.writeString(file, "routes: []\n");
        assertThat(FromFile.reload(gateway).applied()).as("refused").isFalse();
        client.get("/photos").answer();
        lines(log, 1);
        lines(directory.resolve("access.log.1"), 1);
        lines(directory.resolve("access.log.2"), 1);
      }
    }
  }

  @Test
  void aReloadTurnsTheLogAndLosesNoLine() throws Exception {
    Path other = directory.resolve("other.log");
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "{to: access.log}");
      try (Gateway gateway = FromFile.start(file);
          LogLines text = new LogLines("sallyport.access");
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        client.get("/photos/1").answer();
        configure(upstream, "{format: common, to: other.log}");
        assertThat(FromFile.reload(gateway).applied()).isTrue();
        client.get("/photos/2").answer();
        assertThat(lines(log, 1).get(0)).contains("/photos/1");
        assertThat(lines(other, 1).get(0)).contains("\"GET /photos/2 HTTP/1.1\" 200 5");
        configure(upstream, "off");
        assertThat(FromFile.reload(gateway).applied()).isTrue();
        client.get("/photos/3").answer();
        configure(upstream, "text");
        assertThat(FromFile.reload(gateway).applied()).isTrue();
        client.get("/photos/4").answer();
        assertThat(text.next()).startsWith("INFO GET /photos/4 200 /photos ");
        assertThat(text.isEmpty()).isTrue();
        lines(log, 1);
        lines(other, 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"text, json", "json, text", "text, off"})
  void aReloadWhileARequestIsAnsweredLosesNoLine(String before, String after) throws Exception {
    CountDownLatch reloaded = new CountDownLatch(1);
    try (FaultyUpstream upstream =
        FaultyUpstream.playing(
            visit -> {
              visit.readRequest();
              Await.open(reloaded);
              visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
            })) {
      configure(upstream, before.equals("json") ? "{to: access.log}" : before);
      try (Gateway gateway = FromFile.start(file);
          LogLines text = new LogLines("sallyport.access");
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        client.get("/photos/1");
        upstream.nextHead();
        configure(upstream, after.equals("json") ? "{to: access.log}" : after);
        assertThat(FromFile.reload(gateway).applied()).isTrue();
        reloaded.countDown();
        client.answer();
        assertThat(text.next()).startsWith("INFO GET /photos/1 200 /photos ");
      }
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsNoStartAndNoReload() throws Exception {
    String why =
        "accessLog.to \""
            + directory
            + "/none/access.log\" cannot be written: there is no directory "
            + directory
            + "/none. Make it, for the user who runs the gateway to write.";
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "{to: none/access.log}");
      assertThatThrownBy(() -> FromFile.start(file))
          .isInstanceOf(GatewayStartException.class)
          .hasMessage(why);
      configure(upstream, "off");
      try (Gateway gateway = FromFile.start(file);
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        configure(upstream, "{to: none/access.log}");
        ReloadOutcome refused = FromFile.reload(gateway);
        assertThat(refused.applied()).isFalse();
        assertThat(refused.messages()).containsExactly(file + ": " + why);
        assertThat(client.get("/photos").answer().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void whatWaitsIsWrittenBeforeTheGatewayHasStopped() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "{to: access.log}");
      try (Gateway gateway = FromFile.start(file);
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        for (int i = 0; i < 100; i++) {
          client.get("/photos").answer();
        }
      }
      assertThat(Files.readAllLines(log)).hasSize(100);
    }
  }
}
