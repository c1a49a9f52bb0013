package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FrameClient;
import dev.sallyport.gateway.testkit.FrameClient.Answer;
import dev.sallyport.gateway.testkit.Frames;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.Routes;
import io.netty.handler.codec.http2.Http2Error;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** HTTP/2 of clients, in clear by prior knowledge, frame by frame. */
@ExtendWith(NoLeaks.class)
class Http2Test {
  private FaultyUpstream upstream;
  private Gateway gateway;
  private FrameClient client;

  @BeforeEach
  void start() throws Exception {
    upstream = FaultyUpstream.ok();
    gateway = Gateway.start(Routes.config(Routes.to(upstream)));
    client = FrameClient.to(gateway.addresses().get(0));
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    gateway.close();
    upstream.close();
  }

  @Test
  void relaysWithThePolicysHeaders() throws Exception {
    Answer answer = client.request(1, true, "GET", "/photos").answer(1);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("hello");
    assertThat(answer.head().get("access-control-allow-origin")).hasToString(Routes.BLOG);
    assertThat(answer.head().get("connection")).isNull();
    String head = upstream.nextHead();
    assertThat(head).startsWith("GET /photos HTTP/1.1\r\n").doesNotContain(":authority");
  }

  @Test
  void relaysABodyWithTrailersBothWays() throws Exception {
    upstream.play(
        visit -> {
          String body = visit.readRequest();
          visit
              .wire()
              .send(
                  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                      + Integer.toHexString(body.length())
                      + "\r\n"
                      + body
                      + "\r\n0\r\nGrpc-Status: 0\r\nSet-Cookie: a=b\r\n\r\n");
        });
    Answer answer =
        client
            .request(1, false, "POST", "/")
            .data(1, false, "ab")
            .data(1, false, "cd")
            .headers(1, true, "x-sum", "7", "cookie", "a=b")
            .answer(1);
    assertThat(answer.body().strip()).isEqualTo("abcd|x-sum: 7");
    assertThat(answer.trailers().get("grpc-status")).hasToString("0");
    assertThat(answer.trailers().get("set-cookie")).isNull();
    assertThat(answer.head().get("transfer-encoding")).isNull();
  }

  @Test
  void windowsAreCountedAcrossStreams() throws Exception {
    String large = "x".repeat(60_000);
    upstream.play(
        visit -> visit.answer("HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n" + large));
    for (int stream = 1; stream < 9; stream += 2) {
      assertThat(client.request(stream, true, "GET", "/").answer(stream).body()).isEqualTo(large);
    }
  }

  /** What a client does not take stays at the upstream, and keeps no other stream waiting. */
  @Test
  void slowReadersSlowDownTheirOwnStream() throws Exception {
    int size = 32 * 1024 * 1024;
    AtomicLong sent = new AtomicLong();
    upstream.play(
        visit -> {
          if (visit.readHead().startsWith("GET /small")) {
            visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nsmall");
            return;
          }
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
          byte[] piece = new byte[1 << 16];
          while (sent.get() < size) {
            visit.wire().send(piece);
            sent.addAndGet(piece.length);
          }
        });
    client.request(1, true, "GET", "/large");
    long before = -1;
    for (long now = 0; now != before || now == 0; now = sent.get()) {
      before = now;
      TimeUnit.MILLISECONDS.sleep(300);
    }
    assertThat(before).isLessThan(size / 2);

    client.send(FrameClient.WINDOW_UPDATE, 0, 0, FrameClient.number(1 << 30));
    client.request(3, true, "GET", "/small");
    long ofLarge = 0;
    String small = "";
    while (!small.equals("small")) {
      Frames.Frame frame = client.next(FrameClient.DATA);
      if (frame.stream() == 3) {
        small += frame.payload().toString(StandardCharsets.US_ASCII);
      } else {
        ofLarge += frame.payload().readableBytes();
      }
    }
    assertThat(ofLarge).isLessThanOrEqualTo(65_535);

    client.send(FrameClient.WINDOW_UPDATE, 0, 1, FrameClient.number(1 << 30));
    for (boolean ended = false; !ended; ) {
      Frames.Frame frame = client.next(FrameClient.DATA);
      if (frame.stream() == 1) {
        ofLarge += frame.payload().readableBytes();
        ended = frame.ends();
      }
    }
    assertThat(ofLarge).isEqualTo(size);
  }

  @Test
  void interimAnswersPass() throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          visit
              .wire()
              .send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n")
              .send("HTTP/1.1 204 No Content\r\n\r\n");
        });
    client.request(1, true, "GET", "/");
    assertThat(client.list(client.next(FrameClient.HEADERS)).status()).hasToString("103");
    assertThat(client.answer(1).status()).isEqualTo(204);
  }

  @Test
  void aStreamThatIsResetCancelsItsUpstreamWork() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    upstream.play(FaultyUpstream.silent(cancelled));
    client.request(1, true, "GET", "/");
    upstream.nextHead();
    client.send(FrameClient.RST_STREAM, 0, 1, FrameClient.number(8));
    Await.open(cancelled);
  }

  @Test
  void sayingGoAwayWhenTheGatewayStops() throws Exception {
    assertThat(client.request(1, true, "GET", "/").answer(1).status()).isEqualTo(200);
    var stopped = gateway.stop();
    assertThat(client.goAway()).isEqualTo((int) Http2Error.NO_ERROR.code());
    stopped.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  static Stream<Arguments> malformedHeads() {
    String[] fine = {":method", "GET", ":scheme", "http", ":path", "/", ":authority", "gate"};
    return Stream.of(
        head("response splitting: CR LF in a value", fine, "x", "a\r\nevil: b"),
        head("response splitting: LF in a value", fine, "x", "a\nb"),
        head("response splitting: NUL in a value", fine, "x", "a\0b"),
        head(
            "request smuggling: line break in the path", with(fine, ":path", "/ HTTP/1.1\r\nx: y")),
        head("request smuggling: blank in the path", with(fine, ":path", "/ HTTP/1.1")),
        head("request smuggling: line break in the method", with(fine, ":method", "GET / \r\n")),
        head("request smuggling: transfer-encoding", fine, "transfer-encoding", "chunked"),
        head("request smuggling: two lengths", fine, "content-length", "0", "content-length", "1"),
        head("request smuggling: a length without a body", fine, "content-length", "5"),
        head("request smuggling: line break in a name", fine, "x\r\ny", "z"),
        head("request smuggling: colon in a name", fine, "x: y", "z"),
        head("connection header", fine, "connection", "close"),
        head("upgrade header", fine, "upgrade", "websocket"),
        head("capitals in a name", fine, "X-A", "b"),
        head("authority differs from Host", fine, "host", "other"),
        head("pseudo-header repeated", fine, ":path", "/b"),
        head("pseudo-header of responses", fine, ":status", "200"),
        head("pseudo-header unknown", fine, ":x", "200"),
        head("no authority", new String[] {":method", "GET", ":scheme", "http", ":path", "/"}),
        head("no path", new String[] {":method", "GET", ":scheme", "http", ":authority", "gate"}),
        head("absolute path", with(fine, ":path", "http://gate/")));
  }

  private static Arguments head(String name, String[] head, String... more) {
    String[] all = Stream.concat(Stream.of(head), Stream.of(more)).toArray(String[]::new);
    return Arguments.of(name, all);
  }

  private static String[] with(String[] head, String name, String value) {
    String[] changed = head.clone();
    for (int i = 0; i < head.length; i += 2) {
      changed[i + 1] = head[i].equals(name) ? value : head[i + 1];
    }
    return changed;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformedHeads")
  void malformedHeadsAreRefused(String name, String[] fields) throws Exception {
    client.headers(1, true, fields);
    Frames.Frame frame = client.frame();
    while (frame.stream() != 1) {
      frame = client.frame();
    }
    if (frame.type() == FrameClient.HEADERS) {
      assertThat(client.list(frame).status()).as(name).hasToString("400");
    } else {
      assertThat(frame.type()).as(name).isEqualTo(FrameClient.RST_STREAM);
      assertThat(frame.number(0)).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
    }
    assertThat(client.request(3, true, "GET", "/").answer(3).status()).isEqualTo(200);
    assertThat(upstream.nextHead()).doesNotContain("evil");
    assertThat(upstream.hasHead()).as("the malformed request was relayed").isFalse();
  }

  @Test
  void requestSmugglingByABodyLongerThanItsLength() throws Exception {
    client.request(1, false, "POST", "/", "content-length", "1").data(1, true, "abc");
    Frames.Frame reset = client.next(FrameClient.RST_STREAM);
    assertThat(reset.number(0)).isEqualTo((int) Http2Error.PROTOCOL_ERROR.code());
  }

  private interface Flood {
    void send(FrameClient client, ByteArrayOutputStream frames) throws Exception;
  }

  static Stream<Arguments> floods() {
    byte[] eight = new byte[8];
    byte[] none = new byte[0];
    return Stream.of(
        flood("PING", (client, out) -> repeat(out, 500, FrameClient.PING, 0, 0, eight)),
        flood("SETTINGS", (client, out) -> repeat(out, 500, FrameClient.SETTINGS, 0, 0, none)),
        flood(
            "small window updates",
            (client, out) ->
                repeat(out, 500, FrameClient.WINDOW_UPDATE, 0, 0, FrameClient.number(1))),
        flood("unknown frames", (client, out) -> repeat(out, 500, 0xfa, 0, 0, none)),
        flood(
            "empty DATA",
            (client, out) -> {
              client.request(1, false, "POST", "/");
              repeat(out, 10, FrameClient.DATA, 0, 1, none);
            }),
        flood(
            "CONTINUATION",
            (client, out) -> {
              out.writeBytes(
                  FrameClient.bytes(FrameClient.HEADERS, 0, 1, client.block(1, ":method", "GET")));
              repeat(out, 500, FrameClient.CONTINUATION, 0, 1, none);
            }),
        flood(
            "rapid reset",
            (client, out) -> {
              for (int stream = 1; stream < 601; stream += 2) {
                client.request(stream, true, "GET", "/");
                client.send(FrameClient.RST_STREAM, 0, stream, FrameClient.number(8));
              }
            }),
        flood(
            "resets provoked from the server",
            (client, out) -> {
              for (int stream = 1; stream < 601; stream += 2) {
                client.request(stream, true, "GET", "/");
                client.send(FrameClient.WINDOW_UPDATE, 0, stream, FrameClient.number(0));
              }
            }));
  }

  private static Arguments flood(String name, Flood flood) {
    return Arguments.of(name, flood);
  }

  private static void repeat(
      ByteArrayOutputStream out, int times, int type, int flags, int stream, byte[] payload) {
    for (int i = 0; i < times; i++) {
      out.writeBytes(FrameClient.bytes(type, flags, stream, payload));
    }
  }

  @ParameterizedTest(name = "HTTP/2 floods: {0}")
  @MethodSource("floods")
  void floodsEndTheConnection(String name, Flood flood) throws Exception {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    try {
      flood.send(client, frames);
      client.wire().send(frames.toByteArray());
    } catch (java.net.SocketException ended) {
      // It may end before all is sent.
    }
    assertThat(client.goAway()).as(name).isEqualTo((int) Http2Error.ENHANCE_YOUR_CALM.code());
    try (FrameClient other = FrameClient.to(gateway.addresses().get(0))) {
      assertThat(other.request(1, true, "GET", "/").answer(1).status()).isEqualTo(200);
    }
  }
}
