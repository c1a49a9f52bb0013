package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.Enforcement;
import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.Limits;
import dev.sallyport.gateway.testkit.LogLines;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is thrown at a gateway of CORS, by the names under which it is known. */
@ExtendWith(NoLeaks.class)
class CorsThreatsTest {
  private static final String EVIL = "https://evil.com";

  private FaultyUpstream upstream;

  /** An upstream that opens itself to everybody, twice. */
  @BeforeEach
  void start() {
    upstream =
        FaultyUpstream.answering(
            """
            HTTP/1.1 200 OK\r
            Access-Control-Allow-Origin: *\r
            access-control-allow-origin: https://evil.com\r
            Access-Control-Allow-Credentials: true\r
            Vary: Accept\r
            Transfer-Encoding: chunked\r
            \r
            5\r
            hello\r
            0\r
            Access-Control-Allow-Origin: *\r
            \r
            """);
  }

  @AfterEach
  void stop() throws Exception {
    upstream.close();
  }

  private Gateway gateway() throws Exception {
    return Gateway.start(Routes.config(Routes.to(upstream)));
  }

  private static RawClient client(Gateway gateway) throws Exception {
    return RawClient.to(gateway.addresses().get(0));
  }

  private static Answer ask(RawClient client, String line, String... lines) throws Exception {
    client.wire().send(line + " HTTP/1.1\r\nHost: gate\r\n");
    return client.sendHead(lines).answer();
  }

  /** A shared cache must not give the answer for one origin, or for none, to another. */
  @ParameterizedTest
  @ValueSource(strings = {"Origin: https://blog.foo.com", "Origin: https://evil.com", "X: none"})
  void cachePoisoningByOrigin(String line) throws Exception {
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      Answer answer = ask(client, "GET /x", line);
      assertThat(answer.head().toLowerCase(Locale.ROOT)).contains("vary: accept", "origin");
      Answer missing = ask(client, "TRACE /x", line);
      assertThat(missing.header("cache-control")).as("our own errors").isEqualTo("no-store");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://blog.foo.com.evil.com",
        "https://evilblog.foo.com",
        "https://blog.foo.com_.evil.com",
        "https://blog.foo.com%60.evil.com",
        "https://BLOG.foo.com",
        "https://blog.foo.com.",
        "https://blog.foo.com:443",
        "http://blog.foo.com",
        "null",
        "https://blog.foo.com/",
        "https://blog.foo.com https://evil.com",
        "https://blog.foo.com\r\nOrigin: https://blog.foo.com",
        "8 KiB"
      })
  void originLookAlikes(String origin) throws Exception {
    String sent = origin.equals("8 KiB") ? "https://" + "a.".repeat(4096) + "foo.com" : origin;
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      Answer read = ask(client, "GET /x", "Origin: " + sent);
      assertThat(read.status()).isEqualTo(200);
      assertThat(read.header("access-control-allow-origin")).isEmpty();
      upstream.nextHead();
      Answer write = ask(client, "POST /x", "Origin: " + sent, "Content-Length: 0");
      assertThat(write.status()).isEqualTo(403);
      assertThat(write.header("access-control-allow-origin")).isEmpty();
      assertThat(upstream.hasHead()).as("the write was relayed").isFalse();
    }
  }

  /** A nomination must not take away what the gateway writes, nor what it decides by. */
  @Test
  void hopByHopAbuse() throws Exception {
    try (Gateway gateway = gateway()) {
      for (String name : new String[] {"Origin", "Host", "Authorization", "Cookie"}) {
        try (RawClient client = client(gateway)) {
          Answer answer =
              ask(client, "GET /x", "Origin: " + Routes.BLOG, "Connection: close, " + name);
          assertThat(answer.status()).as(name).isEqualTo(400);
          assertThat(answer.code()).isEqualTo("bad-request-connection");
        }
      }
      assertThat(upstream.hasHead()).isFalse();
      upstream.play(
          visit ->
              visit.answer(
                  "HTTP/1.1 200 OK\r\nConnection: close, access-control-allow-origin, vary\r\n"
                      + "Access-Control-Allow-Origin: *\r\nContent-Length: 0\r\n\r\n"));
      try (RawClient client = client(gateway)) {
        Answer answer = ask(client, "GET /x", "Origin: " + Routes.BLOG);
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
        assertThat(answer.header("vary")).isEqualTo("Origin");
      }
    }
  }

  /** A preflight whose header list is a bomb is answered, without what it asks for. */
  @Test
  void headerBombs() throws Exception {
    String[] bombs = {",".repeat(20_000), " ".repeat(20_000) + "x", "x,".repeat(10_000)};
    try (Gateway gateway = gateway()) {
      for (String bomb : bombs) {
        try (RawClient client = client(gateway)) {
          Answer answer =
              ask(
                  client,
                  "OPTIONS /x",
                  "Origin: " + Routes.BLOG,
                  "Access-Control-Request-Method: PUT",
                  "Access-Control-Request-Headers: a" + bomb + "b");
          assertThat(answer.status()).isEqualTo(204);
          assertThat(answer.header("access-control-allow-headers")).isEmpty();
        }
      }
      for (String bomb :
          new String[] {"a:\r\n".repeat(3000), "a: " + "b".repeat(40_000) + "\r\n"}) {
        try (RawClient client = client(gateway)) {
          client.wire().send("GET /x HTTP/1.1\r\nHost: gate\r\n" + bomb + "\r\n");
          assertThat(client.answer().status()).isEqualTo(431);
        }
      }
    }
    assertThat(upstream.connections()).isZero();
  }

  /** Slow heads, slow bodies, slow readers: all are cut off by a clock of their own. */
  @Test
  void slowClients() throws Exception {
    Duration brief = Duration.ofMillis(300);
    ConnectionLimits limits =
        Limits.common()
            .headTimeout(brief)
            .idleTimeout(brief)
            .writeTimeout(brief)
            .grace(brief)
            .build();
    try (Gateway gateway = Gateway.start(Routes.config(limits, Routes.to(upstream)))) {
      try (LogLines accesses = new LogLines("sallyport.access");
          RawClient body = client(gateway)) {
        body.sendHead("POST /x HTTP/1.1", "Host: gate", "Content-Length: 9").sendBody("half");
        assertThat(body.wire().readToEnd()).doesNotContain("HTTP/1.1 200");
        assertThat(accesses.next()).contains("POST /x 408");
      }
      byte[] piece = new byte[1 << 16];
      upstream.play(
          visit -> {
            visit.readRequest();
            visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: " + (1 << 30) + "\r\n\r\n");
            while (true) {
              visit.wire().send(piece);
            }
          });
      try (LogLines accesses = new LogLines("sallyport.access");
          RawClient reader = client(gateway)) {
        reader.sendHead("GET /x HTTP/1.1", "Host: gate");
        reader.wire().readHead();
        assertThat(accesses.next()).contains(" 200 cut ");
      }
      try (RawClient head = client(gateway)) {
        head.wire().send("GET /x HTTP/1.1\r\nHost: ");
        assertThat(head.wire().readToEnd()).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.com", "127.0.0.1", "gate.evil.com", "gate."})
  void hostAttacks(String host) throws Exception {
    try (Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream).host("gate")));
        RawClient client = client(gateway)) {
      Answer fine = ask(client, "GET /x");
      assertThat(fine.status()).isEqualTo(200);
      assertThat(Wire.header(upstream.nextHead(), "host"))
          .isEqualTo("127.0.0.1:" + upstream.port());
      client.sendHead("GET /x HTTP/1.1", "Host: " + host);
      Answer answer = client.answer();
      assertThat(answer.status()).as(answer.toString()).isEqualTo(421);
      assertThat(answer.body()).doesNotContain(EVIL);
      client.sendHead("GET http://" + host + "/x HTTP/1.1", "Host: gate");
      assertThat(client.answer().status()).isEqualTo(400);
      assertThat(upstream.hasHead()).isFalse();
    }
  }

  /** Requests that no browser preflights, but that change something. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: https://evil.com",
        "Origin: null",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: cross-site\r\nOrigin: https://evil.com"
      })
  void crossSiteRequestForgery(String lines) throws Exception {
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      Answer answer =
          ask(client, "POST /transfer", lines, "Content-Type: text/plain", "Content-Length: 0");
      assertThat(answer.status()).isEqualTo(403);
      assertThat(upstream.connections()).as("the upstream saw it").isZero();
    }
  }

  /** Only a strict preflight is answered without asking the upstream, which authenticates. */
  @Test
  void preflightMixedUpWithAuthentication() throws Exception {
    String origin = "Origin: " + Routes.BLOG;
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      client.sendHead(
          "OPTIONS /x HTTP/1.1", "Host: gate", origin, "Access-Control-Request-Method: PUT");
      assertThat(client.answer().status()).isEqualTo(204);
      assertThat(upstream.connections()).as("a preflight has no credentials").isZero();
      for (String[] lines :
          new String[][] {
            {origin},
            {"Access-Control-Request-Method: PUT"},
            {origin, "Access-Control-Request-Headers: authorization"}
          }) {
        assertThat(ask(client, "OPTIONS /x", lines).status()).isEqualTo(200);
        assertThat(upstream.nextHead()).startsWith("OPTIONS /x ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://blog.foo.com", "https://evil.com"})
  void doubledCorsHeaders(String origin) throws Exception {
    try (Gateway gateway = gateway();
        RawClient client = client(gateway)) {
      Answer answer = ask(client, "GET /x", "Origin: " + origin);
      // Fails by itself when there are two.
      assertThat(answer.header("access-control-allow-origin"))
          .isEqualTo(origin.equals(EVIL) ? "" : origin);
      assertThat(answer.header("access-control-allow-credentials")).isEmpty();
      assertThat(answer.trailers()).isEmpty();
    }
  }

  @Test
  void forgedForwardingHeaders() throws Exception {
    try (Gateway gateway =
            Gateway.start(Routes.config(Routes.to(upstream).perClient(1, Duration.ofHours(1))));
        RawClient client = client(gateway)) {
      assertThat(ask(client, "GET /x", "X-Forwarded-For: 1.1.1.1").status()).isEqualTo(200);
      assertThat(upstream.nextHead().toLowerCase(Locale.ROOT)).doesNotContain("forwarded");
      for (String line : new String[] {"X-Forwarded-For: 2.2.2.2", "Forwarded: for=2.2.2.2"}) {
        assertThat(ask(client, "GET /x", line).status()).as(line).isEqualTo(429);
      }
    }
  }

  /** From the configuration; what comes by HTTP/2 is thrown in {@link Http2Test}. */
  @ParameterizedTest
  @ValueSource(strings = {"a\\r\\nevil: b", "a\\nb", "a\\rb", "a\\0b"})
  void responseSplitting(String value, @TempDir Path directory) throws Exception {
    Path file = directory.resolve("sallyport.yaml");
    Files.writeString(
        file,
        "routes:\n  - upstream: http://127.0.0.1:1\n    response: {setHeaders: {x: \""
            + value
            + "\"}}\n");
    var result = ConfigFile.read(file, name -> Optional.empty());
    assertThat(result.config()).isEmpty();
    assertThat(result.problems()).anyMatch(problem -> problem.error());
    Files.writeString(
        file,
        "routes:\n  - upstream: http://127.0.0.1:1\n    response: {setHeaders: {x: \"${env:X}\"}}\n");
    String unescaped = value.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0");
    assertThat(ConfigFile.read(file, name -> Optional.of(unescaped)).config())
        .as("from the environment")
        .isEmpty();
  }

  /** No value of a client may begin a line of the log, or move a terminal's cursor. */
  @Test
  void logs() throws Exception {
    Routes strict =
        Routes.to(upstream).cors(Routes.policy(builder -> builder.enforce(Enforcement.ORIGIN)));
    try (Gateway gateway = Gateway.start(Routes.config(strict));
        LogLines decisions = new LogLines("sallyport.decision");
        LogLines accesses = new LogLines("sallyport.access");
        RawClient client = client(gateway)) {
      String forged = "/x%0d%0aINFO%20forged%1b%5b31m";
      ask(client, "GET " + forged, "Origin: https://evil.com\u00e2\u0080\u00ae\u0085");
      assertThat(decisions.next() + accesses.next())
          .matches("[\\x20-\\x7e→]*")
          .doesNotContain("INFO forged");
    }
  }
}
