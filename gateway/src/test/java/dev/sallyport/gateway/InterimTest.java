package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Interim responses, expectations, and answers that come before the request is complete. */
@ExtendWith(NoLeaks.class)
class InterimTest {
  private static final String EARLY = "HTTP/1.1 413 Too Large\r\nContent-Length: 5\r\n\r\nlarge";

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

  private RawClient client() throws Exception {
    return RawClient.to(gateway.addresses().get(0));
  }

  private static RawClient post(RawClient client, String... lines) throws Exception {
    client.wire().send("POST /x HTTP/1.1\r\nHost: gate\r\nOrigin: " + Routes.BLOG + "\r\n");
    return client.sendHead(lines);
  }

  @Test
  void relaysEveryInterimResponseToHttp11() throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          Wire wire = visit.wire();
          wire.send("HTTP/1.1 102 Processing\r\n\r\n");
          wire.send("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n");
          wire.send("Access-Control-Allow-Origin: *\r\nSet-Cookie: a=b\r\nContent-Length: 7\r\n");
          wire.send("Connection: close, x-hop\r\nX-Hop: 1\r\n\r\n");
          wire.send("HTTP/1.1 199 Whatever\r\n\r\n");
          wire.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");
        });
    try (RawClient client = client()) {
      client.get("/x");
      assertThat(client.wire().readHead()).isEqualTo("HTTP/1.1 102 Processing\r\n\r\n");
      assertThat(client.wire().readHead())
          .isEqualTo("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n");
      assertThat(client.wire().readHead()).isEqualTo("HTTP/1.1 199 Whatever\r\n\r\n");
      assertThat(client.answer().body()).isEqualTo("hello");
    }
  }

  @Test
  void keepsInterimResponsesFromHttp10() throws Exception {
    upstream.play(
        visit ->
            visit.answer(
                "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
    try (RawClient client = client()) {
      client.sendHead("GET /x HTTP/1.0");
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 200 OK\r\n");
    }
  }

  @Test
  void relaysInterimResponsesBeforeTheFinalOneCame() throws Exception {
    CountDownLatch seen = new CountDownLatch(1);
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().send("HTTP/1.1 103 Early Hints\r\n\r\n");
          Await.open(seen);
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
    try (RawClient client = client()) {
      client.get("/x");
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 103 ");
      seen.countDown();
      assertThat(client.answer().status()).isEqualTo(200);
    }
  }

  @Test
  void cutsAFloodOfInterimResponsesWith502() throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          while (true) {
            visit.wire().send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
          }
        });
    try (RawClient client = client()) {
      Answer answer = client.get("/x").answer();
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.code()).isEqualTo("upstream-bad-answer");
    }
  }

  @Test
  void relaysExpectationAndContinue() throws Exception {
    upstream.play(
        visit -> {
          String head = visit.readHead();
          assertThat(Wire.header(head, "expect")).isEqualTo("100-continue");
          assertThat(visit.wire().available()).isZero();
          visit.wire().send("HTTP/1.1 100 Continue\r\n\r\n");
          String body = visit.readBody(head);
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + body);
          visit.readRequest();
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain");
        });
    try (RawClient client = client()) {
      post(client, "Expect: 100-continue", "Content-Length: 5");
      assertThat(client.wire().readHead()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
      client.wire().send("hello");
      assertThat(client.answer().body()).isEqualTo("hello");
      assertThat(client.get("/y").answer().body())
          .as("both connections live on")
          .isEqualTo("again");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void relaysBodyThatDoesNotWaitForContinue() throws Exception {
    upstream.play(
        visit -> {
          String body = visit.readRequest();
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + body);
        });
    try (RawClient client = client()) {
      post(client, "Expect: 100-continue", "Content-Length: 5").wire().send("hello");
      assertThat(client.answer().body()).isEqualTo("hello");
    }
  }

  @Test
  void ignoresExpectationsOfHttp10() throws Exception {
    try (RawClient client = client()) {
      client
          .wire()
          .send("POST /x HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(client.answer().status()).isEqualTo(200);
      assertThat(Wire.header(upstream.nextHead(), "expect")).isEmpty();
    }
  }

  @Test
  void relaysFinalStatusToAnExpectation() throws Exception {
    upstream.play(
        visit -> {
          visit.readHead();
          visit.wire().send(EARLY);
          assertThat(visit.wire().awaitEnd()).as("the upstream's connection ends").isNotNull();
        });
    try (RawClient client = client()) {
      post(client, "Expect: 100-continue", "Content-Length: 5");
      Answer answer = client.answer();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.body()).isEqualTo("large");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(client.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
    }
  }

  record Early(String name, FaultyUpstream.Script script) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Early> early() {
    return Stream.of(
        new Early(
            "answers, then lets the body lie",
            visit -> {
              visit.readHead();
              visit.wire().send(EARLY);
              visit.wire().awaitEnd();
            }),
        new Early(
            "answers and closes",
            visit -> {
              visit.readHead();
              visit.wire().send(EARLY);
            }),
        new Early(
            "answers, closes and resets what comes",
            visit -> {
              visit.readHead();
              visit.wire().send(EARLY);
              visit.wire().endOutput();
              visit.wire().read(1000);
              visit.wire().socket().close();
            }),
        new Early(
            "answers in the middle of the body",
            visit -> {
              visit.readHead();
              visit.wire().read(100_000);
              visit.wire().send(EARLY);
            }));
  }

  /** A client that reads the answer only after it has sent all, as browsers do. */
  @ParameterizedTest
  @MethodSource("early")
  void relaysEarlyAnswersToClientsThatSendFirst(Early row) throws Exception {
    upstream.play(row.script());
    try (RawClient client = client()) {
      post(client, "Content-Length: 3000000");
      client.wire().send(new byte[3_000_000]);
      Answer answer = client.answer();
      assertThat(answer.status()).as(row.name()).isEqualTo(413);
      assertThat(answer.body()).as(row.name()).isEqualTo("large");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
      // Kept only if all of the body had been read, and dropped, before the answer came.
      if (!answer.header("connection").equals("close")) {
        client.wire().endOutput();
      }
      assertThat(client.wire().awaitEnd()).as(row.name()).isEqualTo(Wire.End.CLOSED);
    }
  }

  /** A client that stops sending when it sees the answer. */
  @ParameterizedTest
  @MethodSource("early")
  void relaysEarlyAnswersToClientsThatLookFirst(Early row) throws Exception {
    upstream.play(row.script());
    try (RawClient client = client()) {
      post(client, "Transfer-Encoding: chunked");
      client.wire().send("30d40\r\n" + "a".repeat(200_000) + "\r\n");
      Answer answer = client.answer();
      assertThat(answer.status()).as(row.name()).isEqualTo(413);
      assertThat(answer.body()).as(row.name()).isEqualTo("large");
      client.wire().endOutput();
      assertThat(client.wire().awaitEnd()).as(row.name()).isEqualTo(Wire.End.CLOSED);
    }
  }

  @Test
  void relaysBothWaysAtOnce() throws Exception {
    upstream.play(
        visit -> {
          visit.readHead();
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
          for (int i = 0; i < 10; i++) {
            visit.wire().send(visit.wire().read(1));
          }
          visit.wire().awaitEnd();
        });
    try (RawClient client = client()) {
      post(client, "Content-Length: 10");
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 200 OK\r\n");
      for (char c = '0'; c <= '9'; c++) {
        client.wire().send(String.valueOf(c));
        assertThat(client.wire().read(1)).isEqualTo(String.valueOf(c));
      }
      assertThat(client.wire().awaitEnd()).isEqualTo(Wire.End.CLOSED);
    }
  }

  /** The upstream takes what is left of the body for the next request, if it is ever given one. */
  @Test
  void neverReusesAnUpstreamConnectionBehindAnEarlyAnswer() throws Exception {
    upstream.play(
        visit -> {
          visit.readHead();
          visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + visit.number());
          visit.wire().awaitEnd();
        });
    try (RawClient first = client();
        RawClient second = client()) {
      post(first, "Content-Length: 5");
      assertThat(first.answer().body()).isEqualTo("1");
      assertThat(second.get("/y").answer().body()).isEqualTo("2");
    }
  }
}
