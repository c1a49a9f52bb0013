package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that two clients could read differently: 502, and none of their bytes forwarded. */
@ExtendWith(NoLeaks.class)
class MalformedResponseTest {
  private static final String SECRET = "from-the-upstream";

  private static FaultyUpstream upstream;
  private static Gateway gateway;

  @BeforeAll
  static void start() throws Exception {
    upstream = FaultyUpstream.ok();
    gateway = Gateway.start(Routes.config(Routes.to(upstream)));
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    upstream.close();
  }

  record Case(String name, String bytes) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Case headers(String name, String lines) {
    return new Case(name, "HTTP/1.1 200 OK\r\n" + lines + "\r\n\r\n" + SECRET);
  }

  private static Case line(String name, String line) {
    return new Case(name, line + "\r\nContent-Length: 17\r\n\r\n" + SECRET);
  }

  static Stream<Case> heads() {
    return Stream.of(framing(), lines(), others()).flatMap(List::stream);
  }

  private static List<Case> framing() {
    String te = "Transfer-Encoding: ";
    return List.of(
        headers("CL.TE", "Content-Length: 17\r\n" + te + "chunked"),
        headers("TE.CL", te + "chunked\r\nContent-Length: 17"),
        headers("two lengths", "Content-Length: 17\r\nContent-Length: 3"),
        headers("two equal lengths", "Content-Length: 17\r\nContent-Length: 17"),
        headers("list of lengths", "Content-Length: 17, 17"),
        headers("negative length", "Content-Length: -1"),
        headers("signed length", "Content-Length: +17"),
        headers("hexadecimal length", "Content-Length: 0x11"),
        headers("empty length", "Content-Length:"),
        headers("length beyond 64 bits", "Content-Length: 18446744073709551633"),
        headers("two lengths, other case", "Content-Length: 17\r\ncontent-length: 3"),
        headers("fractional length", "Content-Length: 17.0"),
        headers("length of words", "Content-Length: many"),
        headers("length with blank inside", "Content-Length: 1 7"),
        headers("length with separator", "Content-Length: 1_7"),
        headers("length with trailing comma", "Content-Length: 17,"),
        headers("TE empty", te),
        headers("TE chunked, identity", te + "chunked, identity"),
        headers("TE with parameter", te + "chunked;q=1"),
        headers("TE quoted", te + "\"chunked\""),
        headers("TE with trailing comma", te + "chunked,"),
        headers("TE identity with length", te + "identity\r\nContent-Length: 17"),
        headers("TE identity", te + "identity"),
        headers("TE gzip", te + "gzip"),
        headers("TE gzip, chunked", te + "gzip, chunked"),
        headers("TE chunked twice", te + "chunked, chunked"),
        headers("TE on two lines", te + "chunked\r\n" + te + "chunked"),
        headers("TE xchunked", te + "xchunked"),
        new Case(
            "TE in HTTP/1.0", "HTTP/1.0 200 OK\r\n" + te + "chunked\r\n\r\n0\r\n\r\n" + SECRET));
  }

  private static List<Case> lines() {
    return List.of(
        line("no HTTP", "SSH-2.0-OpenSSH_9.2"),
        line("HTTP/0.9", SECRET),
        line("HTTP/2", "HTTP/2.0 200 OK"),
        line("lower-case version", "http/1.1 200 OK"),
        line("ICY", "ICY 200 OK"),
        line("no status", "HTTP/1.1"),
        line("status of two digits", "HTTP/1.1 20 OK"),
        line("status of four digits", "HTTP/1.1 2000 OK"),
        line("signed status", "HTTP/1.1 +20 OK"),
        line("status of letters", "HTTP/1.1 abc OK"),
        line("status 099", "HTTP/1.1 099 OK"),
        line("two blanks", "HTTP/1.1  200 OK"),
        line("tab", "HTTP/1.1\t200 OK"),
        line("version of two digits", "HTTP/1.10 200 OK"),
        line("version without dot", "HTTP/1 200 OK"),
        line("HTTPS as the protocol", "HTTPS/1.1 200 OK"),
        line("blank in front", " HTTP/1.1 200 OK"),
        line("letters O for zeros", "HTTP/1.1 2OO OK"),
        line("NUL in the reason", "HTTP/1.1 200 O\0K"),
        line("escape in the reason", "HTTP/1.1 200 O\u001bK"),
        line("bare CR in the reason", "HTTP/1.1 200 O\rK"),
        new Case("bare LF", "HTTP/1.1 200 OK\nContent-Length: 17\n\n" + SECRET),
        new Case("bare LF in front", "\nHTTP/1.1 200 OK\r\nContent-Length: 17\r\n\r\n" + SECRET),
        headers("bare LF in a header", "A: b\nContent-Length: 17"),
        headers("bare CR in a value", "A: b\rc"),
        headers("response splitting by NUL", "A: b\0c"),
        headers("obs-fold", "A: b\r\n c\r\nContent-Length: 17"),
        headers("obs-fold of a length", "Content-Length:\r\n 17"),
        headers("obs-fold by tab", "A: b\r\n\tc\r\nContent-Length: 17"),
        headers("tab before colon", "Content-Length\t: 17"),
        headers("NUL in name", "A\0: b"),
        headers("non-ASCII name", "\u00e4: b"),
        headers("escape in value", "A: b\u001b[31m"),
        headers("DEL in value", "A: b\u007f"),
        headers("blank before the first header", " A: b"),
        headers("blank before colon", "Content-Length : 17"),
        headers("two words before colon", "Content Length: 17"),
        headers("no colon", "nothing"),
        headers("no name", ": b"),
        headers("bracket in name", "A(: b"));
  }

  private static List<Case> others() {
    return List.of(
        headers("Connection names without end", "Connection: " + names()),
        headers("thousands of headers", "a: b\r\n".repeat(3000) + "c: d"),
        headers("huge header", "A: " + "b".repeat(100_000)),
        line("huge reason", "HTTP/1.1 200 " + "b".repeat(100_000)),
        new Case(
            "switching protocols",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n"
                + SECRET),
        new Case("closed at once", ""),
        new Case("closed in the status line", "HTTP/1.1 2"),
        new Case("closed in a header", "HTTP/1.1 200 OK\r\nContent-Le"),
        new Case("closed before the empty line", "HTTP/1.1 200 OK\r\nContent-Length: 17\r\n"),
        new Case("interim only", "HTTP/1.1 100 Continue\r\n\r\n"),
        new Case("interim flood", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n".repeat(1000)),
        new Case(
            "malformed behind interim", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\nA: b\n\n"));
  }

  private static String names() {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < 40; i++) {
      names.append("x").append(i).append(",");
    }
    return names.toString();
  }

  @ParameterizedTest
  @MethodSource("heads")
  void answers502(Case row) throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().send(row.bytes());
          visit.wire().endOutput();
          visit.wire().awaitEnd();
        });
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      Answer answer = client.get("/x").answer();
      assertThat(answer.status()).as("%s: %s", row, answer).isEqualTo(502);
      assertThat(answer.code()).as("%s: %s", row, answer).isEqualTo("upstream-bad-answer");
      assertThat(answer.header("access-control-allow-origin"))
          .as("%s: a script can read it", row)
          .isEqualTo(Routes.BLOG);
      assertThat(answer.head() + answer.body()).as(row.name()).doesNotContain(SECRET);
      upstream.play(MalformedResponseTest::answerOk);
      assertThat(client.get("/y").answer().body())
          .as("%s: the client's connection lives on, the upstream's does not", row)
          .isEqualTo("hello");
    }
  }

  private static void answerOk(FaultyUpstream.Visit visit) throws IOException {
    visit.readRequest();
    visit.wire().send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 5\r\n\r\nhello");
    visit.wire().awaitEnd();
  }

  /** The head went on already, so that only the connection's end can tell. */
  static Stream<Case> bodies() {
    String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    return Stream.of(
        new Case(
            "closed in a body of known length", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
        new Case("closed in a chunk", chunked + "9\r\nhalf"),
        new Case("closed behind a chunk", chunked + "4\r\nhalf\r\n"),
        new Case("closed in a chunk's size", chunked + "4\r\nhalf\r\n1"),
        new Case("closed before the trailers", chunked + "4\r\nhalf\r\n0\r\n"),
        new Case("closed in the trailers", chunked + "4\r\nhalf\r\n0\r\nA: b\r\n"),
        new Case("chunk size of letters", chunked + "4\r\nhalf\r\nxyz\r\n"),
        new Case("empty chunk size", chunked + "4\r\nhalf\r\n\r\n"),
        new Case("negative chunk size", chunked + "4\r\nhalf\r\n-1\r\n"),
        new Case("chunk size with prefix", chunked + "4\r\nhalf\r\n0x4\r\n"),
        new Case("chunk size with blank in front", chunked + "4\r\nhalf\r\n 4\r\n"),
        new Case("signed chunk size", chunked + "4\r\nhalf\r\n+4\r\n"),
        new Case("chunk size with separator", chunked + "4\r\nhalf\r\n0_4\r\n"),
        new Case("chunk size with blank inside", chunked + "4\r\nhalf\r\n0 4\r\n"),
        new Case("blank before the trailer's colon", chunked + "4\r\nhalf\r\n0\r\nA : b\r\n\r\n"),
        new Case("folded trailer", chunked + "4\r\nhalf\r\n0\r\nA: b\r\n c\r\n\r\n"),
        new Case("chunk size beyond 32 bits", chunked + "4\r\nhalf\r\n100000000\r\n"),
        new Case("chunk longer than its size", chunked + "4\r\nhalf!\r\n0\r\n\r\n"),
        new Case("chunk ended by LF", chunked + "4\r\nhalf\n0\r\n\r\n"),
        new Case("chunk size ended by LF", chunked + "4\r\nhalf\r\n0\n\r\n"),
        new Case("chunk extension with LF", chunked + "4\r\nhalf\r\n4;a\nb\r\n"),
        new Case("chunk extension with NUL", chunked + "4\r\nhalf\r\n4;a\0\r\n"),
        new Case("trailer ended by LF", chunked + "4\r\nhalf\r\n0\r\nA: b\n\r\n"),
        new Case("trailer without colon", chunked + "4\r\nhalf\r\n0\r\nA\r\n\r\n"),
        new Case("trailer with NUL", chunked + "4\r\nhalf\r\n0\r\nA: \0\r\n\r\n"));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void cutsOff(Case row) throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().send(row.bytes());
          visit.wire().endOutput();
          visit.wire().awaitEnd();
        });
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.get("/x");
      Wire wire = client.wire();
      String head = wire.readHead();
      assertThat(head).as(row.name()).startsWith("HTTP/1.1 200 OK\r\n");
      String rest = wire.readToEnd();
      assertThat(rest).as("%s: what looks complete", row).doesNotContain("0\r\n\r\n");
      assertThat(rest.length()).as("%s: %s", row, rest).isLessThan(17);
    }
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void resetsClientsThatReadUntilTheEnd(Case row) throws Exception {
    upstream.play(
        visit -> {
          visit.readRequest();
          visit.wire().send(row.bytes());
          visit.wire().endOutput();
          visit.wire().awaitEnd();
        });
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.sendHead("GET /x HTTP/1.0", "Origin: https://blog.foo.com");
      String all = client.wire().readToEnd();
      if (!all.toLowerCase(Locale.ROOT).contains("content-length")) {
        assertThat(all).as("%s: an orderly end would look complete", row).endsWith("[reset]");
      }
    }
  }
}
