package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.Limits;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that are not there, stall, or go away. */
@ExtendWith(NoLeaks.class)
class UpstreamTroubleTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  private FaultyUpstream upstream;

  @BeforeEach
  void start() {
    upstream = FaultyUpstream.ok();
  }

  @AfterEach
  void stop() throws Exception {
    upstream.close();
  }

  private Gateway gateway() throws Exception {
    return Gateway.start(Routes.config(Routes.to(upstream)));
  }

  private static RawClient client(Gateway gateway) throws Exception {
    return RawClient.to(gateway.addresses().get(0));
  }

  private static void assertProblem(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
    assertThat(answer.code()).as(answer.toString()).isEqualTo(code);
    assertThat(answer.header("access-control-allow-origin"))
        .as("a script can read it")
        .isEqualTo(Routes.BLOG);
    assertThat(answer.header("vary")).isEqualTo("Origin");
  }

  @Test
  void answers502WhenNobodyListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (Gateway gateway = Gateway.start(Routes.config(Routes.to(port)));
        RawClient client = client(gateway)) {
      Answer answer = client.get("/x").answer();
      assertProblem(answer, 502, "upstream-unreachable");
      assertThat(answer.body()).doesNotContain(String.valueOf(port)).doesNotContain("127.0.0.1");
      assertProblem(client.get("/x").answer(), 502, "upstream-unreachable");
    }
  }

  @Test
  void answers502WhenTheNameIsNotFound() throws Exception {
    Upstream nowhere = new Upstream(false, "nowhere.invalid", OptionalInt.empty(), "");
    try (Gateway gateway = Gateway.start(Routes.config(Routes.to(nowhere)));
        RawClient client = client(gateway)) {
      assertProblem(client.get("/x").answer(), 502, "upstream-unreachable");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "[fd00:ec2::254]", "[::ffff:169.254.169.254]"})
  void neverCallsCloudMetadata(String host) throws Exception {
    Upstream metadata = new Upstream(false, host, OptionalInt.empty(), "");
    try (Gateway gateway = Gateway.start(Routes.config(Routes.to(metadata)));
        RawClient client = client(gateway)) {
      assertProblem(client.get("/x").answer(), 502, "upstream-unreachable");
    }
  }

  @Test
  void triesTheNextAddressOfAName() throws Exception {
    // localhost has ::1 as well on many machines, where nobody listens on this port.
    Upstream localhost = new Upstream(false, "localhost", OptionalInt.of(upstream.port()), "");
    try (Gateway gateway = Gateway.start(Routes.config(Routes.to(localhost)));
        RawClient client = client(gateway)) {
      assertThat(client.get("/x").answer().body()).isEqualTo("hello");
      assertThat(Wire.header(upstream.nextHead(), "host"))
          .isEqualTo("localhost:" + upstream.port());
    }
  }

  @Test
  void answers504WhenTheUpstreamStalls() throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().awaitEnd();
        });
    try (Gateway gateway =
            Gateway.start(Routes.config(Routes.to(upstream).timeout(Duration.ofMillis(50))));
        RawClient client = client(gateway)) {
      Answer answer = client.get("/x").answer();
      assertProblem(answer, 504, "upstream-timeout");
      upstream.play(visit -> visit.answer(OK));
      assertThat(client.get("/y").answer().body()).as("the connection lives on").isEqualTo("hello");
    }
  }

  @Test
  void answers504WhenTheUpstreamStallsInTheHead() throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-");
          visit.wire().awaitEnd();
        });
    try (Gateway gateway =
            Gateway.start(Routes.config(Routes.to(upstream).timeout(Duration.ofMillis(50))));
        RawClient client = client(gateway)) {
      assertProblem(client.get("/x").answer(), 504, "upstream-timeout");
    }
  }

  @Test
  void answers504WhenTheUpstreamStopsReading() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    upstream.play(
        visit -> {
          visit.readHead();
          Await.open(answered);
        });
    try (Gateway gateway =
            Gateway.start(Routes.config(Routes.to(upstream).timeout(Duration.ofMillis(200))));
        RawClient client = client(gateway)) {
      client.wire().send("POST /x HTTP/1.1\r\nHost: gate\r\nOrigin: " + Routes.BLOG + "\r\n");
      client.sendHead("Content-Length: 100000000");
      Thread sender = new Thread(() -> send(client, new byte[100_000_000]));
      sender.start();
      assertProblem(client.answer(), 504, "upstream-timeout");
      answered.countDown();
      client.wire().reset();
      sender.join();
    }
  }

  private static void send(RawClient client, byte[] bytes) {
    try {
      client.wire().send(bytes);
    } catch (IOException closedByTheGateway) {
      assertThat(closedByTheGateway).isNotNull();
    }
  }

  private static ConnectionLimits idle(Duration idle) {
    return Limits.common().idleTimeout(idle).build();
  }

  @Test
  void cutsOffWhenTheUpstreamStallsInTheBody() throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
          assertThat(visit.wire().awaitEnd()).as("the upstream is let go").isNotNull();
        });
    try (Gateway gateway =
            Gateway.start(Routes.config(idle(Duration.ofMillis(100)), Routes.to(upstream)));
        RawClient client = client(gateway)) {
      client.get("/x");
      client.wire().readHead();
      assertThat(client.wire().readToEnd()).startsWith("half").doesNotContain("HTTP");
    }
  }

  @Test
  void answers408WhenTheClientStallsInTheBody() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    upstream.play(FaultyUpstream.silent(ended));
    try (Gateway gateway =
            Gateway.start(Routes.config(idle(Duration.ofMillis(100)), Routes.to(upstream)));
        RawClient client = client(gateway)) {
      client.wire().send("POST /x HTTP/1.1\r\nHost: gate\r\nOrigin: " + Routes.BLOG + "\r\n");
      client.sendHead("Content-Length: 9").wire().send("half");
      assertProblem(client.answer(), 408, "request-timeout");
      Await.open(ended);
    }
  }

  @Test
  void cancelsTheUpstreamWhenTheClientGoesAway() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    upstream.play(FaultyUpstream.silent(cancelled));
    try (Gateway gateway = gateway()) {
      try (RawClient client = client(gateway)) {
        client.get("/x");
        upstream.nextHead();
      }
      Await.open(cancelled);
    }
  }

  @Test
  void cancelsTheUpstreamWhenTheClientGoesAwayInTheBody() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
          try {
            while (true) {
              visit.wire().send(new byte[10_000]);
            }
          } finally {
            cancelled.countDown();
          }
        });
    try (Gateway gateway = gateway()) {
      try (RawClient client = client(gateway)) {
        client.get("/x");
        client.wire().readHead();
      }
      Await.open(cancelled);
    }
  }

  @Test
  void truncatesUploadsOfClientsThatGoAway() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    upstream.play(
        visit -> {
          visit.readHead();
          String all = visit.wire().readToEnd();
          assertThat(all).doesNotContain("0\r\n\r\n");
          cancelled.countDown();
        });
    try (Gateway gateway = gateway()) {
      try (RawClient client = client(gateway)) {
        client.wire().send("POST /x HTTP/1.1\r\nHost: gate\r\nOrigin: " + Routes.BLOG + "\r\n");
        client.sendHead("Transfer-Encoding: chunked").wire().send("4\r\nhalf\r\n");
        upstream.nextHead();
      }
      Await.open(cancelled);
    }
  }

  @Test
  void truncatesUploadsWhoseChunksAreMalformed() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    upstream.play(
        visit -> {
          visit.readHead();
          String all = visit.wire().readToEnd();
          assertThat(all).doesNotContain("0\r\n\r\n").doesNotContain("smuggled");
          cancelled.countDown();
        });
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      client.wire().send("POST /x HTTP/1.1\r\nHost: gate\r\nOrigin: " + Routes.BLOG + "\r\n");
      client.sendHead("Transfer-Encoding: chunked");
      upstream.nextHead();
      client.wire().send("4\r\nhalf\r\nxyz\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: gate\r\n\r\n");
      assertProblem(client.answer(), 400, "bad-request-chunk");
      assertThat(client.wire().readToEnd()).isEmpty();
      Await.open(cancelled);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "DELETE", "PUT"})
  void callsAgainWhenAKeptConnectionHadEnded(String method) throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
          if (visit.number() == 1) {
            // Takes the next request, and closes as if it had been idle for too long.
            visit.wire().readHead();
          } else {
            visit.readRequest();
          }
        });
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      assertThat(client.get("/x").answer().status()).isEqualTo(200);
      client.sendHead(method + " /y HTTP/1.1", "Host: gate", "Origin: " + Routes.BLOG);
      assertThat(client.answerToHead().status()).as(method).isEqualTo(200);
      assertThat(upstream.connections()).isEqualTo(2);
    }
  }

  @Test
  void callsAgainOnlyOnce() throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          if (visit.number() == 1) {
            visit.wire().send(OK);
            visit.wire().readHead();
          }
        });
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      assertThat(client.get("/x").answer().status()).isEqualTo(200);
      assertProblem(client.get("/y").answer(), 502, "upstream-bad-answer");
      assertThat(upstream.connections()).isEqualTo(2);
    }
  }

  @Test
  void neverRepeatsWhatMayHaveBeenDone() throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().send(OK);
          visit.wire().readHead();
        });
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      assertThat(client.get("/x").answer().status()).isEqualTo(200);
      client.sendHead("POST /y HTTP/1.1", "Host: gate", "Origin: " + Routes.BLOG);
      assertProblem(client.answer(), 502, "upstream-bad-answer");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void neverRepeatsWhatWasAnsweredInPart() throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().send(OK);
          visit.wire().readHead();
          visit.wire().send("HTTP/1.1 103 Early Hints\r\n\r\n");
        });
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      assertThat(client.get("/x").answer().status()).isEqualTo(200);
      assertProblem(client.get("/y").answer(), 502, "upstream-bad-answer");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void neverHandsOutConnectionsThatWereClosedWhileIdle() throws Exception {
    upstream.play(visit -> visit.answer(OK));
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      for (int i = 1; i <= 50; i++) {
        client.sendHead("POST /y HTTP/1.1", "Host: gate", "Origin: " + Routes.BLOG);
        Answer answer = client.answer();
        // Now and then the close is still on its way, and a POST is not repeated.
        if (answer.status() != 200) {
          assertProblem(answer, 502, "upstream-bad-answer");
        }
      }
    }
  }

  @Test
  void neverTakesLateBytesForTheNextAnswer() throws Exception {
    String poisoned = "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\npoisoned";
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().send(OK + poisoned);
          visit.wire().awaitEnd();
        });
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      for (int i = 1; i <= 20; i++) {
        assertThat(client.get("/x").answer().body()).isEqualTo("hello");
      }
      assertThat(upstream.connections()).isEqualTo(20);
    }
  }

  /** What is no whole head would become the beginning of the next answer's. */
  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 200 OK\r\nX-Early: ", "HTTP/1.1 200 OK\r\n", "HTTP", "\r\n", "\r"})
  void neverTakesPartOfAHeadThatCameWhileIdleForTheNextAnswers(String early) throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    CountDownLatch sent = new CountDownLatch(1);
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().send(OK);
          if (visit.number() == 1) {
            Await.open(answered);
            visit.wire().send(early);
            sent.countDown();
            visit.readRequest();
            visit.wire().send(OK);
          }
        });
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      assertThat(client.get("/x").answer().body()).isEqualTo("hello");
      answered.countDown();
      Await.open(sent);
      TimeUnit.MILLISECONDS.sleep(100);
      Answer answer = client.get("/y").answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.head()).doesNotContainIgnoringCase("x-early");
      assertThat(upstream.connections()).isEqualTo(2);
    }
  }

  @Test
  void keepsConnectionsAndUsesThemAgain() throws Exception {
    try (Gateway gateway = gateway()) {
      for (int i = 1; i <= 20; i++) {
        try (RawClient client = client(gateway)) {
          assertThat(client.get("/x").answer().body()).isEqualTo("hello");
        }
      }
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void sharesConnectionsBetweenRoutesToOneServer() throws Exception {
    try (Gateway gateway =
            Gateway.start(
                Routes.config(
                    Routes.to(upstream).path("/a").basePath("/x"),
                    Routes.to(upstream).path("/b").basePath("/y")));
        RawClient client = client(gateway)) {
      for (String path : new String[] {"/a", "/b", "/a"}) {
        assertThat(client.get(path).answer().body()).isEqualTo("hello");
      }
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }
}
