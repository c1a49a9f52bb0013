package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FrameClient;
import dev.sallyport.gateway.testkit.FrameClient.Answer;
import dev.sallyport.gateway.testkit.Frames.Frame;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages stream, as clients of HTTP/2 see it, in front of an upstream of HTTP/1.1. */
@ExtendWith(NoLeaks.class)
class Http2BodiesTest {
  /** Streams at once that the gateway grants a connection. */
  private static final int STREAMS = 128;

  private FaultyUpstream upstream;
  private Gateway gateway;
  private FrameClient client;

  @BeforeEach
  void start() throws Exception {
    upstream = FaultyUpstream.ok();
    gateway =
        Gateway.start(
            Routes.config(
                Routes.to(upstream)
                    .cors(
                        Routes.policy(
                            policy ->
                                policy
                                    .allowMethods("PUT")
                                    .allowHeaders("range", "x-grpc-web")
                                    .exposeHeaders(
                                        "grpc-status", "grpc-message", "content-range", "etag")))));
    client = FrameClient.to(gateway.addresses().get(0));
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    gateway.close();
    upstream.close();
  }

  private static void await(Semaphore permit) {
    try {
      assertThat(permit.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(Frame frame) {
    return frame.payload().toString(StandardCharsets.ISO_8859_1);
  }

  /** The next event is sent only when the client has read the one before, so none can wait. */
  @Test
  void serverSentEventsComeWithoutDelay() throws Exception {
    Semaphore read = new Semaphore(0);
    upstream.play(
        visit -> {
          visit.readRequest();
          Wire wire = visit.wire();
          wire.send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n");
          wire.send("Transfer-Encoding: chunked\r\n\r\n");
          for (int i = 0; i < 10; i++) {
            wire.send("9\r\ndata: " + i + "\n\n\r\n");
            await(read);
          }
          wire.send("0\r\n\r\n");
        });
    client.request(1, true, "GET", "/events", "accept", "text/event-stream");
    Http2Headers head = client.list(client.next(FrameClient.HEADERS));
    assertThat(head.get("content-type")).hasToString("text/event-stream");
    assertThat(head.get("access-control-allow-origin")).hasToString(Routes.BLOG);
    for (int i = 0; i < 10; i++) {
      assertThat(text(client.next(FrameClient.DATA))).isEqualTo("data: " + i + "\n\n");
      read.release();
    }
    assertThat(client.next(FrameClient.DATA).ends()).isTrue();
  }

  /** gRPC-Web has its trailers in the body, as a frame with the highest bit set. */
  @Test
  void grpcWebPassesUnchanged() throws Exception {
    String message = "\0\0\0\0\5\n\3foo";
    String trailers = "\u0080\0\0\0\u000fgrpc-status:0\r\n";
    upstream.play(
        visit -> {
          String body = visit.readRequest();
          assertThat(body).isEqualTo(message);
          String answer = message + trailers;
          visit
              .wire()
              .send(
                  "HTTP/1.1 200 OK\r\nContent-Type: application/grpc-web+proto\r\nContent-Length: "
                      + answer.length()
                      + "\r\n\r\n"
                      + answer);
        });
    Answer preflight =
        client
            .request(
                1,
                true,
                "OPTIONS",
                "/foo.Service/Get",
                "access-control-request-method",
                "POST",
                "access-control-request-headers",
                "x-grpc-web")
            .answer(1);
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.head().get("access-control-allow-headers").toString())
        .contains("x-grpc-web");
    Answer answer =
        client
            .request(
                3,
                false,
                "POST",
                "/foo.Service/Get",
                "content-type",
                "application/grpc-web+proto",
                "x-grpc-web",
                "1")
            .data(3, true, message)
            .answer(3);
    assertThat(answer.body()).isEqualTo(message + trailers);
    assertThat(answer.head().get("content-type")).hasToString("application/grpc-web+proto");
    assertThat(answer.head().get("access-control-expose-headers").toString())
        .contains("grpc-status", "grpc-message");
  }

  /** A call that fails at once has its status in the head, which a page can read if exposed. */
  @Test
  void grpcWebReadsAStatusInTheHead() throws Exception {
    upstream.play(
        visit ->
            visit.answer(
                "HTTP/1.1 200 OK\r\nGrpc-Status: 5\r\nGrpc-Message: not%20found\r\n"
                    + "Content-Type: application/grpc-web\r\nContent-Length: 0\r\n\r\n"));
    Answer answer = client.request(1, true, "POST", "/foo.Service/Get").answer(1);
    assertThat(answer.head().get("grpc-status")).hasToString("5");
    assertThat(answer.head().get("grpc-message")).hasToString("not%20found");
    assertThat(answer.head().get("access-control-expose-headers").toString())
        .contains("grpc-status");
  }

  @Test
  void rangesPass() throws Exception {
    upstream.play(
        visit ->
            visit.answer(
                "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 6-10/12\r\n"
                    + "ETag: \"v1\"\r\nAccept-Ranges: bytes\r\nContent-Length: 5\r\n\r\nworld"));
    Answer answer =
        client
            .request(1, true, "GET", "/video", "range", "bytes=6-10", "if-range", "\"v1\"")
            .answer(1);
    assertThat(answer.status()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo("world");
    assertThat(answer.head().get("content-range")).hasToString("bytes 6-10/12");
    assertThat(answer.head().get("etag")).hasToString("\"v1\"");
    assertThat(answer.head().get("accept-ranges")).hasToString("bytes");
    assertThat(answer.head().get("access-control-expose-headers").toString())
        .contains("content-range");
    String head = upstream.nextHead();
    assertThat(Wire.header(head, "range")).isEqualTo("bytes=6-10");
    assertThat(Wire.header(head, "if-range")).isEqualTo("\"v1\"");
  }

  @Test
  void earlyHintsComeBeforeTheAnswerAndWithoutCorsHeaders() throws Exception {
    Semaphore seen = new Semaphore(0);
    upstream.play(
        visit -> {
          visit.readRequest();
          visit
              .wire()
              .send(
                  "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n"
                      + "Access-Control-Allow-Origin: *\r\nSet-Cookie: a=b\r\n\r\n");
          await(seen);
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        });
    client.request(1, true, "GET", "/");
    Http2Headers hints = client.list(client.next(FrameClient.HEADERS));
    seen.release();
    assertThat(hints.status()).hasToString("103");
    assertThat(hints.get("link")).hasToString("</a.css>; rel=preload");
    assertThat(hints.names()).hasSize(2);
    assertThat(client.answer(1).body()).isEqualTo("hello");
  }

  /**
   * A slow upstream holds its client up: what the client may send at all is one window, and more
   * only as the upstream reads.
   */
  @Test
  void aSlowUpstreamKeepsTheWindowOfAnUploadShut() throws Exception {
    int size = 24 * 1024 * 1024;
    CountDownLatch reading = new CountDownLatch(1);
    upstream.play(
        visit -> {
          visit.readHead();
          Await.open(reading, Duration.ofSeconds(60));
          visit.wire().in().skipNBytes(size);
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        });
    client.request(1, false, "POST", "/upload", "content-length", Integer.toString(size));
    upstream.nextHead();
    Windows windows = new Windows(client);
    byte[] piece = new byte[16_384];
    int sent = 0;
    // Until answers to PINGs come without window updates before them: all that could be passed on
    // has been. Few of them, because their number is bounded.
    for (int still = 0; still < 4; ) {
      int before = sent;
      while (windows.allow(piece.length) && sent < size) {
        client.send(FrameClient.DATA, 0, 1, piece);
        windows.take(piece.length);
        sent += piece.length;
      }
      windows.readUpToPingsAnswer();
      if (sent == before) {
        TimeUnit.MILLISECONDS.sleep(50);
        still++;
      } else {
        still = 0;
      }
    }
    assertThat(sent).as("taken while the upstream reads nothing").isLessThan(size / 2);
    assertThat(windows.ofStream).as("the window of the stream").isLessThan(piece.length);

    // The window of the connection is open, so that other streams go on.
    upstream.play(
        visit -> {
          String body = visit.readRequest();
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n" + body);
        });
    client.request(3, false, "POST", "/small").data(3, true, "ok");
    assertThat(client.list(client.next(FrameClient.HEADERS)).status()).hasToString("200");
    assertThat(text(client.next(FrameClient.DATA))).isEqualTo("ok");

    reading.countDown();
    while (sent < size) {
      while (windows.allow(piece.length) && sent < size) {
        boolean last = sent + piece.length == size;
        client.send(FrameClient.DATA, last ? FrameClient.END_STREAM : 0, 1, piece);
        windows.take(piece.length);
        sent += piece.length;
      }
      if (sent < size) {
        windows.read(client.frame());
      }
    }
    assertThat(client.answer(1).body()).isEqualTo("hello");
  }

  /** What a client may send at this moment. */
  private static final class Windows {
    private final FrameClient client;
    private long ofConnection = 65_535;
    private long ofStream = 65_535;

    Windows(FrameClient client) {
      this.client = client;
    }

    boolean allow(int length) {
      return Math.min(ofConnection, ofStream) >= length;
    }

    void take(int length) {
      ofConnection -= length;
      ofStream -= length;
    }

    void read(Frame frame) {
      assertThat(frame.type()).isNotIn(FrameClient.RST_STREAM, FrameClient.GOAWAY);
      if (frame.type() == FrameClient.WINDOW_UPDATE && frame.stream() == 0) {
        ofConnection += frame.number(0);
      } else if (frame.type() == FrameClient.WINDOW_UPDATE && frame.stream() == 1) {
        ofStream += frame.number(0);
      }
    }

    void readUpToPingsAnswer() throws Exception {
      client.send(FrameClient.PING, 0, 0, new byte[8]);
      Frame frame = client.frame();
      for (; frame.type() != FrameClient.PING; frame = client.frame()) {
        read(frame);
      }
    }
  }

  /** As many streams as are granted wait at the upstream at once, and each gets its own answer. */
  @Test
  void allStreamsThatAreGrantedAreInFlightAtOnce() throws Exception {
    CountDownLatch all = new CountDownLatch(STREAMS);
    upstream.play(
        visit -> {
          String path = visit.readHead().split(" ", 3)[1];
          all.countDown();
          Await.open(all, Duration.ofSeconds(60));
          visit
              .wire()
              .send("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
        });
    for (int i = 0; i < STREAMS; i++) {
      client.request(2 * i + 1, true, "GET", "/n" + (2 * i + 1));
    }
    Map<Integer, String> bodies = new HashMap<>();
    Set<Integer> ended = new HashSet<>();
    while (ended.size() < STREAMS) {
      Frame frame = client.frame();
      assertThat(frame.type()).isNotIn(FrameClient.RST_STREAM, FrameClient.GOAWAY);
      if (frame.type() == FrameClient.HEADERS) {
        assertThat(client.list(frame).status()).hasToString("200");
      } else if (frame.type() == FrameClient.DATA) {
        bodies.merge(frame.stream(), text(frame), String::concat);
      }
      if (frame.ends()) {
        ended.add(frame.stream());
      }
    }
    assertThat(bodies).hasSize(STREAMS);
    bodies.forEach((stream, body) -> assertThat(body).isEqualTo("/n" + stream));
    assertThat(upstream.connections()).isEqualTo(STREAMS);
  }

  /** One stream more than is granted is refused without touching the others. */
  @Test
  void oneStreamTooManyIsRefusedAlone() throws Exception {
    CountDownLatch refused = new CountDownLatch(1);
    upstream.play(
        visit -> {
          visit.readRequest();
          Await.open(refused, Duration.ofSeconds(60));
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
    for (int i = 0; i <= STREAMS; i++) {
      client.request(2 * i + 1, true, "GET", "/");
    }
    Frame reset = client.next(FrameClient.RST_STREAM);
    assertThat(reset.stream()).isEqualTo(2 * STREAMS + 1);
    refused.countDown();
    Set<Integer> answered = new HashSet<>();
    while (answered.size() < STREAMS) {
      Frame frame = client.next(FrameClient.HEADERS);
      assertThat(client.list(frame).status()).hasToString("200");
      answered.add(frame.stream());
    }
  }

  /** An answer that comes before the request is complete is whole before the rest is refused. */
  @ParameterizedTest
  @ValueSource(ints = {0, 5, 200_000})
  void earlyAnswersAreWholeBeforeTheReset(int length) throws Exception {
    upstream.play(
        visit -> {
          visit.readHead();
          visit
              .wire()
              .send(
                  "HTTP/1.1 413 Too Large\r\nContent-Length: "
                      + length
                      + "\r\n\r\n"
                      + "x".repeat(length));
          visit.wire().awaitEnd();
        });
    Answer answer = client.request(1, false, "POST", "/").data(1, false, "begun").answer(1);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.body()).hasSize(length);
    Frame reset = client.next(FrameClient.RST_STREAM);
    assertThat(reset.stream()).isEqualTo(1);
    assertThat(reset.number(0)).isEqualTo((int) Http2Error.NO_ERROR.code());
    upstream.play(visit -> visit.answer("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
    Frame next = client.request(3, true, "GET", "/").frame();
    assertThat(next.stream()).as("nothing follows a reset").isNotEqualTo(1);
  }
}
