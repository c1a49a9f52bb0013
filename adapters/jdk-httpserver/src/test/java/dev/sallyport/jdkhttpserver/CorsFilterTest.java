package dev.sallyport.jdkhttpserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.BasicAuthenticator;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.VectorClient;
import dev.sallyport.vectors.Vectors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorsFilterTest {
  private static final String BLOG = "https://blog.foo.com";
  private static final AtomicReference<CorsPolicy> POLICY = new AtomicReference<>();
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static final CopyOnWriteArrayList<String> SEEN = new CopyOnWriteArrayList<>();

  private static HttpServer server;

  @BeforeAll
  static void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", CorsFilterTest::handle).getFilters().add(new CorsFilter(POLICY::get));
    server.start();
  }

  @AfterAll
  static void stop() {
    server.stop(0);
  }

  @BeforeEach
  void allowBlog() {
    POLICY.set(CorsPolicy.builder().allowOrigins(BLOG).exposeHeaders("etag").build());
    SEEN.clear();
  }

  private static void handle(HttpExchange exchange) throws IOException {
    CALLS.incrementAndGet();
    if (exchange.getAttribute(CorsFilter.DECISION) instanceof CorsDecision decision) {
      SEEN.add(decision.outcome().name());
    }
    switch (exchange.getRequestURI().getPath()) {
      case "/own" -> {
        exchange.getResponseHeaders().add("access-control-allow-origin", "*");
        exchange.getResponseHeaders().add("Access-Control-Allow-Credentials", "true");
        exchange.getResponseHeaders().add("Vary", "Accept-Encoding");
        exchange.getResponseHeaders().add("Vary", "accept, ORIGIN");
      }
      case "/throw" -> throw new IOException("the handler failed");
      default -> exchange.getResponseHeaders().add("Vary", "Accept-Encoding");
    }
    exchange.sendResponseHeaders(exchange.getRequestURI().getPath().equals("/404") ? 404 : 204, -1);
    exchange.close();
  }

  private static Answer get(String path, String origin) throws IOException {
    return VectorClient.send(
        server.getAddress(),
        "GET "
            + path
            + " HTTP/1.1\r\nHost: a\r\nOrigin: "
            + origin
            + "\r\nConnection: close\r\n\r\n");
  }

  static Stream<VectorCase> cases() {
    return Vectors.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersTheSharedCases(VectorCase vector) throws IOException {
    POLICY.set(CorsPolicy.builder(vector.policy()).build());
    int before = CALLS.get();
    Answer answer = VectorClient.send(server.getAddress(), "/", vector);
    assertThat(answer.differences(vector, 204, CALLS.get() - before)).isEmpty();
    assertThat(answer.varies("Accept-Encoding")).isEqualTo(!vector.isAnsweredByDoor());
  }

  @Test
  void replacesTheApplicationsOwnHeadersAndMergesVary() throws IOException {
    Answer allowed = get("/own", BLOG);
    assertThat(allowed.corsHeaders())
        .containsOnlyKeys("access-control-allow-origin", "access-control-expose-headers")
        .containsEntry("access-control-allow-origin", BLOG);
    assertThat(allowed.all("vary")).containsExactly("Accept-Encoding", "accept, ORIGIN");
    assertThat(get("/own", "https://evil.com").corsHeaders()).isEmpty();
  }

  @Test
  void leavesTheApplicationsOwnHeadersWhenItOnlyReports() throws IOException {
    POLICY.set(CorsPolicy.builder().allowOrigins(BLOG).reportOnly(true).build());
    assertThat(get("/own", BLOG).corsHeaders())
        .containsEntry("access-control-allow-origin", "*")
        .containsEntry("access-control-allow-credentials", "true");
    assertThat(SEEN).containsExactly("ACTUAL_ALLOWED");
  }

  @Test
  void writesHeadersOnErrorsToo() throws IOException {
    Answer answer = get("/404", BLOG);
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.corsHeaders()).containsEntry("access-control-allow-origin", BLOG);
  }

  @Test
  void aHandlerThatThrowsGetsNoAnswerFromTheServer() {
    assertThatThrownBy(() -> get("/throw", BLOG)).isInstanceOf(IOException.class);
  }

  @Test
  void tellsTheHandlerWhatWasDecided() throws IOException {
    get("/", BLOG);
    get("/", "https://evil.com");
    assertThat(SEEN).containsExactly("ACTUAL_ALLOWED", "ACTUAL_DENIED");
  }

  @Test
  void asksForThePolicyAtEachRequest() throws IOException {
    assertThat(get("/", "https://shop.foo.com").corsHeaders()).isEmpty();
    POLICY.set(CorsPolicy.builder().allowOrigins("https://shop.foo.com").build());
    assertThat(get("/", "https://shop.foo.com").corsHeaders())
        .containsEntry("access-control-allow-origin", "https://shop.foo.com");
  }

  /** The server's own filter, which asks for the password, takes no exchange but the server's. */
  @Test
  void standsInFrontOfAnAuthenticator() throws IOException {
    HttpContext closed = server.createContext("/closed", CorsFilterTest::handle);
    closed.getFilters().add(new CorsFilter(POLICY::get));
    closed.setAuthenticator(
        new BasicAuthenticator("here") {
          @Override
          public boolean checkCredentials(String user, String password) {
            return user.equals("me") && password.equals("secret");
          }
        });
    try {
      Answer stranger = get("/closed", BLOG);
      assertThat(stranger.status()).isEqualTo(401);
      assertThat(stranger.corsHeaders()).containsEntry("access-control-allow-origin", BLOG);
      Answer known = get("/closed", BLOG + "\r\nAuthorization: Basic bWU6c2VjcmV0");
      assertThat(known.status()).isEqualTo(204);
      assertThat(known.corsHeaders()).containsEntry("access-control-allow-origin", BLOG);
      Answer preflight =
          VectorClient.send(
              server.getAddress(),
              "OPTIONS /closed HTTP/1.1\r\nHost: a\r\nOrigin: "
                  + BLOG
                  + "\r\nAccess-Control-Request-Method: GET\r\nConnection: close\r\n\r\n");
      assertThat(preflight.status()).as("asked before the password is").isEqualTo(204);
    } finally {
      server.removeContext(closed);
    }
  }
}
