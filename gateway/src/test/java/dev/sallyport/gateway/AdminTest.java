package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FromFile;
import dev.sallyport.gateway.testkit.LogLines;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The row "console and admin" of the threats: own Host names, {@code Origin} and {@code
 * Sec-Fetch-*} checked, no state change by GET. And what operators are told.
 */
@ExtendWith(NoLeaks.class)
class AdminTest {
  @TempDir private Path directory;
  private Path file;
  private FaultyUpstream upstream;
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    upstream = FaultyUpstream.ok();
    file = directory.resolve("sallyport.yaml");
    write("    limits: {requestBody: 5, perClient: 100/h}\n");
    gateway = FromFile.start(file);
  }

  private void write(String rest) throws IOException {
    Files.writeString(
        file,
        """
        listen: 127.0.0.1:0
        admin: {address: 127.0.0.1:0, hosts: [gate.foo.com]}
        workers: 1
        routes:
          - path: /photos
            upstream: http://127.0.0.1:%d
            cors: {allowOrigins: ["https://blog.foo.com"]}
        %s"""
            .formatted(upstream.port(), rest));
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    upstream.close();
  }

  private RawClient operator() throws IOException {
    return RawClient.to(gateway.adminAddress().orElseThrow());
  }

  private Answer ask(String method, String path, String... headers) throws IOException {
    try (RawClient client = operator()) {
      StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1");
      for (String header : headers) {
        head.append("\r\n").append(header);
      }
      client.sendHead(head.toString());
      return method.equals("HEAD") ? client.answerToHead() : client.answer();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          localhost             | 200
          LOCALHOST:9901        | 200
          127.0.0.1             | 200
          127.0.0.1:1           | 200
          [::1]:9901            | 200
          gate.foo.com          | 200
          Gate.Foo.com:9901     | 200
          evil.example          | 421
          evil.example:9901     | 421
          127.0.0.1.evil.example| 421
          localhost.evil.example| 421
          gate.foo.com.         | 421
          192.0.2.1:9901        | 421
          2130706433            | 421
          127.0.0.1, evil.example | 421
          ''                    | 421
          """)
  void rebinding(String host, int status) throws Exception {
    assertThat(ask("GET", "/healthz", "Host: " + host).status()).isEqualTo(status);
  }

  @Test
  void rebindingByNoHostOrByTwo() throws Exception {
    assertThat(ask("GET", "/healthz").status()).isEqualTo(421);
    assertThat(ask("GET", "/healthz", "Host: localhost", "Host: evil.example").status())
        .isEqualTo(421);
    assertThat(ask("GET", "http://evil.example/healthz", "Host: localhost").status())
        .isEqualTo(421);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET  | /metrics | Sec-Fetch-Site: cross-site    | 403
          GET  | /metrics | Sec-Fetch-Site: same-site     | 403
          GET  | /metrics | Sec-Fetch-Site: none          | 200
          GET  | /metrics | Sec-Fetch-Site: same-origin   | 200
          GET  | /metrics | Origin: https://evil.example  | 403
          GET  | /metrics | Origin: null                  | 403
          GET  | /metrics | Origin: http://localhost:9901 | 200
          GET  | /metrics | Origin: https://localhost:9901| 403
          GET  | /metrics | Origin: http://localhost:8080 | 403
          POST | /reload  | Sec-Fetch-Site: cross-site    | 403
          POST | /reload  | Origin: https://evil.example  | 403
          POST | /reload  | Origin: null                  | 403
          POST | /reload  | X: y                          | 200
          GET  | /reload  | X: y                          | 405
          HEAD | /reload  | X: y                          | 405
          POST | /metrics | X: y                          | 405
          PUT  | /reload  | X: y                          | 405
          GET  | /other   | X: y                          | 404
          """)
  void crossSiteCalls(String method, String path, String header, int status) throws Exception {
    Answer answer = ask(method, path, "Host: localhost:9901", header, "Content-Length: 0");
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("access-control-allow-origin")).isEmpty();
  }

  @Test
  void everyAnswerIsKeptFromBeingAPage() throws Exception {
    for (String path : new String[] {"/metrics", "/healthz", "/readyz", "/", "/reload"}) {
      Answer answer = ask("GET", path, "Host: localhost");
      assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(answer.header("content-security-policy"))
          .contains("default-src 'none'", "sandbox");
      assertThat(answer.header("cross-origin-resource-policy")).isEqualTo("same-origin");
      assertThat(answer.header("cache-control")).isEqualTo("no-store");
      assertThat(answer.header("content-type")).doesNotContain("html");
    }
  }

  @Test
  void whatIsNotHttpIsRefused() throws Exception {
    try (RawClient client = operator()) {
      client.wire().send("\u0016\u0003\u0001\r\n\r\n");
      assertThat(client.answer().status()).isEqualTo(400);
    }
    assertThat(ask("POST", "/reload", "Host: localhost", "Content-Length: 100000").status())
        .isEqualTo(413);
  }

  /** The value of the meter whose line begins so; 0 when there is none. */
  private double metric(String line) throws IOException {
    return ask("GET", "/metrics", "Host: localhost")
        .body()
        .lines()
        .filter(each -> each.startsWith(line + " "))
        .mapToDouble(each -> Double.parseDouble(each.substring(each.lastIndexOf(' ') + 1)))
        .findFirst()
        .orElse(0);
  }

  private void await(String line, double value) throws Exception {
    Await.until(
        () -> line + " " + value + " in " + ask("GET", "/metrics", "Host: localhost").body(),
        () -> metric(line) == value);
  }

  private static String requests(String route, String category, String decision, String reason) {
    return "sallyport_requests_total{category=\"%s\",decision=\"%s\",reason=\"%s\",route=\"%s\"}"
        .formatted(category, decision, reason, route);
  }

  @Test
  void countsRequestsByRouteDecisionAndReason() throws Exception {
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      assertThat(client.get("/photos/1").answer().status()).isEqualTo(200);
      assertThat(client.get("/photos/2").answer().status()).isEqualTo(200);
      client.sendHead("GET /photos HTTP/1.1", "Host: gate", "Origin: https://evil.example");
      assertThat(client.answer().status()).isEqualTo(200);
      client.sendHead(
          "OPTIONS /photos HTTP/1.1",
          "Host: gate",
          "Origin: https://blog.foo.com",
          "Access-Control-Request-Method: DELETE");
      client.answer();
      assertThat(client.get("/elsewhere?\"evil\"").answer().status()).isEqualTo(404);
      client.sendHead("POST /photos HTTP/1.1", "Host: gate", "Content-Length: 6");
      assertThat(client.answer().status()).isEqualTo(413);
    }
    await(requests("/photos", "actual", "allowed", "allowed"), 2);
    await(requests("/photos", "actual", "denied", "origin-not-allowed"), 1);
    await(requests("/photos", "preflight", "denied", "method-not-allowed"), 1);
    await(requests("none", "undecided", "none", "no-route"), 1);
    await("sallyport_limit_hits_total{limit=\"requestBody\"}", 1);
    await("sallyport_responses_total{route=\"/photos\",status=\"2xx\"}", 4);
    await("sallyport_request_duration_seconds_count{route=\"/photos\"}", 5);
    await("sallyport_request_duration_seconds_bucket{route=\"/photos\",le=\"30.0\"}", 5);
    await("sallyport_upstream_duration_seconds_count{route=\"/photos\"}", 3);
    await("sallyport_connections", 0);
    assertThat(metric("sallyport_upstream_connects_total")).isEqualTo(1);
    assertThat(ask("GET", "/metrics", "Host: localhost").body())
        .contains("jvm_memory_used_bytes")
        .doesNotContain("evil", "elsewhere", "blog.foo.com");
  }

  @Test
  void labelsAreBoundedWhateverClientsSend() throws Exception {
    for (int i = 0; i < 50; i++) {
      try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
        client.sendHead(
            "GET /photos/" + i + "?q=" + i + " HTTP/1.1",
            "Host: h" + i + ".example",
            "Origin: https://o" + i + ".example");
        client.answer();
        client.sendHead("M" + i + " /nowhere/" + i + " HTTP/1.1", "Host: h" + i + ".example");
        client.answer();
      }
    }
    await(requests("/photos", "actual", "denied", "origin-not-allowed"), 50);
    assertThat(
            ask("GET", "/metrics", "Host: localhost")
                .body()
                .lines()
                .filter(line -> line.startsWith("sallyport_requests_total")))
        .hasSize(2);
  }

  @Test
  void reloadsAndSaysWhatIsWrong() throws Exception {
    Answer fine = ask("POST", "/reload", "Host: localhost", "Content-Length: 0");
    assertThat(fine.body()).isEqualTo("{\"applied\":true,\"messages\":[]}\n");
    write("    colour: \"<red>\"\n");
    Answer bad = ask("POST", "/reload", "Host: localhost", "Content-Length: 0");
    assertThat(bad.status()).isEqualTo(422);
    assertThat(bad.body())
        .startsWith("{\"applied\":false,\"messages\":[")
        .contains(":8:5: unknown key");
    assertThat(metric("sallyport_reloads_total{result=\"applied\"}")).isGreaterThanOrEqualTo(1);
    assertThat(metric("sallyport_reloads_total{result=\"refused\"}")).isGreaterThanOrEqualTo(1);
  }

  @Test
  void withoutAFileThereIsNothingToReload() throws Exception {
    gateway.close();
    GatewayConfig config = ConfigFile.read(file, name -> Optional.empty()).config().orElseThrow();
    gateway = Gateway.start(config);
    Answer answer = ask("POST", "/reload", "Host: localhost", "Content-Length: 0");
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.code()).isEqualTo("admin-no-file");
  }

  @Test
  void isNotReadyOnceItStops() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    upstream.play(
        visit -> {
          visit.readRequest();
          Await.open(answer);
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
    assertThat(ask("GET", "/readyz", "Host: localhost").status()).isEqualTo(200);
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.get("/photos");
      upstream.nextHead();
      CompletableFuture<Void> stopped = gateway.stop().toCompletableFuture();
      Answer ready = ask("GET", "/readyz", "Host: localhost");
      assertThat(ready.status()).isEqualTo(503);
      assertThat(ready.header("retry-after")).isNotEmpty();
      assertThat(ask("GET", "/healthz", "Host: localhost").status()).isEqualTo(200);
      answer.countDown();
      assertThat(client.answer().header("connection")).isEqualTo("close");
      stopped.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void withoutAdminNothingIsOpened() throws Exception {
    try (Gateway closed = Gateway.start(Routes.config(Routes.to(upstream)))) {
      assertThat(closed.adminAddress()).isEmpty();
    }
  }

  private List<String> metricsOf(String route) throws IOException {
    return ask("GET", "/metrics", "Host: localhost")
        .body()
        .lines()
        .filter(line -> line.contains("route=\"" + route + "\""))
        .toList();
  }

  @Test
  void aRouteThatIsRemovedIsMeasuredNoMore() throws Exception {
    CountDownLatch reloaded = new CountDownLatch(1);
    try (FaultyUpstream slow =
            FaultyUpstream.playing(
                visit -> {
                  visit.readRequest();
                  Await.open(reloaded);
                  visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                });
        LogLines log = new LogLines("sallyport.access");
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      write("  - {path: /slow, upstream: \"http://127.0.0.1:" + slow.port() + "\"}\n");
      assertThat(ask("POST", "/reload", "Host: localhost").status()).isEqualTo(200);
      assertThat(metricsOf("/slow")).isNotEmpty();
      client.get("/slow");
      slow.nextHead();
      write("");
      assertThat(ask("POST", "/reload", "Host: localhost").status()).isEqualTo(200);
      assertThat(metricsOf("/slow")).isEmpty();
      assertThat(metricsOf("/photos")).isNotEmpty();
      reloaded.countDown();
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(log.next()).startsWith("INFO GET /slow 200 ");
      assertThat(metricsOf("/slow")).as("what ends late brings them back").isEmpty();
      write("  - {path: /slow, upstream: \"http://127.0.0.1:" + slow.port() + "\"}\n");
      assertThat(ask("POST", "/reload", "Host: localhost").status()).isEqualTo(200);
      assertThat(metricsOf("/slow")).as("it is back").isNotEmpty();
    }
  }
}
