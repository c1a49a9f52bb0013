package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.net.SocketException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Requests that two servers could read differently: refused, the connection closed, none forwarded.
 */
@ExtendWith(NoLeaks.class)
class MalformedRequestTest {
  private static FaultyUpstream upstream;
  private static Gateway gateway;

  @BeforeAll
  static void start() throws Exception {
    upstream = FaultyUpstream.ok();
    gateway = Gateway.start(Routes.config(Routes.to(upstream).path("/"), admin()));
  }

  private static Routes admin() {
    return Routes.to(upstream).path("/admin");
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    upstream.close();
  }

  record Case(String name, String bytes, int status, String code) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static final String HOST = "Host: gate\r\n";

  /** {@code lines} stand between a good request line with Host and the empty line. */
  private static Case headers(String name, String lines, String code) {
    return new Case(
        name, "POST /x HTTP/1.1\r\n" + HOST + lines + "\r\n\r\n", 400, "bad-request-" + code);
  }

  private static Case line(String name, String line, String code) {
    return new Case(name, line + "\r\n" + HOST + "\r\n", 400, "bad-request-" + code);
  }

  private static Case target(String name, String target, String code) {
    return line(name, "GET " + target + " HTTP/1.1", code);
  }

  static Stream<Case> cases() {
    return Stream.of(framing(), lineBreaks(), names(), requestLines(), targets(), hosts(), others())
        .flatMap(List::stream);
  }

  private static List<Case> framing() {
    String te = "Transfer-Encoding: ";
    String smuggled = "\r\n\r\n0\r\n\r\nGET /admin HTTP/1.1\r\n" + HOST;
    return List.of(
        headers(
            "CL.TE", "Content-Length: 4\r\n" + te + "chunked" + smuggled, "length-and-encoding"),
        headers("TE.CL", te + "chunked\r\nContent-Length: 4" + smuggled, "length-and-encoding"),
        headers("CL.TE, CL 0", "Content-Length: 0\r\n" + te + "chunked", "length-and-encoding"),
        headers("two lengths", "Content-Length: 4\r\nContent-Length: 5", "length-repeated"),
        headers("two equal lengths", "Content-Length: 4\r\nContent-Length: 4", "length-repeated"),
        headers(
            "two lengths, other case", "Content-Length: 4\r\ncontent-length: 4", "length-repeated"),
        new Case(
            "two lengths in HTTP/1.0",
            "POST /x HTTP/1.0\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\nhello",
            400,
            "bad-request-length-repeated"),
        headers("list of lengths", "Content-Length: 4, 4", "length"),
        headers("negative length", "Content-Length: -1", "length"),
        headers("signed length", "Content-Length: +4", "length"),
        headers("hexadecimal length", "Content-Length: 0x4", "length"),
        headers("fractional length", "Content-Length: 4.0", "length"),
        headers("empty length", "Content-Length: ", "length"),
        headers("length of words", "Content-Length: four", "length"),
        headers("length with blank inside", "Content-Length: 1 0", "length"),
        headers("length beyond 64 bits", "Content-Length: 18446744073709551617", "length"),
        headers("length of 19 digits", "Content-Length: 1000000000000000000", "length"),
        headers("length with tab inside", "Content-Length: 1\t0", "length"),
        headers("length with separator", "Content-Length: 1_0", "length"),
        headers("length with exponent", "Content-Length: 1e1", "length"),
        headers("length with parameter", "Content-Length: 4;a=b", "length"),
        headers("length in quotes", "Content-Length: \"4\"", "length"),
        headers("length with trailing comma", "Content-Length: 4,", "length"),
        headers("length with leading comma", "Content-Length: ,4", "length"),
        headers("length of superscript digits", "Content-Length: \u00b2", "length"),
        headers("length behind a no-break space", "Content-Length: \u00a04", "length"),
        headers("length and none", "Content-Length: 4\r\nContent-Length: ", "length-repeated"),
        headers("TE identity", te + "identity", "transfer-encoding"),
        headers("TE gzip, chunked", te + "gzip, chunked", "transfer-encoding"),
        headers("TE chunked, identity", te + "chunked, identity", "transfer-encoding"),
        headers("TE chunked twice", te + "chunked, chunked", "transfer-encoding"),
        headers(
            "TE chunked on two lines", te + "chunked\r\n" + te + "chunked", "transfer-encoding"),
        headers("TE xchunked", te + "xchunked", "transfer-encoding"),
        headers("TE quoted", te + "\"chunked\"", "transfer-encoding"),
        headers("TE with parameter", te + "chunked;q=1", "transfer-encoding"),
        headers("TE empty", te, "transfer-encoding"),
        headers("TE with trailing comma", te + "chunked,", "transfer-encoding"),
        headers("TE with leading comma", te + ",chunked", "transfer-encoding"),
        headers("TE with empty parameters", te + "chunked;", "transfer-encoding"),
        headers("TE of two words", te + "chunked identity", "transfer-encoding"),
        headers("TE deflate", te + "deflate", "transfer-encoding"),
        headers("TE behind a no-break space", te + "\u00a0chunked", "transfer-encoding"),
        headers("TE with NUL", te + "chunked\0", "header-value"),
        headers("TE.TE", te + "chunked\r\n" + te + "identity", "transfer-encoding"),
        headers("TE.TE, other case", te + "chunked\r\ntransfer-encoding: x", "transfer-encoding"),
        headers("TE with vertical tab", te + "\u000bchunked", "header"),
        headers("TE in a header name with blank", "Transfer-Encoding : chunked", "header-name"),
        new Case(
            "TE in HTTP/1.0",
            "POST /x HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
            "bad-request-transfer-encoding"),
        headers(
            "body of a WebSocket draft without length",
            "Sec-WebSocket-Key1: 1\r\nSec-WebSocket-Key2: 2",
            "length"));
  }

  private static List<Case> lineBreaks() {
    return List.of(
        new Case("bare LF", "GET /x HTTP/1.1\nHost: gate\n\n", 400, "bad-request-line-break"),
        headers("bare LF in a header", "A: b\nC: d", "line-break"),
        headers("bare CR in a value", "A: b\rC: d", "header-value"),
        headers("CR CR LF", "A: b\r", "header-value"),
        new Case(
            "bare CR in the line", "GET /x\rHTTP/1.1\r\n" + HOST + "\r\n", 400, "bad-request-line"),
        new Case(
            "bare LF in front",
            "\nGET /x HTTP/1.1\r\n" + HOST + "\r\n",
            400,
            "bad-request-line-break"),
        new Case(
            "bare CR in front",
            "\rGET /x HTTP/1.1\r\n" + HOST + "\r\n",
            400,
            "bad-request-line-break"),
        new Case(
            "NUL in front", "\0GET /x HTTP/1.1\r\n" + HOST + "\r\n", 400, "bad-request-line-break"),
        new Case(
            "empty lines without end in front",
            "\r\n".repeat(9) + "GET /x HTTP/1.1\r\n" + HOST + "\r\n",
            400,
            "bad-request-line-break"),
        headers("obs-fold by blank", "A: b\r\n c: d", "folding"),
        headers("obs-fold by tab", "A: b\r\n\tc", "folding"),
        headers("obs-fold of a length", "Content-Length:\r\n 4", "folding"),
        headers("obs-fold of blanks only", "A: b\r\n  ", "folding"),
        new Case(
            "blank before the first header",
            "GET /x HTTP/1.1\r\n " + HOST + "\r\n",
            400,
            "bad-request-folding"));
  }

  private static List<Case> names() {
    return List.of(
        headers("blank before colon", "A : b", "header-name"),
        headers("tab before colon", "A\t: b", "header-name"),
        headers("no name", ": b", "header-name"),
        headers("no colon", "nothing", "header"),
        headers("blank in name", "A B: c", "header-name"),
        headers("NUL in name", "A\0: b", "header-name"),
        headers("slash in name", "A/B: c", "header-name"),
        headers("bracket in name", "A(: b", "header-name"),
        headers("non-ASCII name", "\u00e4: b", "header-name"),
        headers("quote in name", "A\"B: c", "header-name"),
        headers("comma in name", "A,B: c", "header-name"),
        headers("semicolon in name", "A;B: c", "header-name"),
        headers("equals sign in name", "A=B: c", "header-name"),
        headers("at sign in name", "A@B: c", "header-name"),
        headers("backslash in name", "A\\B: c", "header-name"),
        headers("brace in name", "A{B: c", "header-name"),
        headers("escape in name", "A\u001b: c", "header-name"),
        headers("backspace in value", "A: b\bc", "header-value"),
        headers("vertical tab in value", "A: b\u000bc", "header-value"),
        headers("form feed in value", "A: b\fc", "header-value"),
        headers("NUL in value", "A: b\0c", "header-value"),
        headers("escape in value", "A: b\u001b[31m", "header-value"),
        headers("DEL in value", "A: b\u007f", "header-value"),
        headers("Connection names Origin", "Connection: close, Origin", "connection"),
        headers("Connection names Host", "Connection: host", "connection"),
        headers("Connection names Authorization", "Connection: Authorization", "connection"),
        headers(
            "Connection names Cookie",
            "Connection: keep-alive\r\nConnection: cookie",
            "connection"),
        headers(
            "Connection names Content-Length",
            "Content-Length: 5\r\nConnection: content-length",
            "connection"),
        headers(
            "Connection names Transfer-Encoding",
            "Transfer-Encoding: chunked\r\nConnection: transfer-encoding",
            "connection"),
        headers("Connection names Sec-Fetch-Site", "Connection: sec-fetch-site", "connection"),
        headers("Connection names much", "Connection: " + names(40), "connection"));
  }

  private static String names(int count) {
    StringBuilder names = new StringBuilder();
    for (int i = 0; i < count; i++) {
      names.append("x").append(i).append(",");
    }
    return names.toString();
  }

  private static List<Case> requestLines() {
    return List.of(
        line("two blanks", "GET  /x HTTP/1.1", "line"),
        line("two blanks before the version", "GET /x  HTTP/1.1", "line"),
        line("blank in front", " GET /x HTTP/1.1", "line"),
        line("blank behind", "GET /x HTTP/1.1 ", "line"),
        line("tabs", "GET\t/x\tHTTP/1.1", "line"),
        line("vertical tab", "GET\u000b/x HTTP/1.1", "line"),
        line("form feed", "GET /x\fHTTP/1.1", "line"),
        line("HTTP/0.9", "GET /x", "line"),
        line("method only", "GET", "line"),
        line("four words", "GET /x y HTTP/1.1", "line"),
        line("no method token", "G(ET /x HTTP/1.1", "line"),
        line("non-ASCII method", "G\u00e4T /x HTTP/1.1", "line"),
        line("NUL in method", "GE\0T /x HTTP/1.1", "line"),
        line("lower-case version", "GET /x http/1.1", "line"),
        line("other protocol", "GET /x ICAP/1.0", "line"),
        line("version of three digits", "GET /x HTTP/1.10", "line"),
        line("version of two digits before the dot", "GET /x HTTP/11.1", "line"),
        line("version without dot", "GET /x HTTP/11", "line"),
        line("version cut off", "GET /x HTTP/1.", "line"),
        line("version with comma", "GET /x HTTP/1,1", "line"),
        line("signed version", "GET /x HTTP/+1.1", "line"),
        line("blank in the version", "GET /x HTTP/ 1.1", "line"),
        line("HTTPS as the protocol", "GET /x HTTPS/1.1", "line"),
        line("colon in method", "GE:T /x HTTP/1.1", "line"),
        line("no target", "GET HTTP/1.1", "line"),
        line("TLS to a clear port", "\u0016\u0003\u0001", "line-break"),
        new Case(
            "HTTP/2 preface that goes on as another request",
            "PRI * HTTP/2.0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
            505,
            "version-not-supported"),
        new Case("HTTP/1.2", "GET /x HTTP/1.2\r\n" + HOST + "\r\n", 505, "version-not-supported"));
  }

  private static List<Case> targets() {
    return List.of(
        target("dot segment", "/a/../admin", "path"),
        target("single dot", "/a/./b", "path"),
        target("dots at the end", "/a/..", "path"),
        target("dots first", "/..", "path"),
        target("escaped dots", "/a/%2e%2e/admin", "path"),
        target("escaped dots, upper case", "/a/%2E%2E/admin", "path"),
        target("half-escaped dots", "/a/.%2e/admin", "path"),
        target("half-escaped dots, the other half", "/a/%2e./admin", "path"),
        target("escaped dot", "/a/%2e/b", "path"),
        target("dots before an escaped NUL", "/a/..%00/admin", "path"),
        target("dots behind an escaped backslash", "/a%5c..%5cadmin", "path"),
        target("dots before an escaped slash", "/a/..%2fadmin", "path"),
        target("dots behind an escaped slash", "/a%2f..%2fadmin", "path"),
        target("dots before an escaped backslash", "/a/..%5cadmin", "path"),
        target("dots with parameters", "/a/..;/admin", "path"),
        target("dots with escaped parameters", "/a/..%3bx=1/admin", "path"),
        target("backslash", "/a\\b", "path"),
        target("escaped NUL", "/a%00", "path"),
        target("escape of no digits", "/a%zz", "path"),
        target("cut escape", "/a%2", "path"),
        target("percent alone", "/100%", "path"),
        target("several slashes into another route", "//admin/x", "path"),
        target("parameters into another route", "/admin;v=1/x", "path"),
        target("an escaped slash into another route", "/%2fadmin/x", "path"),
        target("an escaped slash behind another route", "/admin%2Fx", "path"),
        target("an escaped backslash behind another route", "/a%64min%5cx", "path"),
        target("non-ASCII", "/\u00e4", "target"),
        target("control character", "/a\u0001b", "target"),
        target("DEL", "/a\u007f", "target"),
        target("non-ASCII in the query", "/a?\u00e4", "target"),
        target("control character in the query", "/a?\u0001", "target"),
        target("fragment behind the query", "/a?b#c", "target"),
        target("fragment", "/a#b", "target"),
        target("no slash", "a", "target"),
        target("query only", "?a", "target"),
        target("asterisk with GET", "*", "target"),
        line("OPTIONS of the server as a whole", "OPTIONS * HTTP/1.1", "target"),
        target("other scheme", "ftp://gate/a", "target"),
        target("authority", "gate:80", "target"),
        target("absolute, other host", "http://evil/a", "host-differs"),
        target("absolute, other port", "http://gate:81/a", "host-differs"),
        target("absolute with user", "http://u@gate/a", "host-differs"),
        target("absolute, dot segment", "http://gate/../a", "path"));
  }

  private static Case host(String name, String host, String code) {
    return new Case(name, "GET /x HTTP/1.1\r\n" + host + "\r\n", 400, "bad-request-" + code);
  }

  private static List<Case> hosts() {
    return List.of(
        host("no Host", "", "host-missing"),
        host("two Hosts", "Host: gate\r\nHost: gate\r\n", "host-repeated"),
        host("two Hosts, other case", "Host: gate\r\nhost: evil\r\n", "host-repeated"),
        host("empty Host", "Host:\r\n", "host"),
        host("list of Hosts", "Host: gate, evil\r\n", "host"),
        host("Host with user", "Host: u@gate\r\n", "host"),
        host("Host with path", "Host: gate/x\r\n", "host"),
        host("Host with scheme", "Host: http://gate\r\n", "host"),
        host("Host with blank", "Host: ga te\r\n", "host"),
        host("Host with escape", "Host: g%61te\r\n", "host"),
        host("Host non-ASCII", "Host: g\u00e4te\r\n", "host"),
        host("Host with port of letters", "Host: gate:http\r\n", "host"),
        host("Host with port too large", "Host: gate:65536\r\n", "host"),
        host("Host with empty port", "Host: gate:\r\n", "host"),
        host("Host with two ports", "Host: gate:80:80\r\n", "host"),
        host("Host of a port only", "Host: :80\r\n", "host"),
        host("Host in open bracket", "Host: [::1\r\n", "host"),
        host("Host behind bracket", "Host: [::1]x\r\n", "host"),
        host("Host with zone", "Host: [fe80::1%25eth0]\r\n", "host"),
        host("Host with backslash", "Host: gate\\evil\r\n", "host"),
        host("Host of 300 letters", "Host: " + "a".repeat(300) + "\r\n", "host"));
  }

  private static List<Case> others() {
    return List.of(
        new Case(
            "CONNECT",
            "CONNECT gate:443 HTTP/1.1\r\n" + HOST + "\r\n",
            501,
            "method-not-implemented"),
        new Case("TRACE", "TRACE /x HTTP/1.1\r\n" + HOST + "\r\n", 501, "method-not-implemented"),
        new Case("TRACK", "TRACK /x HTTP/1.1\r\n" + HOST + "\r\n", 501, "method-not-implemented"),
        new Case(
            "unknown expectation",
            "POST /x HTTP/1.1\r\n" + HOST + "Expect: 200-ok\r\nContent-Length: 1\r\n\r\n",
            417,
            "expectation-failed"),
        new Case(
            "long request line",
            "GET /" + "a".repeat(40_000) + " HTTP/1.1\r\n" + HOST + "\r\n",
            431,
            "head-too-large"),
        new Case(
            "long header",
            "GET /x HTTP/1.1\r\n" + HOST + "A: " + "b".repeat(40_000) + "\r\n\r\n",
            431,
            "head-too-large"),
        new Case(
            "line and headers too long together",
            "GET /"
                + "a".repeat(20_000)
                + " HTTP/1.1\r\n"
                + HOST
                + "A: "
                + "b".repeat(20_000)
                + "\r\n\r\n",
            431,
            "head-too-large"),
        new Case(
            "thousands of headers",
            "GET /x HTTP/1.1\r\n" + HOST + "a:\r\n".repeat(3000) + "\r\n",
            431,
            "head-too-large"));
  }

  /** The row "request smuggling" of the threats asks for so many, both directions together. */
  @Test
  void requestSmugglingIsTriedInManyWays() {
    Stream<String> requests = cases().map(row -> row.bytes());
    Stream<String> answers =
        Stream.concat(MalformedResponseTest.heads(), MalformedResponseTest.bodies())
            .map(row -> row.bytes());
    assertThat(Stream.concat(requests, answers).distinct().count()).isGreaterThanOrEqualTo(250);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refuses(Case row) throws Exception {
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.wire().send(row.bytes());
      Answer answer = client.answer();
      assertThat(answer.status()).as("%s: %s", row, answer).isEqualTo(row.status());
      assertThat(answer.code()).as("%s: %s", row, answer).isEqualTo(row.code());
      assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
      assertThat(answer.header("cache-control")).isEqualTo("no-store");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(client.wire().readToEnd()).as("%s: one answer, then the end", row).isEmpty();
    }
    assertThat(upstream.connections()).as("%s: connections to the upstream", row).isZero();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void refusesWhatComesByteByByte(Case row) throws Exception {
    if (row.bytes().length() > 1000) {
      return;
    }
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      Wire wire = client.wire();
      try {
        for (int i = 0; i < row.bytes().length(); i++) {
          wire.send(row.bytes().substring(i, i + 1));
        }
      } catch (SocketException closedMeanwhile) {
        assertThat(closedMeanwhile).isNotNull();
      }
      Answer answer = client.answer();
      assertThat(answer.status()).as("%s: %s", row, answer).isEqualTo(row.status());
      assertThat(answer.code()).as("%s: %s", row, answer).isEqualTo(row.code());
    }
    assertThat(upstream.connections()).as("%s: connections to the upstream", row).isZero();
  }
}
