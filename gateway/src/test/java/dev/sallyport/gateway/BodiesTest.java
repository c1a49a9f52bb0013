package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies, their lengths, ends and trailers, in all versions and both directions. */
@ExtendWith(NoLeaks.class)
class BodiesTest {
  private static final String CORS =
      "access-control-allow-origin: https://blog.foo.com\r\nvary: Origin\r\ndate: D\r\n";

  private FaultyUpstream upstream;
  private Gateway gateway;

  @BeforeEach
  void start() throws Exception {
    upstream = FaultyUpstream.ok();
    gateway = Gateway.start(Routes.config(Routes.to(upstream)));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
    upstream.close();
  }

  /**
   * An answer.
   *
   * @param request the request line
   * @param sent all that the upstream sends before it closes
   * @param received all that the client receives, with D for the date
   */
  record Relayed(String name, String request, String sent, String received) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Relayed> answers() {
    String get = "GET /x HTTP/1.1";
    String get10 = "GET /x HTTP/1.0";
    String head = "HEAD /x HTTP/1.1";
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    String end = "connection: close\r\n\r\n";
    return Stream.of(
        new Relayed(
            "known length",
            get,
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" + CORS + end + "hello"),
        new Relayed(
            "odd digits",
            get,
            "HTTP/1.1 200 OK\r\nContent-Length: 005\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\n" + CORS + "content-length: 5\r\n" + end + "hello"),
        new Relayed(
            "length of nothing",
            get,
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + CORS + end),
        new Relayed(
            "chunks",
            get,
            chunked + "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\n"
                + CORS
                + "transfer-encoding: chunked\r\n"
                + end
                + "3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n"),
        new Relayed(
            "chunk extensions are dropped",
            get,
            chunked + "005;a=b;c=\"d\"\r\nhello\r\n000;x\r\n\r\n",
            "HTTP/1.1 200 OK\r\n"
                + CORS
                + "transfer-encoding: chunked\r\n"
                + end
                + "5\r\nhello\r\n0\r\n\r\n"),
        new Relayed(
            "trailers: framing, CORS and connection dropped",
            get,
            chunked
                + "5\r\nhello\r\n0\r\nA: b\r\nContent-Length: 3\r\nAccess-Control-Allow-Origin: *\r\nConnection: x\r\n"
                + "Set-Cookie: a=b\r\nVary: x\r\nServer-Timing: t\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\n"
                + CORS
                + "transfer-encoding: chunked\r\n"
                + end
                + "5\r\nhello\r\n0\r\nA: b\r\nServer-Timing: t\r\n\r\n"),
        new Relayed(
            "the announcement of trailers stays",
            get,
            "HTTP/1.1 200 OK\r\nTrailer: A\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nA: b\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTrailer: A\r\n"
                + CORS
                + "transfer-encoding: chunked\r\n"
                + end
                + "0\r\nA: b\r\n\r\n"),
        new Relayed(
            "body until the connection ends",
            get,
            "HTTP/1.1 200 OK\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\n"
                + CORS
                + "transfer-encoding: chunked\r\n"
                + end
                + "5\r\nhello\r\n0\r\n\r\n"),
        new Relayed(
            "upstream of HTTP/1.0",
            get,
            "HTTP/1.0 200 OK\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\n"
                + CORS
                + "transfer-encoding: chunked\r\n"
                + end
                + "5\r\nhello\r\n0\r\n\r\n"),
        new Relayed(
            "client of HTTP/1.0, known length",
            get10,
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" + CORS + end + "hello"),
        new Relayed(
            "client of HTTP/1.0, chunks and trailers",
            get10,
            "HTTP/1.1 200 OK\r\nTrailer: A\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\n\r\n",
            "HTTP/1.1 200 OK\r\n" + CORS + end + "hello"),
        new Relayed(
            "client and upstream of HTTP/1.0",
            get10,
            "HTTP/1.0 200 OK\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\n" + CORS + end + "hello"),
        new Relayed(
            "HEAD keeps the length",
            head,
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" + CORS + end),
        new Relayed(
            "HEAD of chunks",
            head,
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
            "HTTP/1.1 200 OK\r\n" + CORS + end),
        new Relayed(
            "HEAD without length",
            head,
            "HTTP/1.1 200 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\n" + CORS + end),
        new Relayed(
            "HEAD that is answered with a body",
            head,
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" + CORS + end),
        new Relayed(
            "204",
            get,
            "HTTP/1.1 204 No Content\r\n\r\n",
            "HTTP/1.1 204 No Content\r\n" + CORS + end),
        new Relayed(
            "204 with length and body",
            get,
            "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello",
            "HTTP/1.1 204 No Content\r\n" + CORS + end),
        new Relayed(
            "304 keeps the length",
            get,
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"x\"\r\n\r\n",
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\nETag: \"x\"\r\n" + CORS + end),
        new Relayed(
            "304 with a body",
            get,
            "HTTP/1.1 304 Not Modified\r\n\r\nhello",
            "HTTP/1.1 304 Not Modified\r\n" + CORS + end),
        new Relayed(
            "two answers to one request",
            get,
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello".repeat(2),
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n" + CORS + end + "hello"),
        new Relayed(
            "status and reason of its own",
            get,
            "HTTP/1.1 299 Well Done\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 299 Well Done\r\nContent-Length: 0\r\n" + CORS + end),
        new Relayed(
            "no reason",
            get,
            "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 200 \r\nContent-Length: 0\r\n" + CORS + end),
        new Relayed(
            "status 999",
            get,
            "HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n\r\n",
            "HTTP/1.1 999 Denied\r\nContent-Length: 0\r\n" + CORS + end));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void relaysAnswer(Relayed row) throws Exception {
    upstream.play(visit -> visit.answer(row.sent()));
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.sendHead(row.request(), "Host: gate", "Connection: close", "Origin: " + Routes.BLOG);
      String received = client.wire().readToEnd().replaceFirst("date: [^\r]*", "date: D");
      assertThat(received).as(row.name()).isEqualTo(row.received());
    }
  }

  /**
   * A request's body.
   *
   * @param sent header lines and body, as the client sends them
   * @param body what the upstream reads by the rules, trailers behind a bar
   * @param framing how the upstream is told of its length
   */
  record Uploaded(String name, String sent, String body, String framing) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Uploaded> uploads() {
    String chunked = "Transfer-Encoding: chunked\r\n";
    return Stream.of(
        new Uploaded(
            "known length", "Content-Length: 5\r\n\r\nhello", "hello", "content-length: 5"),
        new Uploaded("no length", "\r\n", "", ""),
        new Uploaded("length of nothing", "Content-Length: 0\r\n\r\n", "", "content-length: 0"),
        new Uploaded(
            "odd digits", "Content-Length: 005\r\n\r\nhello", "hello", "content-length: 5"),
        new Uploaded(
            "chunks",
            chunked + "\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n",
            "hello",
            "transfer-encoding: chunked"),
        new Uploaded(
            "odd spelling",
            "transfer-encoding: CHUNKED\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
            "hello",
            "transfer-encoding: chunked"),
        new Uploaded("no chunks", chunked + "\r\n0\r\n\r\n", "", "transfer-encoding: chunked"),
        new Uploaded(
            "chunk extensions",
            chunked + "\r\n5;a=\"b\"\r\nhello\r\n0\r\n\r\n",
            "hello",
            "transfer-encoding: chunked"),
        new Uploaded(
            "trailers: framing, secrets and routing dropped",
            chunked
                + "Trailer: A\r\n\r\n5\r\nhello\r\n0\r\nA: b\r\nHost: evil\r\nContent-Length: 1\r\nCookie: c\r\n"
                + "X-Forwarded-For: 1\r\nAuthorization: x\r\nTransfer-Encoding: y\r\nOrigin: https://evil.com\r\n\r\n",
            "hello|A: b\n",
            "transfer-encoding: chunked"));
  }

  @ParameterizedTest
  @MethodSource("uploads")
  void relaysBodyOf(Uploaded row) throws Exception {
    for (String method :
        new String[] {"POST", "PUT", "GET", "DELETE", "OPTIONS", "HEAD", "PURGE"}) {
      CompletableFuture<String> body = new CompletableFuture<>();
      upstream.play(
          visit -> {
            String head = visit.readHead();
            body.complete(visit.readBody(head));
            visit.wire().send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
          });
      try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
        client
            .wire()
            .send(
                method
                    + " /x HTTP/1.1\r\nHost: gate\r\nOrigin: "
                    + Routes.BLOG
                    + "\r\n"
                    + row.sent());
        assertThat(client.answerToHead().status()).as("%s %s", method, row).isEqualTo(200);
        assertThat(body.get(10, TimeUnit.SECONDS)).as("%s %s", method, row).isEqualTo(row.body());
        String head = upstream.nextHead();
        assertThat(
                Stream.of(head.split("\r\n"))
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .filter(line -> line.matches("(content-length|transfer-encoding):.*"))
                    .reduce("", String::concat))
            .as("%s %s: %s", method, row, head)
            .isEqualTo(row.framing());
        assertThat(client.get("/y").answerToHead().status())
            .as("%s %s: the connection goes on", method, row)
            .isEqualTo(200);
        upstream.nextHead();
      }
    }
  }

  @Test
  void relaysPipelinedRequestsOneAfterTheOther() throws Exception {
    upstream.play(
        visit -> {
          while (true) {
            String head = visit.readHead();
            assertThat(visit.wire().available()).as("what came with it").isZero();
            String path = head.split(" ", -1)[1];
            visit
                .wire()
                .send("HTTP/1.1 200 OK\r\nContent-Length: " + path.length() + "\r\n\r\n" + path);
          }
        });
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      StringBuilder requests = new StringBuilder();
      for (int i = 0; i < 500; i++) {
        requests.append("GET /").append(i).append(" HTTP/1.1\r\nHost: gate\r\n\r\n");
      }
      client.wire().send(requests.toString());
      for (int i = 0; i < 500; i++) {
        assertThat(client.answer().body()).isEqualTo("/" + i);
        upstream.nextHead();
      }
    }
  }

  @Test
  void relaysPipelinedBodies() throws Exception {
    upstream.play(
        visit -> {
          while (true) {
            String body = visit.readRequest();
            visit
                .wire()
                .send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
          }
        });
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      String head = "POST /x HTTP/1.1\r\nHost: gate\r\nOrigin: " + Routes.BLOG + "\r\n";
      client
          .wire()
          .send(
              head
                  + "Content-Length: 3\r\n\r\none"
                  + head
                  + "Transfer-Encoding: chunked\r\n\r\n3\r\ntwo\r\n0\r\n\r\n"
                  + head
                  + "Content-Length: 5\r\n\r\nthree");
      for (String expected : new String[] {"one", "two", "three"}) {
        assertThat(client.answer().body()).isEqualTo(expected);
        upstream.nextHead();
      }
    }
  }

  @Test
  void keepsConnectionsOfHttp10ThatAskForIt() throws Exception {
    upstream.play(FaultyUpstream.always("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      for (int i = 0; i < 2; i++) {
        client.sendHead("GET /x HTTP/1.0", "Connection: keep-alive");
        Answer answer = client.answer();
        assertThat(answer.header("connection")).isEqualTo("keep-alive");
        assertThat(answer.body()).isEqualTo("hello");
        upstream.nextHead();
      }
      client.sendHead("GET /x HTTP/1.0");
      assertThat(client.answer().header("connection")).isEqualTo("close");
      assertThat(client.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
      upstream.nextHead();
    }
  }
}
