package dev.sallyport.gateway;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sallyport.gateway.config.Admin;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.telemetry.Limit;
import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FrameClient;
import dev.sallyport.gateway.testkit.Frames;
import dev.sallyport.gateway.testkit.Limits;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import io.netty.channel.epoll.Epoll;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slow clients: slow heads, slow bodies, slow readers, and too many of one client. */
@ExtendWith(NoLeaks.class)
class SlowClientsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final int LARGE = 64 << 20;

  private FaultyUpstream upstream = FaultyUpstream.ok();
  private @Nullable Gateway gateway;

  @AfterEach
  void stop() throws Exception {
    if (gateway != null) {
      gateway.close();
    }
    upstream.close();
  }

  private void serve(Limits limits) throws Exception {
    GatewayConfig config = Routes.config(limits.build(), Routes.to(upstream));
    gateway =
        Gateway.start(
            new GatewayConfig(
                config.listeners(),
                Optional.of(new Admin("127.0.0.1", 0, Set.of())),
                config.accessLog(),
                config.workers(),
                config.transport(),
                config.limits(),
                config.trustedProxies(),
                config.routes()));
  }

  private Gateway running() {
    return Objects.requireNonNull(gateway);
  }

  private RawClient client() throws IOException {
    return RawClient.to(running().addresses().get(0));
  }

  private FrameClient http2() throws IOException {
    return FrameClient.to(running().addresses().get(0));
  }

  /** A client whose system takes little that it does not read. */
  private Socket withSmallBuffer() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 * 1024);
    socket.connect(running().addresses().get(0));
    return socket;
  }

  private String metrics() throws Exception {
    try (RawClient operator = RawClient.to(running().adminAddress().orElseThrow())) {
      operator.sendHead("GET /metrics HTTP/1.1", "Host: localhost");
      return operator.answer().body();
    }
  }

  private void assertHit(Limit limit) throws Exception {
    assertThat(metrics().lines())
        .contains("sallyport_limit_hits_total{limit=\"" + limit.key() + "\"} 1.0");
  }

  private static void pause(int millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  // ── heads ────────────────────────────────────────────────────────────────────────────────────

  @Test
  void slowHeads() throws Exception {
    serve(Limits.common().headTimeout(SHORT).idleTimeout(HOUR));
    try (RawClient client = client()) {
      client.wire().send("GET / HTTP/1.1\r\nHost: gate\r\nX: ");
      CompletableFuture<Void> dripping = drip(client.wire(), new byte[] {'a'});
      assertThat(client.wire().readToEnd().replace("[reset]", "")).isEmpty();
      dripping.get(20, TimeUnit.SECONDS);
    }
    assertHit(Limit.HEAD_TIMEOUT);
  }

  /** Sends {@code piece} now and then, until nobody takes it. */
  private static CompletableFuture<Void> drip(Wire wire, byte[] piece) {
    return CompletableFuture.runAsync(
        () -> {
          try {
            while (true) {
              wire.send(piece);
              pause(20);
            }
          } catch (IOException ended) {
            // As it should be.
          }
        });
  }

  // ── bodies ───────────────────────────────────────────────────────────────────────────────────

  private static RawClient post(RawClient client, long length) throws IOException {
    return client.sendHead(
        "POST /x HTTP/1.1", "Host: gate", "Origin: " + Routes.BLOG, "Content-Length: " + length);
  }

  /** Never idle, and never as fast as has to be. */
  @Test
  void slowBodies() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    upstream.play(FaultyUpstream.silent(cancelled));
    serve(Limits.common().leastBodyRate(10_000).idleTimeout(SHORT));
    try (RawClient client = client()) {
      post(client, 1_000_000);
      CompletableFuture<Void> dripping = drip(client.wire(), new byte[10]);
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.code()).isEqualTo("request-timeout");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
      assertThat(answer.header("connection")).isEqualTo("close");
      Await.open(cancelled);
      client.wire().socket().close();
      dripping.get(20, TimeUnit.SECONDS);
    }
    assertHit(Limit.LEAST_BODY_RATE);
  }

  @Test
  void slowBodiesOfHttp2() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    upstream.play(FaultyUpstream.silent(cancelled));
    serve(Limits.common().leastBodyRate(10_000).idleTimeout(SHORT));
    try (FrameClient client = http2()) {
      client.request(1, false, "POST", "/x");
      CompletableFuture<Void> dripping =
          drip(client.wire(), FrameClient.bytes(FrameClient.DATA, 0, 1, new byte[10]));
      FrameClient.Answer answer = client.answer(1);
      assertThat(answer.status()).isEqualTo(408);
      assertThat(answer.body()).contains("request-timeout");
      Await.open(cancelled);
      client.wire().socket().close();
      dripping.get(20, TimeUnit.SECONDS);
    }
    assertHit(Limit.LEAST_BODY_RATE);
  }

  /** Above the rate, and in all for longer than any limit of time. */
  @Test
  void anHonestSlowBodyIsTaken() throws Exception {
    upstream.play(
        visit -> {
          int length = visit.readRequest().length();
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + length);
        });
    serve(Limits.common().leastBodyRate(100).idleTimeout(Duration.ofSeconds(1)));
    try (RawClient client = client();
        FrameClient http2 = http2()) {
      post(client, 3000);
      http2.request(1, false, "POST", "/x");
      for (int i = 0; i < 30; i++) {
        client.wire().send(new byte[100]);
        http2.data(1, i == 29, "a".repeat(100));
        pause(100);
      }
      assertThat(client.answer().body()).isEqualTo("3000");
      assertThat(http2.answer(1).body()).isEqualTo("3000");
    }
  }

  @Test
  void withoutARateEveryByteKeepsABody() throws Exception {
    upstream.play(visit -> visit.answer("HTTP/1.1 204 No Content\r\n\r\n"));
    serve(Limits.common().leastBodyRate(0).idleTimeout(Duration.ofSeconds(1)));
    try (RawClient client = client()) {
      post(client, 20);
      for (int i = 0; i < 20; i++) {
        client.wire().send(new byte[1]);
        pause(100);
      }
      assertThat(client.answer().status()).isEqualTo(204);
    }
  }

  /** A client that would send, and whose body is not read, is not slow. */
  @Test
  void aBodyHeldUpByTheUpstreamIsNotBlamedOnTheClient() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    readWhen(held);
    serve(Limits.common().leastBodyRate(10_000).idleTimeout(SHORT));
    try (RawClient client = client()) {
      post(client, LARGE);
      AtomicLong sent = new AtomicLong();
      CompletableFuture<Void> sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (byte[] piece = new byte[1 << 16]; sent.get() < LARGE; ) {
                    client.wire().send(piece);
                    sent.addAndGet(piece.length);
                  }
                } catch (IOException e) {
                  throw new AssertionError("after " + sent, e);
                }
              });
      Await.standstill(sent, SHORT.multipliedBy(3));
      assertThat(sent.get()).as("sent, and read by nobody").isLessThan(LARGE);
      held.countDown();
      sending.get(60, TimeUnit.SECONDS);
      assertThat(client.answer().body()).isEqualTo("hello");
    }
  }

  /** The upstream reads when {@code held} is over, and then answers. */
  private void readWhen(CountDownLatch held) {
    upstream.play(
        visit -> {
          String head = visit.readHead();
          if (head.startsWith("POST /free")) {
            visit.readBody(head);
          } else {
            Await.open(held);
            String length = Wire.header(head, "content-length");
            if (length.isEmpty()) {
              visit.wire().readChunks();
            } else {
              visit.wire().in().skipNBytes(Long.parseLong(length));
            }
          }
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        });
  }

  /**
   * A stream that its upstream holds up fills the window that all streams share, so that the client
   * cannot send on the others either.
   */
  @Test
  void aBodyHeldUpByAnotherStreamIsNotBlamedOnTheClient() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    readWhen(held);
    serve(Limits.common().leastBodyRate(10_000).idleTimeout(SHORT));
    try (FrameClient client = http2()) {
      client.request(1, false, "POST", "/held");
      AtomicLong window = new AtomicLong(65_535);
      AtomicLong ofStream = new AtomicLong(65_535);
      AtomicLong moved = new AtomicLong();
      CompletableFuture<Frames.Frame> head = new CompletableFuture<>();
      var unused =
          CompletableFuture.runAsync(
              () -> {
                try {
                  while (!head.isDone()) {
                    Frames.Frame frame = client.frame();
                    if (frame.type() == FrameClient.WINDOW_UPDATE) {
                      moved.incrementAndGet();
                      (frame.stream() == 0 ? window : ofStream).addAndGet(frame.number(0));
                    } else if (frame.stream() == 3) {
                      head.complete(frame);
                    }
                  }
                } catch (IOException e) {
                  head.completeExceptionally(e);
                }
              });
      while (Math.min(window.get(), ofStream.get()) > 0 || !isStill(moved)) {
        int length = (int) Math.min(16_384, Math.min(window.get(), ofStream.get()));
        if (length > 0) {
          client.send(FrameClient.DATA, 0, 1, new byte[length]);
          window.addAndGet(-length);
          ofStream.addAndGet(-length);
        }
      }
      assertThat(window.get()).as("left of the window of all").isZero();
      client.request(3, false, "POST", "/free");
      pause(3 * (int) SHORT.toMillis());
      assertThat(head.isDone()).as("the stream that cannot be sent on was answered").isFalse();
      held.countDown();
      Await.until("room in the window of all", () -> window.get() > 0);
      client.data(3, true, "a");
      assertThat(client.list(head.get(20, TimeUnit.SECONDS)).status()).hasToString("200");
    }
  }

  private static boolean isStill(AtomicLong moved) {
    long before = moved.get();
    for (int i = 0; i < 12; i++) {
      if (moved.get() != before) {
        return false;
      }
      pause(i == 0 ? 1 : 100);
    }
    return moved.get() == before;
  }

  // ── readers ──────────────────────────────────────────────────────────────────────────────────

  /** The upstream answers with so much, and notes when it is rid of the gateway. */
  private CountDownLatch answerWith(int size) {
    CountDownLatch done = new CountDownLatch(1);
    upstream.play(
        visit -> {
          try {
            while (true) {
              visit.readRequest();
              visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
              for (int sent = 0; sent < size; sent += 1000) {
                visit.wire().send(new byte[Math.min(1000, size - sent)]);
              }
            }
          } finally {
            done.countDown();
          }
        });
    return done;
  }

  @Test
  void anAnswerThatIsNotReadIsEnded() throws Exception {
    CountDownLatch done = answerWith(LARGE);
    serve(Limits.common().writeTimeout(SHORT).idleTimeout(HOUR));
    try (RawClient client = RawClient.on(withSmallBuffer())) {
      client.get("/x");
      Await.open(done);
      assertHit(Limit.WRITE_TIMEOUT);
      assertThat(client.wire().readToEnd().length()).isLessThan(LARGE);
    }
  }

  @Test
  void anAnswerThatIsNotReadIsEndedOnItsStreamAlone() throws Exception {
    CountDownLatch done = answerWith(LARGE);
    serve(Limits.common().writeTimeout(SHORT).idleTimeout(HOUR));
    try (FrameClient client = http2()) {
      client.request(1, true, "GET", "/x");
      Await.open(done);
      assertHit(Limit.WRITE_TIMEOUT);
      assertThat(client.list(client.next(FrameClient.HEADERS)).status()).hasToString("200");
      assertThat(client.next(FrameClient.RST_STREAM).stream()).isEqualTo(1);
      upstream.play(visit -> visit.answer("HTTP/1.1 204 No Content\r\n\r\n"));
      assertThat(client.request(3, true, "GET", "/y").answer(3).status()).isEqualTo(204);
    }
  }

  /**
   * Of the lengths that are asked for the gateway's system takes the least whole, and of the most
   * the gateway does not read the end before the client has read; between them are some whose end
   * the gateway holds.
   */
  private static final int[] LENGTHS = IntStream.rangeClosed(1, 12).map(i -> i * 16_000).toArray();

  /** The upstream answers with as many bytes as the path says. */
  private void answerAsAsked() {
    upstream.play(
        visit -> {
          while (true) {
            String head = visit.readHead();
            int length = Integer.parseInt(head.substring("GET /".length(), head.indexOf(" HTTP")));
            visit
                .wire()
                .send("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n")
                .send(new byte[length]);
          }
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"close", "keep-alive"})
  void theEndOfAnAnswerThatIsNotReadIsDropped(String connection) throws Exception {
    assumeTrue(Epoll.isAvailable(), "elsewhere the system holds all of such an answer");
    answerAsAsked();
    serve(Limits.common().writeTimeout(SHORT).idleTimeout(HOUR));
    List<Socket> sockets = new ArrayList<>();
    for (int length : LENGTHS) {
      sockets.add(ask(length, connection));
    }
    String all = metrics();
    for (int i = 0; i < 200 && hits(all) <= cuts(all); i++) {
      pause(50);
      all = metrics();
    }
    assertThat(hits(all)).as("beside those that are cut in their middle").isGreaterThan(cuts(all));
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private Socket ask(int length, String connection) throws IOException {
    Socket socket = withSmallBuffer();
    RawClient.on(socket)
        .sendHead("GET /" + length + " HTTP/1.1", "Host: gate", "Connection: " + connection);
    return socket;
  }

  private static double hits(String metrics) {
    return sum(metrics, "sallyport_limit_hits_total{limit=\"writeTimeout\"");
  }

  private static double cuts(String metrics) {
    return sum(
        metrics.lines().filter(line -> line.contains("reason=\"cut\"")).collect(joining("\n")),
        "sallyport_requests_total{");
  }

  private static double sum(String metrics, String name) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(name))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  /** They are still at the end when an idle connection would be closed. */
  @ParameterizedTest
  @ValueSource(strings = {"close", "keep-alive"})
  void honestSlowReadersGetAllOfTheEnd(String connection) throws Exception {
    answerAsAsked();
    serve(Limits.common().writeTimeout(Duration.ofSeconds(5)).idleTimeout(SHORT));
    ExecutorService readers = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> read = new ArrayList<>();
      for (int length : LENGTHS) {
        Socket socket = ask(length, connection);
        read.add(readers.submit(() -> readSlowly(socket)));
      }
      for (int i = 0; i < LENGTHS.length; i++) {
        assertThat(read.get(i).get(60, TimeUnit.SECONDS)).isEqualTo(LENGTHS[i]);
      }
    } finally {
      readers.shutdownNow();
    }
  }

  /** Reads to the end, some 40 kB a second; how long the body was, or -1 if it was cut off. */
  private static int readSlowly(Socket socket) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    byte[] piece = new byte[2000];
    try (socket) {
      for (int n = 0; n >= 0; n = socket.getInputStream().read(piece)) {
        read.write(piece, 0, n);
        pause(50);
      }
    } catch (SocketException reset) {
      return -1;
    }
    return read.size() - read.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n") - 4;
  }

  // ── connections of one client ────────────────────────────────────────────────────────────────

  @Test
  void connectionsOfOneClient() throws Exception {
    serve(Limits.common().connectionsPerClient(2));
    try (RawClient first = client();
        RawClient second = client();
        RawClient third = client();
        FrameClient fourth = http2();
        RawClient other = fromElsewhere()) {
      assertThat(first.get("/x").answer().status()).isEqualTo(200);
      assertThat(second.get("/x").answer().status()).isEqualTo(200);
      Answer answer = third.get("/x").answer();
      assertThat(answer.status()).isEqualTo(503);
      assertThat(answer.code()).isEqualTo("too-many-connections");
      assertThat(answer.header("retry-after")).isEqualTo("5");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
      assertThat(third.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
      FrameClient.Answer ofHttp2 = fourth.request(1, true, "GET", "/x").answer(1);
      assertThat(ofHttp2.status()).isEqualTo(503);
      assertThat(ofHttp2.body()).contains("too-many-connections");
      assertThat(other.get("/x").answer().status()).as("another client").isEqualTo(200);
    }
  }

  private RawClient fromElsewhere() throws IOException {
    Socket socket = new Socket();
    socket.bind(new InetSocketAddress("127.0.0.2", 0));
    socket.connect(running().addresses().get(0));
    return RawClient.on(socket);
  }

  @Test
  void connectionsThatAClientHasClosedDoNotCount() throws Exception {
    serve(Limits.common().connectionsPerClient(1));
    for (int i = 0; i < 3; i++) {
      assertThat(eventuallyServed()).isTrue();
    }
  }

  private boolean eventuallyServed() throws Exception {
    for (int i = 0; i < 1000; i++) {
      try (RawClient client = client()) {
        if (client.get("/x").wire().beginsWith("HTTP/1.1 200")) {
          return true;
        }
      }
    }
    return false;
  }
}
