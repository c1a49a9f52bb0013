package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.config.RouteCors;
import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.Limits;
import dev.sallyport.gateway.testkit.LogLines;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets through the gateway. */
@ExtendWith(NoLeaks.class)
class WebSocketTest {
  /** The key of RFC 6455, section 1.3, and what suits it. */
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final String ASKS =
      "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
          + "Sec-WebSocket-Key: "
          + KEY;
  private static final String OF_BLOG = "Origin: " + Routes.BLOG;
  private static final String GRANTS =
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n"
          + "Sec-WebSocket-Accept: "
          + ACCEPT
          + "\r\n";
  private static final ConnectionLimits SHORT =
      Limits.common().webSocketIdleTimeout(Duration.ofMillis(300)).build();

  private FaultyUpstream upstream = FaultyUpstream.playing(WebSocketTest::echo);
  private @Nullable Gateway gateway;

  /** Grants, and sends back what comes. */
  private static void echo(FaultyUpstream.Visit visit) throws IOException {
    visit.readHead();
    visit.wire().send(GRANTS + "\r\n");
    for (int b = visit.wire().in().read(); b >= 0; b = visit.wire().in().read()) {
      visit.wire().send(new byte[] {(byte) b});
    }
  }

  private RawClient client(Routes routes) throws Exception {
    return client(ConnectionLimits.DEFAULT, routes);
  }

  private RawClient client(ConnectionLimits limits, Routes routes) throws Exception {
    Gateway started = Gateway.start(Routes.config(limits, routes));
    gateway = started;
    return RawClient.to(started.addresses().get(0));
  }

  private static RawClient ask(RawClient client, String... lines) throws Exception {
    client.wire().send("GET /chat?room=1 HTTP/1.1\r\nHost: gate\r\n" + ASKS + "\r\n");
    return client.sendHead(lines);
  }

  @AfterEach
  void stop() throws Exception {
    if (gateway != null) {
      gateway.close();
    }
    upstream.close();
    assertThat(upstream.faults()).isEmpty();
  }

  @Test
  void passesBytesBothWaysOnceItIsOpen() throws Exception {
    try (RawClient client = client(Routes.to(upstream))) {
      ask(client, OF_BLOG, "Sec-WebSocket-Protocol: chat, superchat", "Cookie: a=b");
      String head = client.wire().readHead();
      assertThat(head)
          .startsWith("HTTP/1.1 101 ")
          .containsIgnoringCase("connection: upgrade\r\n")
          .containsIgnoringCase("upgrade: websocket\r\n")
          .contains("Sec-WebSocket-Accept: " + ACCEPT)
          .doesNotContainIgnoringCase("content-length")
          .doesNotContainIgnoringCase("transfer-encoding");
      assertThat(upstream.nextHead())
          .startsWith("GET /chat?room=1 HTTP/1.1\r\n")
          .containsIgnoringCase("connection: upgrade\r\n")
          .containsIgnoringCase("upgrade: websocket\r\n")
          .contains(OF_BLOG, "Sec-WebSocket-Key: " + KEY, "Sec-WebSocket-Protocol: chat, superchat")
          .doesNotContain("Cookie", "keep-alive");
      client.wire().send("hello");
      assertThat(client.wire().read(5)).isEqualTo("hello");
      client.wire().send("again");
      assertThat(client.wire().read(5)).isEqualTo("again");
    }
  }

  @Test
  void whatComesTogetherWithTheHandshakeIsNotLost() throws Exception {
    upstream.play(
        visit -> {
          visit.readHead();
          visit.wire().send(GRANTS + "\r\nfirst");
          assertThat(visit.wire().read(5)).isEqualTo("early");
          visit.wire().send("last");
        });
    try (RawClient client = client(Routes.to(upstream))) {
      client
          .wire()
          .send("GET / HTTP/1.1\r\nHost: gate\r\n" + ASKS + "\r\n" + OF_BLOG + "\r\n\r\nearly");
      client.wire().readHead();
      assertThat(client.wire().read(9)).isEqualTo("firstlast");
      assertThat(client.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
    }
  }

  /** The whole of the protocol, as a library speaks it: messages, and codes by which it closes. */
  @Test
  void closeCodesPass() throws Exception {
    upstream.play(
        visit -> {
          String key = visit.readHead().replaceFirst("(?is).*sec-websocket-key: (\\S+).*", "$1");
          visit.wire().send(GRANTS.replace(ACCEPT, acceptOf(key)) + "\r\n");
          visit.wire().send(new byte[] {(byte) 0x81, 2, 'h', 'i'});
          visit.wire().send(new byte[] {(byte) 0x88, 2, 0x0f, (byte) 0xa1});
          visit.wire().awaitEnd();
        });
    Gateway started = Gateway.start(Routes.config(Routes.to(upstream)));
    gateway = started;
    CompletableFuture<String> said = new CompletableFuture<>();
    CompletableFuture<Integer> closed = new CompletableFuture<>();
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("Origin", Routes.BLOG)
            .buildAsync(
                URI.create("ws://127.0.0.1:" + started.addresses().get(0).getPort() + "/chat"),
                new WebSocket.Listener() {
                  @Override
                  public @Nullable CompletionStage<?> onText(
                      WebSocket of, CharSequence text, boolean last) {
                    said.complete(text.toString());
                    of.request(1);
                    return null;
                  }

                  @Override
                  public @Nullable CompletionStage<?> onClose(
                      WebSocket of, int code, String reason) {
                    closed.complete(code);
                    return null;
                  }
                })
            .get(10, TimeUnit.SECONDS);
    assertThat(said.get(10, TimeUnit.SECONDS)).isEqualTo("hi");
    assertThat(closed.get(10, TimeUnit.SECONDS)).isEqualTo(4001);
    socket.abort();
  }

  private static String acceptOf(String key) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-1")
                  .digest(
                      (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                          .getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.com",
        "null",
        "https://blog.foo.com.evil.com",
        "http://blog.foo.com"
      })
  void crossSiteWebSocketHijacking(String origin) throws Exception {
    try (RawClient client = client(Routes.to(upstream))) {
      ask(client, "Origin: " + origin, "Cookie: session=1", "Sec-Fetch-Site: cross-site");
      assertThat(client.answer().status()).isEqualTo(403);
      assertThat(upstream.connections()).isZero();
    }
  }

  @Test
  void crossSiteWebSocketHijackingOfARouteWithoutPolicy() throws Exception {
    try (RawClient client = client(Routes.to(upstream).cors(new RouteCors.Closed()))) {
      ask(client, OF_BLOG);
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.code()).isEqualTo("cors-closed");
      assertThat(upstream.connections()).isZero();
      ask(client);
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 101 ");
    }
  }

  /** Other upgrades, and what no server takes for a handshake, are requests like any other. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET|Upgrade: websocket",
        "GET|Connection: Upgrade\r\nUpgrade: h2c",
        "GET|Connection: Upgrade\r\nUpgrade: TLS/1.0",
        "GET|Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13",
        "GET|Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short",
        "GET|Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 12\r\nSec-WebSocket-Key: "
            + KEY,
        "GET|Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: " + KEY,
        "GET|" + ASKS + "\r\nSec-WebSocket-Key: " + KEY,
        "GET|" + ASKS + "\r\nContent-Length: 1",
        "GET|" + ASKS + "\r\nTransfer-Encoding: chunked",
        "POST|" + ASKS,
      })
  void otherUpgradesAreNotPassedOn(String methodAndLines) throws Exception {
    upstream.close();
    upstream = FaultyUpstream.ok();
    String[] parts = methodAndLines.split("\\|", 2);
    try (RawClient client = client(Routes.to(upstream))) {
      String body =
          parts[1].contains("chunked") ? "0\r\n\r\n" : parts[1].contains("Length") ? "x" : "";
      client.wire().send(parts[0] + " / HTTP/1.1\r\nHost: gate\r\n" + parts[1] + "\r\n\r\n" + body);
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(upstream.nextHead()).doesNotContain("Upgrade: ", "upgrade: ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: x\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: "
            + ACCEPT
            + "\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nSec-WebSocket-Accept: "
            + ACCEPT
            + "\r\n\r\n",
      })
  void aGrantThatDoesNotSuitIsNotPassedOn(String grant) throws Exception {
    upstream.play(
        visit -> {
          visit.readHead();
          visit.wire().send(grant);
          visit.wire().awaitEnd();
        });
    try (RawClient client = client(Routes.to(upstream))) {
      ask(client, OF_BLOG);
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.code()).isEqualTo("upstream-bad-answer");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
    }
  }

  @Test
  void aRefusalIsAnAnswerLikeAnyOther() throws Exception {
    upstream.close();
    upstream =
        FaultyUpstream.answering(
            "HTTP/1.1 401 Unauthorized\r\nUpgrade: websocket\r\nContent-Length: 2\r\n\r\nno");
    try (RawClient client = client(Routes.to(upstream))) {
      ask(client, OF_BLOG);
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo("no");
      client.get("/next");
      assertThat(client.answer().status()).isEqualTo(401);
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void aServersEndIsTheClients() throws Exception {
    upstream.play(
        visit -> {
          visit.readHead();
          visit.wire().send(GRANTS + "\r\nbye");
        });
    try (RawClient client = client(Routes.to(upstream))) {
      ask(client, OF_BLOG);
      client.wire().readHead();
      assertThat(client.wire().readToEnd()).isEqualTo("bye");
    }
  }

  @Test
  void aClientsEndIsTheServers() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    StringBuilder came = new StringBuilder();
    upstream.play(
        visit -> {
          visit.readHead();
          visit.wire().send(GRANTS + "\r\n");
          came.append(visit.wire().readToEnd());
          ended.countDown();
        });
    try (RawClient client = client(Routes.to(upstream))) {
      ask(client, OF_BLOG);
      client.wire().readHead();
      client.wire().send("bye");
    }
    Await.open(ended);
    assertThat(came).hasToString("bye");
  }

  @Test
  void oneInWhichNothingMovesIsEnded() throws Exception {
    try (LogLines log = new LogLines("sallyport.access");
        RawClient client = client(SHORT, Routes.to(upstream))) {
      ask(client, OF_BLOG);
      client.wire().readHead();
      for (int i = 0; i < 5; i++) {
        TimeUnit.MILLISECONDS.sleep(100);
        client.wire().send("x");
        assertThat(client.wire().read(1)).isEqualTo("x");
      }
      assertThat(client.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
      assertThat(log.next()).contains("GET /chat", "101 idle");
    }
  }

  /** Neither end makes the gateway hold what the other does not read. */
  @Test
  void slowReadersStopFastWriters() throws Exception {
    int size = 64 * 1024 * 1024;
    AtomicLong sent = new AtomicLong();
    upstream.play(
        visit -> {
          visit.readHead();
          visit.wire().send(GRANTS + "\r\n");
          byte[] piece = new byte[1 << 16];
          while (sent.get() < size) {
            visit.wire().send(piece);
            sent.addAndGet(piece.length);
          }
        });
    try (RawClient client = client(Routes.to(upstream))) {
      ask(client, OF_BLOG);
      client.wire().readHead();
      long before = -1;
      for (long now = 0; now != before || now == 0; now = sent.get()) {
        before = now;
        TimeUnit.MILLISECONDS.sleep(300);
      }
      assertThat(before).isLessThan(size / 2);
      client.wire().in().skipNBytes(size);
      assertThat(client.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
    }
  }

  /** A server that sends back what comes reads nothing as long as nobody reads what it sends. */
  @Test
  void aClientThatReadNothingTakesTheServersConnectionWithIt() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    upstream.play(
        visit -> {
          visit.readHead();
          visit.wire().send(GRANTS + "\r\n");
          try {
            visit.wire().in().transferTo(visit.wire().socket().getOutputStream());
          } finally {
            ended.countDown();
          }
        });
    try (RawClient client = client(Routes.to(upstream))) {
      ask(client, OF_BLOG);
      client.wire().readHead();
      AtomicLong sent = new AtomicLong();
      Thread sender = new Thread(() -> sendOn(client, sent));
      sender.start();
      long before = -1;
      for (long now = 0; now != before || now == 0; now = sent.get()) {
        before = now;
        TimeUnit.MILLISECONDS.sleep(300);
      }
      client.wire().reset();
      sender.join();
    }
    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private static void sendOn(RawClient client, AtomicLong sent) {
    byte[] piece = new byte[1 << 16];
    try {
      while (true) {
        client.wire().send(piece);
        sent.addAndGet(piece.length);
      }
    } catch (IOException reset) {
      assertThat(reset).isNotNull();
    }
  }

  @Test
  void aStoppingGatewayLeavesItOpenForTheGraceTime() throws Exception {
    RawClient client = client(Routes.to(upstream));
    ask(client, OF_BLOG);
    client.wire().readHead();
    CompletableFuture<Void> stopped = Objects.requireNonNull(gateway).stop().toCompletableFuture();
    client.wire().send("still");
    assertThat(client.wire().read(5)).isEqualTo("still");
    client.close();
    stopped.get(20, TimeUnit.SECONDS);
  }
}
