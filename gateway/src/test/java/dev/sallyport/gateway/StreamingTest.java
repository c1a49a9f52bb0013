package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who reads slowly slows down whoever sends. */
@ExtendWith(NoLeaks.class)
class StreamingTest {
  private static final long SIZE = 512L << 20;

  /** What the buffers of four sockets and of the gateway may hold. */
  private static final long HELD = 64L << 20;

  private static final byte[] PIECE = new byte[64 << 10];

  private static void send(Wire wire, AtomicLong sent) throws IOException {
    while (sent.get() < SIZE) {
      wire.send(PIECE);
      sent.addAndGet(PIECE.length);
    }
  }

  @Test
  void slowReadersHoldUpTheUpstream() throws Exception {
    AtomicLong sent = new AtomicLong();
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> {
                  visit.readRequest();
                  visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
                  send(visit.wire(), sent);
                });
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.get("/x").wire().readHead();
      Await.heldUp(sent, HELD);
      assertThat(sent.get()).as("sent by the upstream, read by nobody").isLessThan(HELD);
      client.wire().in().skipNBytes(SIZE);
      assertThat(sent.get()).isEqualTo(SIZE);
    }
  }

  @Test
  void slowUpstreamsHoldUpTheClient() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch held = new CountDownLatch(1);
    CompletableFuture<Void> sender = new CompletableFuture<>();
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> {
                  visit.readHead();
                  Await.open(held, Duration.ofSeconds(60));
                  visit.wire().in().skipNBytes(SIZE);
                  visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
                });
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.sendHead(
          "POST /x HTTP/1.1", "Host: gate", "Origin: " + Routes.BLOG, "Content-Length: " + SIZE);
      Thread thread =
          new Thread(
              () -> {
                try {
                  send(client.wire(), sent);
                  sender.complete(null);
                } catch (IOException e) {
                  sender.completeExceptionally(e);
                }
              });
      thread.start();
      Await.heldUp(sent, HELD);
      assertThat(sent.get()).as("sent by the client, read by nobody").isLessThan(HELD);
      held.countDown();
      sender.get(60, TimeUnit.SECONDS);
      assertThat(client.answer().body()).isEqualTo("hello");
    }
  }

  /** Whoever has sent all and says so is read to the end, however slow the other side is. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void anUpstreamsEndComesThroughBehindASlowReader(int attempt) throws Exception {
    int size = 3 << 20;
    CountDownLatch ended = new CountDownLatch(1);
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> {
                  visit.readRequest();
                  visit.wire().send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
                  visit.wire().send(new byte[size]);
                  visit.wire().endOutput();
                  ended.countDown();
                  visit.wire().awaitEnd();
                });
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        Socket socket = new Socket()) {
      socket.setReceiveBufferSize(16 << 10);
      socket.connect(gateway.addresses().get(0));
      RawClient client = RawClient.on(socket);
      client.sendHead("GET /x HTTP/1.0", "Host: gate");
      client.wire().readHead();
      Await.open(ended, Duration.ofSeconds(60));
      // Lets the gateway see the end while it holds the upstream up.
      Thread.sleep(200);
      client.wire().in().skipNBytes(size);
      assertThat(client.wire().awaitEnd()).as("attempt %s", attempt).isEqualTo(Wire.End.CLOSED);
    }
  }
}
