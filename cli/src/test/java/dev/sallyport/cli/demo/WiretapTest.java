package dev.sallyport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tap changes no byte, and tells of what HTTP it can read. */
class WiretapTest {

  /**
   * @param client all that the client sends
   * @param server all that the server sends
   * @param told the method, target and status of each exchange
   */
  record Talk(String name, String client, String server, List<String> told) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Talk> talks() {
    return Stream.of(
        new Talk(
            "one request",
            "GET /a HTTP/1.1\r\nHost: x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
            List.of("GET /a 200")),
        new Talk(
            "several on one connection",
            "PUT /a HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /b HTTP/1.1\r\n\r\n",
            "HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 1\r\n\r\n!",
            List.of("PUT /a 201", "GET /b 404")),
        new Talk(
            "chunks and trailers both ways",
            "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\nT: 1\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nT: 1\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
            List.of("POST /a 200", "GET /b 204")),
        new Talk(
            "HEAD, whose answer has a length and no body",
            "HEAD /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            List.of("HEAD /a 200", "GET /b 200")),
        new Talk(
            "interim answers",
            "POST /a HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\nx",
            "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            List.of("POST /a 200")),
        new Talk(
            "a body that ends with the connection",
            "GET /a HTTP/1.0\r\n\r\n",
            "HTTP/1.0 200 OK\r\n\r\nto the end",
            List.of("GET /a 200")),
        new Talk("no HTTP at all", "\0\1\2\r\n\r\n", "\3\4\r\n\r\n", List.of()));
  }

  @ParameterizedTest
  @MethodSource("talks")
  void passesEveryByteAndTellsOfEachExchange(Talk talk) throws Exception {
    List<Exchange> heard = new CopyOnWriteArrayList<>();
    InetAddress loopback = Loopback.address();
    try (ServerSocket server = new ServerSocket(0, 1, loopback);
        Wiretap tap =
            Wiretap.listen(0, new InetSocketAddress(loopback, server.getLocalPort()), heard::add);
        Socket client = new Socket(loopback, tap.port())) {
      CompletableFuture<String> atServer = CompletableFuture.supplyAsync(() -> serve(server, talk));
      client.getOutputStream().write(bytes(talk.client()));
      client.shutdownOutput();

      assertThat(text(client.getInputStream())).isEqualTo(talk.server());
      assertThat(atServer.join()).isEqualTo(talk.client());
      assertThat(heard)
          .extracting(e -> e.method() + " " + e.target() + " " + e.status())
          .containsExactlyElementsOf(talk.told());
    }
  }

  @Test
  void headersAreToldInTheirOrderWithTheirRepetitions() throws Exception {
    List<Exchange> heard = new CopyOnWriteArrayList<>();
    Talk talk =
        new Talk(
            "repeated headers",
            "GET / HTTP/1.1\r\nOrigin: http://a.com\r\nX: 1\r\nx: 2\r\n\r\n",
            "HTTP/1.1 200 OK\r\nVary: A\r\nContent-Length: 0\r\nVary: B\r\n\r\n",
            List.of());
    InetAddress loopback = Loopback.address();
    try (ServerSocket server = new ServerSocket(0, 1, loopback);
        Wiretap tap =
            Wiretap.listen(0, new InetSocketAddress(loopback, server.getLocalPort()), heard::add);
        Socket client = new Socket(loopback, tap.port())) {
      CompletableFuture<String> atServer = CompletableFuture.supplyAsync(() -> serve(server, talk));
      client.getOutputStream().write(bytes(talk.client()));
      client.shutdownOutput();
      text(client.getInputStream());
      atServer.join();
    }
    assertThat(heard)
        .singleElement()
        .satisfies(
            exchange -> {
              assertThat(exchange.request("ORIGIN")).containsExactly("http://a.com");
              assertThat(exchange.request("x")).containsExactly("1", "2");
              assertThat(exchange.response("vary")).containsExactly("A", "B");
            });
  }

  @Test
  void aServerThatIsNotThereLooksAsItWouldWithoutTheTap() throws Exception {
    InetAddress loopback = Loopback.address();
    try (Socket held = new Socket()) {
      held.bind(new InetSocketAddress(loopback, 0));
      try (Wiretap tap =
              Wiretap.listen(
                  0, new InetSocketAddress(loopback, held.getLocalPort()), exchange -> {});
          Socket client = new Socket(loopback, tap.port())) {
        assertThat(client.getInputStream().read()).isEqualTo(-1);
      }
    }
  }

  private static String serve(ServerSocket server, Talk talk) {
    try (Socket connection = server.accept()) {
      String asked = text(connection.getInputStream());
      connection.getOutputStream().write(bytes(talk.server()));
      return asked;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String text(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
