package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.config.Upstream.Protocol;
import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FrameClient;
import dev.sallyport.gateway.testkit.FrameUpstream;
import dev.sallyport.gateway.testkit.FrameUpstream.Request;
import dev.sallyport.gateway.testkit.Frames;
import dev.sallyport.gateway.testkit.Frames.Frame;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 of upstreams, in clear by prior knowledge, frame by frame. */
@ExtendWith(NoLeaks.class)
class Http2UpstreamTest {
  private static final int MAX_CONCURRENT_STREAMS = 3;

  static Routes to(FaultyUpstream upstream) {
    return Routes.to(
        new Upstream(false, "127.0.0.1", OptionalInt.of(upstream.port()), "")
            .with(Protocol.HTTP_2, Optional.empty()));
  }

  private static Gateway gateway(FaultyUpstream upstream) throws Exception {
    return Gateway.start(Routes.config(to(upstream).timeout(Duration.ofSeconds(15))));
  }

  private static RawClient client(Gateway gateway) throws Exception {
    return RawClient.to(gateway.addresses().get(0));
  }

  private static Answer get(Gateway gateway, String path) throws Exception {
    try (RawClient client = client(gateway)) {
      return client.get(path).answer();
    }
  }

  @Test
  void asksAsHttp11Does() throws Exception {
    CompletableFuture<Request> asked = new CompletableFuture<>();
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  Request request = each.request();
                  asked.complete(request);
                  each.answer(
                      request.stream(),
                      "200",
                      "hello",
                      "etag",
                      "\"1\"",
                      "access-control-allow-origin",
                      "*");
                  FrameUpstream.echo(each);
                });
        Gateway gateway = gateway(upstream);
        RawClient client = client(gateway)) {
      client.sendHead(
          "GET /photos?x=1 HTTP/1.1",
          "Host: gate",
          "Origin: " + Routes.BLOG,
          "Connection: keep-alive, x-hop",
          "X-Hop: 1",
          "TE: gzip",
          "Accept: A/B");
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("hello");
      assertThat(answer.header("etag")).isEqualTo("\"1\"");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
      Request request = asked.get(20, TimeUnit.SECONDS);
      assertThat(request.field(":method")).isEqualTo("GET");
      assertThat(request.field(":scheme")).isEqualTo("http");
      assertThat(request.field(":authority")).isEqualTo("127.0.0.1:" + upstream.port());
      assertThat(request.field(":path")).isEqualTo("/photos?x=1");
      assertThat(request.field("accept")).isEqualTo("A/B");
      assertThat(request.field("te")).isEqualTo("trailers");
      assertThat(request.head().names())
          .extracting(CharSequence::toString)
          .doesNotContain("host", "connection", "x-hop", "transfer-encoding");
      assertThat(client.get("/again").answer().body()).isEqualTo("/again");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  private static void answerBody(FrameUpstream upstream) throws IOException, Http2Exception {
    Request request = upstream.request();
    Frames frames = upstream.frames();
    frames.headers(request.stream(), false, ":status", "200");
    frames.data(request.stream(), false, request.body());
    frames.data(request.stream(), false, "|" + request.trailers().get("x-sum"));
    frames.headers(request.stream(), true, "grpc-status", "0", "set-cookie", "a=b");
    upstream.awaitEnd();
  }

  @Test
  void bodiesAndTrailersPassBothWays() throws Exception {
    try (FaultyUpstream upstream = FrameUpstream.playing(Http2UpstreamTest::answerBody);
        Gateway gateway = gateway(upstream);
        RawClient client = client(gateway)) {
      client
          .sendHead(
              "POST /x HTTP/1.1",
              "Host: gate",
              "Origin: " + Routes.BLOG,
              "Transfer-Encoding: chunked")
          .sendBody("2\r\nab\r\n2\r\ncd\r\n0\r\nX-Sum: 7\r\n\r\n");
      Answer answer = client.answer();
      assertThat(answer.body()).isEqualTo("abcd|7");
      assertThat(answer.header("transfer-encoding")).isEqualTo("chunked");
      assertThat(answer.trailers()).isEqualTo("grpc-status: 0\n");
    }
  }

  @Test
  void bodiesAndTrailersPassFromHttp2ToHttp2() throws Exception {
    try (FaultyUpstream upstream = FrameUpstream.playing(Http2UpstreamTest::answerBody);
        Gateway gateway = gateway(upstream);
        FrameClient client = FrameClient.to(gateway.addresses().get(0))) {
      FrameClient.Answer answer =
          client
              .request(1, false, "POST", "/")
              .data(1, false, "ab")
              .data(1, false, "cd")
              .headers(1, true, "x-sum", "7")
              .answer(1);
      assertThat(answer.body()).isEqualTo("abcd|7");
      assertThat(answer.trailers().get("grpc-status")).hasToString("0");
      assertThat(answer.trailers().get("set-cookie")).isNull();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 204, '', true",
    "GET, 304, 5, true",
    "HEAD, 200, 5, true",
    "HEAD, 200, '', false",
    "GET, 200, '', true",
    "GET, 200, 0, true",
    "GET, 200, 0, false"
  })
  void answersWithoutBodyAreComplete(String method, String status, String length, boolean ends)
      throws Exception {
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  Request request = each.request();
                  String[] head =
                      length.isEmpty()
                          ? new String[] {":status", status}
                          : new String[] {":status", status, "content-length", length};
                  each.frames().headers(request.stream(), ends, head);
                  if (!ends) {
                    each.frames().data(request.stream(), true, "");
                  }
                  FrameUpstream.echo(each);
                });
        Gateway gateway = gateway(upstream);
        RawClient client = client(gateway)) {
      client.sendHead(method + " /x HTTP/1.1", "Host: gate");
      Answer answer = method.equals("HEAD") ? client.answerToHead() : client.answer();
      assertThat(answer.status()).isEqualTo(Integer.parseInt(status));
      assertThat(answer.body()).isEmpty();
      assertThat(client.get("/next").answer().body()).isEqualTo("/next");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void interimAnswersPass() throws Exception {
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  Request request = each.request();
                  each.frames().headers(request.stream(), false, ":status", "103", "link", "</a>");
                  each.answer(request.stream(), "200", "hello");
                  each.awaitEnd();
                });
        Gateway gateway = gateway(upstream);
        RawClient client = client(gateway)) {
      assertThat(client.get("/x").wire().readHead())
          .startsWith("HTTP/1.1 103")
          .containsIgnoringCase("link: </a>");
      assertThat(client.answer().body()).isEqualTo("hello");
    }
  }

  /** Early responses are no errors; the rest of the request is dropped. */
  @Test
  void anAnswerMayComeBeforeTheRequestsEnd() throws Exception {
    CompletableFuture<Integer> reset = new CompletableFuture<>();
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  Request request = each.head();
                  each.answer(request.stream(), "413", "too much");
                  reset.complete(each.reset(request.stream()));
                  FrameUpstream.echo(each);
                });
        Gateway gateway = gateway(upstream)) {
      try (RawClient client = client(gateway)) {
        client
            .sendHead("POST /x HTTP/1.1", "Host: gate", "Content-Length: 1000000")
            .sendBody("begin");
        Answer answer = client.answer();
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).isEqualTo("too much");
      }
      assertThat(reset.get(20, TimeUnit.SECONDS)).isEqualTo((int) Http2Error.CANCEL.code());
      assertThat(get(gateway, "/y").body()).isEqualTo("/y");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void aRequestThatIsCancelledResetsItsStreamOnly() throws Exception {
    CompletableFuture<Integer> reset = new CompletableFuture<>();
    CountDownLatch asked = new CountDownLatch(1);
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  Request request = each.request();
                  asked.countDown();
                  reset.complete(each.reset(request.stream()));
                  FrameUpstream.echo(each);
                });
        Gateway gateway = gateway(upstream)) {
      try (RawClient client = client(gateway)) {
        client.get("/x");
        Await.open(asked);
      }
      assertThat(reset.get(20, TimeUnit.SECONDS)).isEqualTo((int) Http2Error.CANCEL.code());
      assertThat(get(gateway, "/y").body()).isEqualTo("/y");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void streamsThatAreResetBeforeTheirAnswerAre502() throws Exception {
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  Request request = each.request();
                  each.frames()
                      .send(
                          Frames.RST_STREAM,
                          0,
                          request.stream(),
                          Frames.number((int) Http2Error.INTERNAL_ERROR.code()));
                  FrameUpstream.echo(each);
                });
        Gateway gateway = gateway(upstream);
        RawClient client = client(gateway)) {
      Answer answer = client.get("/x").answer();
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.code()).isEqualTo("upstream-bad-answer");
      assertThat(client.get("/y").answer().body()).isEqualTo("/y");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  /** What the upstream says that it has not looked at may be sent again, whatever it is. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void refusedStreamsAreRetried(String method) throws Exception {
    AtomicInteger seen = new AtomicInteger();
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  if (each.number() == 1) {
                    Request request = each.request();
                    seen.incrementAndGet();
                    each.frames()
                        .send(
                            Frames.RST_STREAM,
                            0,
                            request.stream(),
                            Frames.number((int) Http2Error.REFUSED_STREAM.code()));
                    each.awaitEnd();
                  } else {
                    FrameUpstream.echo(each);
                  }
                });
        Gateway gateway = gateway(upstream);
        RawClient client = client(gateway)) {
      client.sendHead(method + " /x HTTP/1.1", "Host: gate", "Origin: " + Routes.BLOG);
      assertThat(client.answer().body()).isEqualTo("/x");
      assertThat(seen).hasValue(1);
      assertThat(upstream.connections()).isEqualTo(2);
    }
  }

  @Test
  void streamsAboveTheLastOfAGoAwayAreRetriedAndTheOthersEnd() throws Exception {
    CountDownLatch retried = new CountDownLatch(1);
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  if (each.number() == 1) {
                    Request first = each.request();
                    each.request();
                    byte[] goAway = new byte[8];
                    goAway[3] = (byte) first.stream();
                    each.frames().send(Frames.GOAWAY, 0, 0, goAway);
                    Await.open(retried);
                    each.answer(first.stream(), "200", "of the first connection");
                    each.awaitEnd();
                  } else {
                    FrameUpstream.echo(each);
                  }
                });
        Gateway gateway = gateway(upstream);
        FrameClient client = FrameClient.to(gateway.addresses().get(0))) {
      client.request(1, true, "GET", "/first").request(3, true, "GET", "/second");
      assertThat(client.answer(3).body()).isEqualTo("/second");
      retried.countDown();
      assertThat(client.answer(1).body()).isEqualTo("of the first connection");
      assertThat(upstream.connections()).isEqualTo(2);
    }
  }

  @Test
  void aConnectionThatEndsInTheMiddleCutsItsAnswers() throws Exception {
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  Request request = each.request();
                  each.frames().headers(request.stream(), false, ":status", "200");
                  each.frames().data(request.stream(), false, "half");
                });
        Gateway gateway = gateway(upstream);
        RawClient client = client(gateway)) {
      assertThat(client.get("/x").wire().readToEnd())
          .contains("half")
          .doesNotContain("\r\n0\r\n\r\n");
    }
  }

  @Test
  void manyStreamsShareOneConnection() throws Exception {
    int count = 128;
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  List<Request> requests = new ArrayList<>();
                  for (int i = 0; i < count; i++) {
                    requests.add(each.request());
                  }
                  for (int i = count - 1; i >= 0; i--) {
                    Request request = requests.get(i);
                    each.answer(request.stream(), "200", request.field(":path"));
                  }
                  each.awaitEnd();
                });
        Gateway gateway = gateway(upstream)) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        clients.add(client(gateway).get("/" + i));
      }
      for (int i = 0; i < count; i++) {
        assertThat(clients.get(i).answer().body()).isEqualTo("/" + i);
        clients.get(i).close();
      }
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  /** Long enough for a stream too many to come, if one does. */
  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** MAX_CONCURRENT_STREAMS: more connections, up to a limit, and a queue behind them. */
  @Test
  void noMoreStreamsAreOpenedThanTheUpstreamTakes() throws Exception {
    int most = 2;
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit ->
                    FrameUpstream.play(
                        visit,
                        FrameUpstream.setting(MAX_CONCURRENT_STREAMS, most),
                        each -> {
                          while (true) {
                            List<Request> open = new ArrayList<>(List.of(each.request()));
                            pause();
                            while (each.frames().wire().available() > 0) {
                              Frame frame = each.next();
                              if (frame.type() == Frames.HEADERS) {
                                Http2Headers head = each.frames().list(frame);
                                open.add(new Request(frame.stream(), head, "", head));
                              }
                            }
                            assertThat(open).hasSizeLessThanOrEqualTo(most);
                            for (Request request : open) {
                              each.answer(request.stream(), "200", request.field(":path"));
                            }
                          }
                        }));
        Gateway gateway = gateway(upstream)) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        clients.add(client(gateway).get("/" + i));
      }
      for (int i = 0; i < 64; i++) {
        assertThat(clients.get(i).answer().body()).isEqualTo("/" + i);
        clients.get(i).close();
      }
      assertThat(upstream.connections()).isBetween(2, 16);
    }
  }

  @Test
  void framesThatDoNothingEndTheConnection() throws Exception {
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  each.request();
                  for (int i = 0; i < 2000; i++) {
                    each.frames().send(Frames.PING, 0, 0, new byte[8]);
                  }
                  each.awaitEnd();
                });
        Gateway gateway = gateway(upstream)) {
      Answer answer = get(gateway, "/x");
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.code()).isEqualTo("upstream-bad-answer");
    }
  }

  @Test
  void anUpstreamThatSpeaksHttp11OnlyIs502() throws Exception {
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> {
                  visit.wire().send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
                  visit.wire().awaitEnd();
                });
        Gateway gateway = gateway(upstream)) {
      Answer answer = get(gateway, "/x");
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.body()).contains("It does not speak HTTP/2.");
    }
  }

  /** RFC 8441 is not spoken: a WebSocket begins as it does with HTTP/1.1. */
  @Test
  void webSocketsGoByHttp11() throws Exception {
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> visit.answer("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"));
        Gateway gateway = gateway(upstream);
        RawClient client = client(gateway)) {
      client.sendHead(
          "GET /socket HTTP/1.1",
          "Host: gate",
          "Origin: " + Routes.BLOG,
          "Connection: upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
      assertThat(client.answer().body()).isEqualTo("no");
      assertThat(upstream.nextHead())
          .startsWith("GET /socket HTTP/1.1\r\n")
          .containsIgnoringCase("upgrade: websocket");
    }
  }

  /** A redirect that is followed leaves the rest of the answer. */
  @Test
  void redirectsAreFollowed() throws Exception {
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  Request request = each.request();
                  each.frames()
                      .headers(request.stream(), false, ":status", "302", "location", "/there");
                  each.frames().data(request.stream(), false, "moved");
                  FrameUpstream.echo(each);
                });
        Gateway gateway =
            Gateway.start(
                Routes.config(to(upstream).follow(dev.sallyport.gateway.egress.Egress.GLOBAL)))) {
      assertThat(get(gateway, "/x").body()).isEqualTo("/there");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  /** An upstream that hangs is given up when it has been silent for long while it was asked. */
  @Test
  void timeOutsAreAnswered504() throws Exception {
    CompletableFuture<Frame> cancelled = new CompletableFuture<>();
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  Request request = each.request();
                  Frame frame = each.next();
                  assertThat(frame.stream()).isEqualTo(request.stream());
                  cancelled.complete(frame);
                  each.awaitEnd();
                });
        Gateway gateway =
            Gateway.start(Routes.config(to(upstream).timeout(Duration.ofMillis(200))))) {
      assertThat(get(gateway, "/x").status()).isEqualTo(504);
      assertThat(cancelled.get(20, TimeUnit.SECONDS).type()).isEqualTo(Frames.RST_STREAM);
    }
  }
}
