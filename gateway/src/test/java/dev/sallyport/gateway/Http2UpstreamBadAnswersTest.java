package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FrameUpstream;
import dev.sallyport.gateway.testkit.FrameUpstream.Request;
import dev.sallyport.gateway.testkit.Frames;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import io.netty.handler.codec.http2.Http2Exception;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers of HTTP/2 that have no counterpart in HTTP/1.1: 502, and none of them forwarded. */
@ExtendWith(NoLeaks.class)
class Http2UpstreamBadAnswersTest {
  private static final String SECRET = "from-the-upstream";

  @FunctionalInterface
  interface Sending {
    void send(Frames frames, int stream) throws IOException, Http2Exception;
  }

  record Case(String name, Sending sending) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case head(String name, String... fields) {
    return new Case(
        name,
        (frames, stream) -> {
          frames.headers(stream, false, fields);
          frames.data(stream, true, SECRET);
        });
  }

  private static String[] many() {
    String[] fields = new String[2 + 2 * 400];
    fields[0] = ":status";
    fields[1] = "200";
    for (int i = 2; i < fields.length; i += 2) {
      fields[i] = "x-" + i;
      fields[i + 1] = "y";
    }
    return fields;
  }

  static Stream<Case> heads() {
    return Stream.of(
        head("no status", "etag", "x"),
        head("two statuses", ":status", "200", ":status", "404"),
        head("status of letters", ":status", "abc"),
        head("status of two digits", ":status", "20"),
        head("status of four digits", ":status", "2000"),
        head("signed status", ":status", "+20"),
        head("status below 100", ":status", "099"),
        head("switching protocols", ":status", "101", "upgrade", "websocket"),
        head("pseudo-header of requests", ":status", "200", ":path", "/"),
        head("unknown pseudo-header", ":status", "200", ":foo", "x"),
        new Case(
            "status behind a field",
            (frames, stream) -> {
              byte[] block = {0x10, 1, 'a', 1, 'b', (byte) 0x88};
              frames.send(Frames.HEADERS, Frames.END_HEADERS, stream, block);
              frames.data(stream, true, SECRET);
            }),
        head("connection", ":status", "200", "connection", "close"),
        head("keep-alive", ":status", "200", "keep-alive", "timeout=5"),
        head("proxy-connection", ":status", "200", "proxy-connection", "close"),
        head("transfer-encoding", ":status", "200", "transfer-encoding", "chunked"),
        head("upgrade", ":status", "200", "upgrade", "h2c"),
        head("capitals in a name", ":status", "200", "Etag", "x"),
        head("blank in a name", ":status", "200", "a b", "x"),
        head("colon in a name", ":status", "200", "a:b", "x"),
        head("line break in a name", ":status", "200", "a\r\nb", "x"),
        head("empty name", ":status", "200", "", "x"),
        head("response splitting", ":status", "200", "a", "b\r\nset-cookie: c=d"),
        head("bare LF in a value", ":status", "200", "a", "b\nc"),
        head("bare CR in a value", ":status", "200", "a", "b\rc"),
        head("NUL in a value", ":status", "200", "a", "b\0c"),
        head("two lengths", ":status", "200", "content-length", "17", "content-length", "3"),
        head("signed length", ":status", "200", "content-length", "+17"),
        head("length of letters", ":status", "200", "content-length", "x"),
        head("thousands of fields", many()),
        head("huge field", ":status", "200", "a", "b".repeat(15_000).repeat(6)),
        new Case(
            "announced body that does not come",
            (frames, stream) ->
                frames.headers(stream, true, ":status", "200", "content-length", "5")),
        new Case("body before its head", (frames, stream) -> frames.data(stream, true, SECRET)),
        new Case(
            "interim that ends the stream",
            (frames, stream) -> frames.headers(stream, true, ":status", "103")),
        new Case(
            "body behind an interim",
            (frames, stream) -> {
              frames.headers(stream, false, ":status", "103");
              frames.data(stream, true, SECRET);
            }),
        new Case(
            "interim flood",
            (frames, stream) -> {
              for (int i = 0; i < 1000; i++) {
                frames.headers(stream, false, ":status", "103", "link", "</a>");
              }
            }),
        new Case(
            "broken HPACK",
            (frames, stream) ->
                frames.send(Frames.HEADERS, Frames.END_HEADERS, stream, new byte[] {-1, -1, -1})),
        new Case(
            "a frame of another stream in the head",
            (frames, stream) -> {
              frames.send(Frames.HEADERS, 0, stream, frames.block(stream, ":status", "200"));
              frames.data(stream, true, SECRET);
            }),
        new Case(
            "pushed",
            (frames, stream) -> frames.send(5, Frames.END_HEADERS, stream, Frames.number(2))),
        new Case(
            "oversized frame",
            (frames, stream) -> frames.send(Frames.DATA, 0, stream, new byte[20_000])));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void answers502(Case row) throws Exception {
    try (FaultyUpstream upstream = upstream(row);
        Gateway gateway = Gateway.start(Routes.config(Http2UpstreamTest.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      Answer answer = client.get("/x").answer();
      assertThat(answer.status()).as("%s: %s", row, answer).isEqualTo(502);
      assertThat(answer.code()).as("%s: %s", row, answer).isEqualTo("upstream-bad-answer");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
      assertThat(answer.head() + answer.body()).doesNotContain(SECRET);
      assertThat(client.get("/good").answer().body())
          .as("%s: the next request is served", row)
          .isEqualTo("/good");
    }
  }

  /** Answers {@code /x} with the case, and all else with its path. */
  private static FaultyUpstream upstream(Case row) {
    return FrameUpstream.playing(
        each -> {
          while (true) {
            Request request = each.request();
            if (request.field(":path").equals("/x")) {
              row.sending().send(each.frames(), request.stream());
            } else {
              each.answer(request.stream(), "200", request.field(":path"));
            }
          }
        });
  }

  static Stream<Case> bodies() {
    return Stream.of(
        new Case(
            "body longer than announced",
            (frames, stream) -> {
              frames.headers(stream, false, ":status", "200", "content-length", "6");
              frames.data(stream, false, "half");
              frames.data(stream, true, SECRET);
            }),
        new Case(
            "body shorter than announced",
            (frames, stream) -> {
              frames.headers(stream, false, ":status", "200", "content-length", "9");
              frames.data(stream, true, "half");
            }),
        new Case(
            "body shorter than announced, with trailers",
            (frames, stream) -> {
              frames.headers(stream, false, ":status", "200", "content-length", "9");
              frames.data(stream, false, "half");
              frames.headers(stream, true, "a", "b");
            }),
        new Case(
            "second head",
            (frames, stream) -> {
              frames.headers(stream, false, ":status", "200");
              frames.data(stream, false, "half");
              frames.headers(stream, false, ":status", "200");
              frames.data(stream, true, SECRET);
            }),
        new Case(
            "pseudo-header among the trailers",
            (frames, stream) -> {
              frames.headers(stream, false, ":status", "200");
              frames.data(stream, false, "half");
              frames.headers(stream, true, ":status", "200");
            }),
        new Case(
            "line break in a trailer",
            (frames, stream) -> {
              frames.headers(stream, false, ":status", "200");
              frames.data(stream, false, "half");
              frames.headers(stream, true, "a", "b\r\nc: d");
            }),
        new Case(
            "reset in the body",
            (frames, stream) -> {
              frames.headers(stream, false, ":status", "200");
              frames.data(stream, false, "half");
              frames.send(Frames.RST_STREAM, 0, stream, Frames.number(0));
            }));
  }

  /** The head went on already, so that only the connection's end can tell. */
  @ParameterizedTest
  @MethodSource("bodies")
  void cutsOff(Case row) throws Exception {
    try (FaultyUpstream upstream = upstream(row);
        Gateway gateway = Gateway.start(Routes.config(Http2UpstreamTest.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      String all = client.get("/x").wire().readToEnd();
      assertThat(all).startsWith("HTTP/1.1 ").doesNotContain(SECRET).doesNotContain("\r\n0\r\n");
      if (all.startsWith("HTTP/1.1 200")) {
        int body = all.indexOf("\r\n\r\n") + 4;
        assertThat(all.substring(body).length()).isLessThan(17);
      }
    }
  }
}
