package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom the gateway takes for the client where other proxies stand in front of it. */
@ExtendWith(NoLeaks.class)
class TrustedProxiesTest {
  private static final String TRUSTED = "trustedProxies: [127.0.0.0/8, 10.0.0.0/8, \"fd00::/8\"]\n";

  @TempDir Path directory;
  private FaultyUpstream upstream;

  @BeforeEach
  void start() {
    upstream = FaultyUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  }

  @AfterEach
  void stop() throws Exception {
    upstream.close();
  }

  /** A gateway with a route to the upstream. */
  private Gateway gateway(String top, String route) throws Exception {
    Path file = directory.resolve("sallyport.yaml");
    Files.writeString(
        file,
        "listen: 0\n"
            + top
            + "routes:\n  - upstream: http://127.0.0.1:"
            + upstream.port()
            + "\n    "
            + route
            + "\n");
    return Gateway.start(ConfigFile.read(file, name -> Optional.empty()).config().orElseThrow());
  }

  private static int ask(Gateway gateway, String... lines) throws Exception {
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.wire().send("GET /x HTTP/1.1\r\nHost: gate\r\n");
      return client.sendHead(lines).answer().status();
    }
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1                           | 192.0.2.1",
        "192.0.2.1:4711                      | 192.0.2.1",
        "2001:db8::1                         | 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]                       | 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:4711                  | 2001:db8:0:0:0:0:0:1",
        "::ffff:192.0.2.1                    | 192.0.2.1",
        // What the client wrote itself stands in front.
        "198.51.100.9, 192.0.2.1             | 192.0.2.1",
        "10.0.0.9, 192.0.2.1                 | 192.0.2.1",
        // Trusted proxies in a row.
        "192.0.2.1, 10.0.0.7                 | 192.0.2.1",
        "192.0.2.1 ,10.0.0.7,fd00::7         | 192.0.2.1",
        "10.0.0.8, 10.0.0.7                  | 10.0.0.8",
        // What is no address was written by the one behind it.
        "192.0.2.1, unknown                  | 127.0.0.1",
        "192.0.2.1, unknown, 10.0.0.7        | 10.0.0.7",
        "192.0.2.1,                          | 127.0.0.1",
        "192.0.2.256                         | 127.0.0.1",
        "192.0.2.1:port                      | 127.0.0.1",
        "192.0.2.1:                          | 127.0.0.1",
        "[2001:db8::1                        | 127.0.0.1",
        "[2001:db8::1]x                      | 127.0.0.1",
        "fe80::1%eth0                        | 127.0.0.1",
        "0x7f000001                          | 127.0.0.1",
        "_hidden                             | 127.0.0.1",
      })
  void theClientIsTheLastThatIsNotTrusted(String said, String client) throws Exception {
    try (Gateway gateway = gateway(TRUSTED, "request: {announce: [x-forwarded]}")) {
      assertThat(ask(gateway, "X-Forwarded-For: " + said)).isEqualTo(200);
      assertThat(upstream.nextHead().toLowerCase(Locale.ROOT))
          .contains("x-forwarded-for: " + client + "\r\n");
    }
  }

  @Test
  void severalLinesAreOneList() throws Exception {
    try (Gateway gateway = gateway(TRUSTED, "request: {announce: [x-forwarded]}")) {
      ask(
          gateway,
          "X-Forwarded-For: 198.51.100.9",
          "X-Forwarded-For: 192.0.2.1",
          "X-Forwarded-For: 10.0.0.7");
      assertThat(upstream.nextHead().toLowerCase(Locale.ROOT))
          .contains("x-forwarded-for: 192.0.2.1\r\n");
    }
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "https       | https",
        "HTTPS       | https",
        "http, https | https",
        "https, http | http",
        "wss         | http",
        "''          | http",
      })
  void theSchemeIsTheLastProxys(String said, String scheme) throws Exception {
    try (Gateway gateway = gateway(TRUSTED, "request: {announce: [forwarded]}")) {
      assertThat(ask(gateway, "X-Forwarded-Proto: " + said)).isEqualTo(200);
      assertThat(upstream.nextHead()).contains(";proto=" + scheme + "\r\n");
    }
  }

  @Test
  void quotasAreOfTheClient() throws Exception {
    try (Gateway gateway = gateway(TRUSTED, "limits: {perClient: 1/h}")) {
      assertThat(ask(gateway, "X-Forwarded-For: 192.0.2.1")).isEqualTo(200);
      assertThat(ask(gateway, "X-Forwarded-For: 192.0.2.2")).isEqualTo(200);
      assertThat(ask(gateway, "X-Forwarded-For: 192.0.2.1")).isEqualTo(429);
      assertThat(ask(gateway, "X-Forwarded-For: 192.0.2.3, 192.0.2.1")).isEqualTo(429);
    }
  }

  @Test
  void connectionsOfAProxyAreNotOneClients() throws Exception {
    String one = "limits: {connectionsPerClient: 1}\n";
    try (Gateway gateway = gateway(one, "timeout: 10s");
        RawClient first = RawClient.to(gateway.addresses().get(0))) {
      first.wire().send("GET /x HTTP/1.1\r\nHost: gate\r\n");
      assertThat(first.sendHead().answer().status()).isEqualTo(200);
      assertThat(ask(gateway)).isEqualTo(503);
    }
    try (Gateway gateway = gateway(one + TRUSTED, "timeout: 10s");
        RawClient first = RawClient.to(gateway.addresses().get(0))) {
      first.wire().send("GET /x HTTP/1.1\r\nHost: gate\r\n");
      assertThat(first.sendHead().answer().status()).isEqualTo(200);
      assertThat(ask(gateway)).isEqualTo(200);
    }
  }

  @Test
  void nobodyIsBelievedUnlessTrusted() throws Exception {
    try (Gateway gateway =
        gateway("trustedProxies: [10.0.0.0/8]\n", "request: {announce: [x-forwarded]}")) {
      ask(gateway, "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Proto: https");
      assertThat(upstream.nextHead().toLowerCase(Locale.ROOT))
          .contains("x-forwarded-for: 127.0.0.1\r\n")
          .contains("x-forwarded-proto: http\r\n");
    }
  }

  @Test
  void theAccessLogHasTheClient() throws Exception {
    Path log = directory.resolve("access.log");
    try (Gateway gateway =
        gateway(TRUSTED + "accessLog: {format: common, to: access.log}\n", "timeout: 10s")) {
      ask(gateway, "X-Forwarded-For: 192.0.2.1");
    }
    assertThat(Files.readString(log)).startsWith("192.0.2.1 - - [");
  }
}
