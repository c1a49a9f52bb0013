package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.Limits;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
