package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.config.Route.Rate;
import dev.sallyport.gateway.limits.Quota;
import dev.sallyport.gateway.limits.QuotaStore;
import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.Limits;
import dev.sallyport.gateway.testkit.Names;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import dev.sallyport.gateway.upstream.UpstreamTls;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How a gateway stops. */
@ExtendWith(NoLeaks.class)
class StopTest {
  private static ConnectionLimits grace(Duration grace) {
    return Limits.common().grace(grace).build();
  }

  private static void join(CompletableFuture<Void> stopped) throws Exception {
    stopped.get(20, TimeUnit.SECONDS);
  }

  @Test
  void finishesWhatIsInFlight() throws Exception {
    CountDownLatch stopping = new CountDownLatch(1);
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> {
                  visit.readRequest();
                  Await.open(stopping);
                  visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                });
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0));
        RawClient idle = RawClient.to(gateway.addresses().get(0))) {
      InetSocketAddress address = gateway.addresses().get(0);
      client.get("/x");
      upstream.nextHead();
      CompletableFuture<Void> stopped = gateway.stop().toCompletableFuture();
      assertThat(idle.wire().awaitEnd()).as("idle connections end").isEqualTo(Wire.End.CLOSED);
      Assertions.assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()))
          .as("nothing new is accepted")
          .isInstanceOf(ConnectException.class);
      assertThat(stopped).isNotDone();
      stopping.countDown();
      Answer answer = client.answer();
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(client.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
      join(stopped);
    }
  }

  @Test
  void endsConnectionsBehindAnswersThatHadBegun() throws Exception {
    CountDownLatch stopping = new CountDownLatch(1);
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> {
                  visit.readRequest();
                  visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhe");
                  Await.open(stopping);
                  visit.wire().send("llo");
                });
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.get("/x");
      assertThat(client.wire().readHead()).doesNotContain("close");
      CompletableFuture<Void> stopped = gateway.stop().toCompletableFuture();
      stopping.countDown();
      assertThat(client.wire().readToEnd()).isEqualTo("hello");
      join(stopped);
    }
  }

  @Test
  void refusesNewRequestsOnConnectionsThatAreStillThere() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0));
        RawClient idle = RawClient.to(gateway.addresses().get(0))) {
      assertThat(client.get("/x").answer().status()).isEqualTo(200);
      client.wire().send("GET /y HTTP/1.1\r\nHost: gate\r\n");
      assertThat(idle.get("/x").answer().status())
          .as("the same event loop has seen it")
          .isEqualTo(200);
      CompletableFuture<Void> stopped = gateway.stop().toCompletableFuture();
      idle.wire().awaitEnd();
      client.wire().send("Origin: " + Routes.BLOG + "\r\n\r\n");
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("stopping");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(Integer.parseInt(answer.header("retry-after"))).isPositive();
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
      join(stopped);
    }
  }

  /** A system accepts connections, and what is sent on them, before a program hears of them. */
  @Test
  void theFirstRequestOfAConnectionIsAnsweredEvenIfItComesLate() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient used = RawClient.to(gateway.addresses().get(0));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      assertThat(used.get("/x").answer().status())
          .as("the same event loop has seen it")
          .isEqualTo(200);
      CompletableFuture<Void> stopped = gateway.stop().toCompletableFuture();
      assertThat(used.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
      Answer answer = client.get("/y").answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("stopping");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(client.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
      join(stopped);
    }
  }

  /** Holds up the only event loop, while it asks for the first request, until {@code goOn}. */
  private static Gateway busy(FaultyUpstream upstream, CountDownLatch begun, CountDownLatch goOn)
      throws Exception {
    QuotaStore store =
        (name, of) ->
            new Quota() {
              @Override
              public Rate rate() {
                return of;
              }

              @Override
              public CompletionStage<Optional<Duration>> take(String caller) {
                begun.countDown();
                Await.open(goOn);
                return CompletableFuture.completedStage(Optional.empty());
              }
            };
    return Gateway.start(
        Routes.config(Routes.to(upstream).perClient(1, Duration.ofSeconds(1))),
        UpstreamTls.trustingTheJdks(),
        new Names(),
        store);
  }

  @Test
  void connectionsThatTheSystemHasTakenAreAnsweredToo() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    List<RawClient> clients = new ArrayList<>();
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = busy(upstream, begun, goOn);
        RawClient first = RawClient.to(gateway.addresses().get(0))) {
      first.get("/x");
      Await.open(begun);
      for (int i = 0; i < 200; i++) {
        clients.add(RawClient.to(gateway.addresses().get(0)).get("/" + i));
      }
      CompletableFuture<Void> stopped =
          CompletableFuture.supplyAsync(gateway::stop).thenCompose(stop -> stop);
      // The end of the listener waits for the event loop, too.
      TimeUnit.MILLISECONDS.sleep(100);
      goOn.countDown();
      for (RawClient client : clients) {
        assertThat(client.answer().status()).isIn(200, 503);
        client.close();
      }
      assertThat(first.answer().status()).isIn(200, 503);
      join(stopped);
    }
  }

  @Test
  void connectionsThatNeverAskDoNotKeepItFromStopping() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      join(gateway.stop().toCompletableFuture());
      assertThat(client.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
    }
  }

  @Test
  void endsAllWhenTheGraceIsOver() throws Exception {
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> {
                  visit.readRequest();
                  visit.wire().awaitEnd();
                });
        Gateway gateway =
            Gateway.start(Routes.config(grace(Duration.ofMillis(50)), Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.get("/x");
      upstream.nextHead();
      join(gateway.stop().toCompletableFuture());
      assertThat(client.wire().readToEnd()).doesNotContain("HTTP");
    }
  }

  @Test
  void stopsOnce() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)))) {
      join(gateway.stop().toCompletableFuture());
      join(gateway.stop().toCompletableFuture());
    }
  }
}
