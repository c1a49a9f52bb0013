package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.Limits;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What has to hold at the edges of connections: too large, too many, cut off. */
@ExtendWith(NoLeaks.class)
class HardeningTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://blog.foo.com\r\nA: ",
        "origin:https://blog.foo.com\r\nA: ",
        "Origin: https://blog.foo.com\r\nB: c\r\nA: ",
        "B: c\r\nOrigin: https://blog.foo.com\r\nA: "
      })
  void aPageReadsThatItsHeadersAreTooLarge(String before) throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client
          .wire()
          .send("GET / HTTP/1.1\r\nHost: gate\r\n" + before + "x".repeat(40_000) + "\r\n\r\n");
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(431);
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://blog.foo.com");
    }
  }

  @Test
  void twoOriginsAreRecoveredAsNone() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client
          .wire()
          .send(
              "GET / HTTP/1.1\r\nHost: gate\r\nOrigin: https://evil.com\r\nOrigin: https://blog.foo.com\r\nA: "
                  + "x".repeat(40_000)
                  + "\r\n\r\n");
      assertThat(client.answer().header("access-control-allow-origin")).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0\r\nX-A: y\r\n z\r\n\r\n",
        "0;x=y\r\n X-A: y\r\n\r\n",
        "00\r\nX-A: y\r\n\tz\r\n\r\n"
      })
  void aFoldedTrailerIsRefused(String end) throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client
          .wire()
          .send(
              "POST / HTTP/1.1\r\nHost: gate\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n"
                  + end);
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("bad-request-chunk");
      assertThat(answer.header("connection")).isEqualTo("close");
    }
  }

  @Test
  void aFoldedTrailerOfTheUpstreamCutsTheAnswer() throws Exception {
    try (FaultyUpstream upstream =
            FaultyUpstream.answering(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-A: y\r\n z\r\n\r\n");
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.get("/");
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 200 ");
      assertThat(client.wire().readToEnd()).doesNotContain("0\r\n").doesNotContain("X-A");
    }
  }

  @Test
  void oneConnectionTooManyIsToldSoAtOnce() throws Exception {
    ConnectionLimits two = Limits.common().connections(2).build();
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = Gateway.start(Routes.config(two, Routes.to(upstream).path("/photos")));
        RawClient first = RawClient.to(gateway.addresses().get(0));
        RawClient second = RawClient.to(gateway.addresses().get(0))) {
      assertThat(first.get("/photos").answer().status()).isEqualTo(200);
      assertThat(second.get("/photos").answer().status()).isEqualTo(200);
      for (String path : new String[] {"/photos", "/nowhere"}) {
        try (RawClient third = RawClient.to(gateway.addresses().get(0))) {
          Answer answer = third.get(path).answer();
          assertThat(answer.status()).as(path).isEqualTo(503);
          assertThat(answer.code()).isEqualTo("overloaded");
          assertThat(answer.header("retry-after")).isNotEmpty();
          assertThat(answer.header("connection")).isEqualTo("close");
        }
      }
    }
  }

  /**
   * To a client of HTTP/1.0 the end of the connection is the end of the answer, unless it is a
   * reset.
   */
  @Test
  void whatGraceCutsOffDoesNotLookComplete() throws Exception {
    ConnectionLimits hasty = Limits.common().grace(Duration.ofMillis(200)).build();
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> {
                  visit.readRequest();
                  visit.wire().send("HTTP/1.1 200 OK\r\n\r\nbegun");
                  visit.wire().awaitEnd();
                });
        RawClient client = clientOfStopping(hasty, upstream)) {
      assertThat(client.wire().awaitEnd()).isEqualTo(Wire.End.RESET);
    }
  }

  private static RawClient clientOfStopping(ConnectionLimits limits, FaultyUpstream upstream)
      throws Exception {
    Gateway gateway = Gateway.start(Routes.config(limits, Routes.to(upstream)));
    RawClient client = RawClient.to(gateway.addresses().get(0));
    client.sendHead("GET / HTTP/1.0", "Host: gate");
    client.wire().readHead();
    assertThat(client.wire().read(5)).isEqualTo("begun");
    gateway.stop().toCompletableFuture().get(20, TimeUnit.SECONDS);
    return client;
  }
}
