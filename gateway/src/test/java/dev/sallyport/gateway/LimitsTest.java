package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.Limits;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What one client may cost. */
@ExtendWith(NoLeaks.class)
class LimitsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(100);

  private FaultyUpstream upstream;

  @BeforeEach
  void start() {
    upstream = FaultyUpstream.ok();
  }

  @AfterEach
  void stop() throws Exception {
    upstream.close();
  }

  private static RawClient client(Gateway gateway) throws Exception {
    return RawClient.to(gateway.addresses().get(0));
  }

  private static RawClient post(RawClient client, String... lines) throws Exception {
    client.wire().send("POST /x HTTP/1.1\r\nHost: gate\r\nOrigin: " + Routes.BLOG + "\r\n");
    return client.sendHead(lines);
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
  }

  @Test
  void refusesLongBodiesByTheirLength() throws Exception {
    try (Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream).requestBody(5)));
        RawClient client = client(gateway)) {
      assertThat(post(client, "Content-Length: 5").sendBody("hello").answer().status())
          .isEqualTo(200);
      upstream.nextHead();
      post(client, "Content-Length: 6").wire().send("hello!");
      assertProblem(client.answer(), 413, "body-too-large");
      assertThat(client.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
      assertThat(upstream.hasHead()).as("the upstream was called").isFalse();
    }
  }

  @Test
  void refusesLongBodiesThatComeInChunks() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    upstream.play(
        visit -> {
          visit.readHead();
          assertThat(visit.wire().readToEnd())
              .startsWith("3\r\nhel\r\n")
              .doesNotContain("0\r\n\r\n");
          cancelled.countDown();
        });
    try (Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream).requestBody(5)));
        RawClient client = client(gateway)) {
      post(client, "Transfer-Encoding: chunked").wire().send("3\r\nhel\r\n");
      upstream.nextHead();
      client.wire().send("3\r\nlo!\r\n");
      assertProblem(client.answer(), 413, "body-too-large");
      assertThat(client.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
      Await.open(cancelled);
    }
  }

  @Test
  void cutsOffWhenABodyGrowsTooLongBehindAnEarlyAnswer() throws Exception {
    upstream.play(
        visit -> {
          visit.readHead();
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
          visit.wire().awaitEnd();
        });
    try (Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream).requestBody(5)));
        RawClient client = client(gateway)) {
      post(client, "Transfer-Encoding: chunked");
      client.wire().readHead();
      client.wire().read(4);
      client.wire().send("6\r\nhello!\r\n");
      assertThat(client.wire().readToEnd()).doesNotContain("HTTP");
    }
  }

  @Test
  void countsRequestsPerClient() throws Exception {
    try (Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream).perClient(2, HOUR)));
        RawClient client = client(gateway);
        RawClient other = client(gateway)) {
      assertThat(client.get("/x").answer().status()).isEqualTo(200);
      assertThat(other.get("/x").answer().status()).isEqualTo(200);
      Answer answer = client.get("/x").answer();
      assertProblem(answer, 429, "too-many-requests");
      assertThat(Integer.parseInt(answer.header("retry-after"))).isBetween(1, 3600);
      client.sendHead(
          "OPTIONS /x HTTP/1.1",
          "Host: gate",
          "Origin: " + Routes.BLOG,
          "Access-Control-Request-Method: PUT");
      assertThat(client.answer().status()).as("preflights are not counted").isEqualTo(204);
    }
  }

  @Test
  void countsRequestsPerOrigin() throws Exception {
    Routes route =
        Routes.to(upstream)
            .cors(Routes.policy(builder -> builder.allowOrigins("https://other.foo.com")))
            .perOrigin(1, HOUR);
    try (Gateway gateway = Gateway.start(Routes.config(route));
        RawClient client = client(gateway)) {
      assertThat(client.get("/x").answer().status()).isEqualTo(200);
      assertProblem(client.get("/x").answer(), 429, "too-many-requests");
      for (String origin :
          new String[] {"Origin: https://other.foo.com", "Origin: https://evil.com", "X: y"}) {
        client.sendHead("GET /x HTTP/1.1", "Host: gate", origin);
        assertThat(client.answer().status()).as(origin).isEqualTo(200);
      }
    }
  }

  private Gateway gateway(Limits limits) throws Exception {
    return Gateway.start(Routes.config(limits.build(), Routes.to(upstream)));
  }

  @Test
  void tellsConnectionsThatAreTooMany() throws Exception {
    try (Gateway gateway = gateway(Limits.common().connections(2))) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        clients.add(client(gateway));
        assertThat(clients.get(i).get("/x").answer().status()).isEqualTo(200);
      }
      try (RawClient third = client(gateway)) {
        Answer answer = third.get("/x").answer();
        assertProblem(answer, 503, "overloaded");
        assertThat(Integer.parseInt(answer.header("retry-after"))).isPositive();
        assertThat(third.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
      }
      for (int i = 0; i < 16; i++) {
        clients.add(client(gateway));
      }
      try (RawClient dropped = client(gateway)) {
        assertThat(dropped.wire().readToEnd())
            .as("beyond those that are told")
            .doesNotContain("HTTP");
      }
      for (RawClient each : clients) {
        each.close();
      }
      assertThat(eventuallyServed(gateway)).as("what has left counts no more").isTrue();
    }
  }

  private static boolean eventuallyServed(Gateway gateway) throws Exception {
    for (int i = 0; i < 1000; i++) {
      try (RawClient client = client(gateway)) {
        client.get("/x");
        if (client.wire().beginsWith("HTTP/1.1 200")) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void refusesHeadsBeyondTheConfiguredSize() throws Exception {
    try (Gateway gateway = gateway(Limits.common().requestHead(200));
        RawClient client = client(gateway)) {
      assertThat(client.get("/" + "a".repeat(90)).answer().status()).isEqualTo(200);
      assertThat(client.get("/" + "a".repeat(190)).answer().code()).isEqualTo("head-too-large");
    }
  }

  @Test
  void dropsSlowHeads() throws Exception {
    try (Gateway gateway = gateway(Limits.common().headTimeout(SHORT));
        RawClient client = client(gateway)) {
      client.wire().send("GET /x HTTP/1.1\r\nHost:");
      assertThat(client.wire().readToEnd()).isEmpty();
    }
  }

  @Test
  void dropsSlowHeadsOnKeptConnections() throws Exception {
    try (Gateway gateway = gateway(Limits.common().headTimeout(SHORT));
        RawClient client = client(gateway)) {
      assertThat(client.get("/x").answer().status()).isEqualTo(200);
      client.wire().send("G");
      assertThat(client.wire().readToEnd()).isEmpty();
    }
  }

  @Test
  void dropsIdleConnections() throws Exception {
    try (Gateway gateway = gateway(Limits.common().idleTimeout(SHORT));
        RawClient silent = client(gateway);
        RawClient kept = client(gateway)) {
      assertThat(kept.get("/x").answer().status()).isEqualTo(200);
      assertThat(silent.wire().readToEnd()).isEmpty();
      assertThat(kept.wire().readToEnd()).isEmpty();
    }
  }
}
