package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.RequestRules;
import dev.sallyport.gateway.config.Route.Redirects;
import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.egress.Egress;
import dev.sallyport.gateway.egress.Network;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.LogLines;
import dev.sallyport.gateway.testkit.Names;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import dev.sallyport.gateway.upstream.UpstreamTls;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is thrown at a relay by URL, by the names under which it is known. */
@ExtendWith(NoLeaks.class)
class RelayThreatsTest {
  private static final String HELLO = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";

  /** One address of loopback may be called, the others stand for what may not. */
  private static final Egress ONE = egress(127, 0, 0, 2);

  private static final Egress EVERYWHERE =
      new Egress(List.of(new Network(new byte[4], 0), new Network(new byte[16], 0)));

  private FaultyUpstream allowed;
  private FaultyUpstream internal;
  private final Names names = new Names();

  private static Egress egress(int... address) {
    byte[] bytes = new byte[address.length];
    for (int i = 0; i < address.length; i++) {
      bytes[i] = (byte) address[i];
    }
    return new Egress(List.of(new Network(bytes, 8 * bytes.length)));
  }

  /** An upstream that may be called, and one at the same port of another address that may not. */
  @BeforeEach
  void start() throws Exception {
    for (int tries = 1; ; tries++) {
      allowed = at("127.0.0.2", 0);
      try {
        internal = at("127.0.0.1", allowed.port());
        return;
      } catch (BindException taken) {
        // What is free at one address may be taken at the other, by any connection of this machine.
        allowed.close();
        assertThat(tries).isLessThan(100);
      }
    }
  }

  private static FaultyUpstream at(String address, int port) throws Exception {
    return FaultyUpstream.playing(
        new ServerSocket(port, 16, InetAddress.getByName(address)), FaultyUpstream.always(HELLO));
  }

  @AfterEach
  void stop() throws Exception {
    allowed.close();
    internal.close();
  }

  private String origin(String host) {
    return "http://" + host + ":" + allowed.port();
  }

  private Gateway gateway(Routes... routes) throws Exception {
    return Gateway.start(Routes.config(routes), UpstreamTls.trustingTheJdks(), names);
  }

  private static RawClient client(Gateway gateway) throws Exception {
    return RawClient.to(gateway.addresses().get(0));
  }

  private static void assertRefused(Answer answer, int status, String code) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
  }

  // ── server-side request forgery ──────────────────────────────────────────────────────────────

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.1.1",
        "100.64.0.1",
        "0.0.0.0",
        "::1",
        "fd00::1",
        "fe80::1",
        "::ffff:127.0.0.1"
      })
  void serverSideRequestForgery(String address) throws Exception {
    names.answer("a.bar.com", address);
    try (Gateway gateway = gateway(Routes.relay(Egress.GLOBAL, origin("*.bar.com")));
        LogLines decisions = new LogLines("sallyport.decision");
        RawClient client = client(gateway)) {
      Answer answer = client.get("/relay/" + origin("a.bar.com") + "/").answer();
      assertRefused(answer, 403, "target-address");
      assertThat(answer.body()).doesNotContain(address);
      assertThat(decisions.next())
          .contains("target-address: a.bar.com may not be called: ", "is not globally routable");
      assertThat(internal.connections()).isZero();
    }
  }

  @Test
  void serverSideRequestForgeryByServiceNames() throws Exception {
    names.answer("redis", "10.0.0.1").answer("localhost", "127.0.0.1", "::1");
    try (Gateway gateway = gateway(Routes.relay(Egress.GLOBAL, "*"));
        RawClient client = client(gateway)) {
      assertRefused(client.get("/relay/http://redis/").answer(), 403, "target-address");
      assertRefused(client.get("/relay/http://localhost/").answer(), 403, "target-address");
    }
    try (Gateway gateway = gateway(Routes.relay(Egress.GLOBAL, "https://*.bar.com"));
        RawClient client = client(gateway)) {
      assertRefused(client.get("/relay/http://redis/").answer(), 403, "target-not-allowed");
      assertRefused(client.get("/relay/http://localhost/").answer(), 403, "target-not-allowed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.2,127.0.0.1", "127.0.0.1,127.0.0.2", "127.0.0.2,::1"})
  void serverSideRequestForgeryByOneOfSeveralAddresses(String addresses) throws Exception {
    names.answer("a.bar.com", addresses.split(","));
    try (Gateway gateway = gateway(Routes.relay(ONE, origin("*.bar.com")));
        RawClient client = client(gateway)) {
      assertRefused(
          client.get("/relay/" + origin("a.bar.com") + "/").answer(), 403, "target-address");
      assertThat(allowed.connections()).isZero();
      assertThat(internal.connections()).isZero();
    }
  }

  @Test
  void aNameWithSeveralAddressesIsTriedAddressByAddress() throws Exception {
    Egress both =
        new Egress(
            List.of(
                new Network(new byte[] {127, 0, 0, 2}, 32),
                new Network(new byte[] {127, 0, 0, 3}, 32)));
    // Nobody listens at the first one.
    names.answer("a.bar.com", "127.0.0.3", "127.0.0.2");
    try (Gateway gateway = gateway(Routes.relay(both, origin("*.bar.com")));
        RawClient client = client(gateway)) {
      assertThat(client.get("/relay/" + origin("a.bar.com") + "/").answer().body())
          .isEqualTo("hello");
      assertThat(allowed.connections()).isEqualTo(1);
    }
  }

  // ── DNS rebinding ────────────────────────────────────────────────────────────────────────────

  /** The name leads elsewhere at every question. */
  @Test
  void dnsRebinding() throws Exception {
    names.answer("a.bar.com", "127.0.0.2").answer("a.bar.com", "127.0.0.1");
    allowed.play(
        visit -> {
          visit.readRequest();
          visit.wire().send(HELLO);
          visit.readRequest();
          visit.wire().send("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        });
    try (Gateway gateway = gateway(Routes.relay(ONE, origin("*.bar.com")));
        RawClient client = client(gateway)) {
      String path = "/relay/" + origin("a.bar.com") + "/";
      assertThat(client.get(path).answer().body()).isEqualTo("hello");
      assertThat(client.get(path).answer().status()).isEqualTo(200);
      assertThat(allowed.connections()).isEqualTo(1);
      assertThat(names.questions()).as("asked once, and dialled what was checked").isEqualTo(1);
      // A new connection asks, and checks, again.
      assertRefused(client.get(path).answer(), 403, "target-address");
      assertThat(names.questions()).isEqualTo(2);
      assertThat(internal.connections()).isZero();
    }
  }

  @Test
  void dnsRebindingBetweenRedirectHops() throws Exception {
    names.answer("a.bar.com", "127.0.0.2").answer("a.bar.com", "127.0.0.1");
    allowed.play(
        visit -> visit.answer("HTTP/1.1 302 Found\r\nLocation: /b\r\nConnection: close\r\n\r\n"));
    try (Gateway gateway =
            gateway(Routes.relay(ONE, origin("*.bar.com")).redirects(Redirects.FOLLOW));
        RawClient client = client(gateway)) {
      assertRefused(
          client.get("/relay/" + origin("a.bar.com") + "/a").answer(), 502, "redirect-refused");
      assertThat(internal.connections()).isZero();
    }
  }

  /** What a route may call without a check, the relay may not use unchecked. */
  @Test
  void aConnectionOfARouteIsNotUsedByTheRelay() throws Exception {
    names.answer("a.bar.com", "127.0.0.1");
    try (Gateway gateway =
            gateway(
                Routes.to(new Upstream(false, "a.bar.com", OptionalInt.of(allowed.port()), ""))
                    .path("/photos"),
                Routes.relay(Egress.GLOBAL, origin("*.bar.com")));
        RawClient client = client(gateway)) {
      assertThat(client.get("/photos").answer().body()).isEqualTo("hello");
      assertRefused(
          client.get("/relay/" + origin("a.bar.com") + "/").answer(), 403, "target-address");
      assertThat(internal.connections()).isEqualTo(1);
    }
  }

  // ── odd address literals ─────────────────────────────────────────────────────────────────────

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0x7f000001",
        "0x7F.0.0.1",
        "0177.0.0.1",
        "00177.0.0.01",
        "2130706433",
        "017700000001",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "0x7f000001.",
        "0",
        "0x0",
        "%E2%91%A0%E2%91%A1%E2%91%A6.0.0.1",
        "127%E3%80%820%E3%80%820%E3%80%821",
        "%31%32%37.0.0.1",
        "localhost",
        "localhost.",
        "LOCALHOST",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::127.0.0.1]",
        "[64:ff9b::127.0.0.1]",
        "[64:ff9b:1::127.0.0.1]",
        "[2002:7f00:1::]",
        "[2001:0:7f00:1::]",
        "[2001:0:808:808::80ff:fffe]",
        "[fe80::1]",
        "[fec0::1]",
        "[fc00::1]",
        "[fd00::1]",
        "[ff02::1]",
        "100.64.0.1",
        "198.18.0.1",
        "198.19.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "224.0.0.1",
        "0.0.0.0",
        "10.1",
        "192.168.1",
        "172.1048577",
      })
  void oddAddressLiterals(String host) throws Exception {
    names.answer("localhost", "127.0.0.1").answer("localhost.", "127.0.0.1");
    try (Gateway gateway = gateway(Routes.relay(Egress.GLOBAL, "*"));
        RawClient client = client(gateway)) {
      assertRefused(client.get("/relay/http://" + host + "/").answer(), 403, "target-address");
      assertRefused(
          client.get("/relay/http%3A%2F%2F" + host.replace("%", "%25") + "%2F").answer(),
          403,
          "target-address");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[fe80::1%25eth0]",
        "[fe80::1%251]",
        "[::1",
        "::1",
        "1.2.3.4.5",
        "256.256.256.256",
        "0x100000000",
        "127.0.0.0x100",
        "09.0.0.1",
        "a.0x7f",
        "127.0.0.1%00",
        "127.0.0.1%2F",
      })
  void oddAddressLiteralsThatAreNone(String host) throws Exception {
    try (Gateway gateway = gateway(Routes.relay(Egress.GLOBAL, "*"));
        RawClient client = client(gateway)) {
      Answer answer = client.get("/relay/http://" + host + "/").answer();
      assertThat(answer.status()).as(answer.body()).isEqualTo(400);
      assertThat(answer.code()).isIn("target-invalid", "bad-request-path");
      assertThat(names.questions()).isZero();
    }
  }

  // ── cloud metadata ───────────────────────────────────────────────────────────────────────────

  @ParameterizedTest
  @ValueSource(
      strings = {
        "169.254.169.254",
        "0xa9fea9fe",
        "2852039166",
        "[fd00:ec2::254]",
        "[::ffff:169.254.169.254]",
        "[64:ff9b::a9fe:a9fe]",
        "[2002:a9fe:a9fe::]",
        "metadata.google.internal",
        "Metadata.Google.Internal.",
        "100.100.100.200",
        "168.63.129.16",
        "a.bar.com",
      })
  void cloudMetadata(String host) throws Exception {
    names.answer("a.bar.com", "169.254.169.254");
    try (Gateway gateway = gateway(Routes.relay(EVERYWHERE, "*"));
        RawClient client = client(gateway)) {
      assertRefused(
          client.get("/relay/http://" + host + "/latest/meta-data/").answer(),
          403,
          "target-address");
    }
  }

  // ── redirect forgery ─────────────────────────────────────────────────────────────────────────

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:PORT/",
        "http://0x7f000001:PORT/",
        "//127.0.0.1:PORT/",
        "http://b.bar.com:PORT/",
        "http://evil.com:PORT/",
        "http://169.254.169.254/latest/",
        "http://me:secret@a.bar.com:PORT/",
        "gopher://a.bar.com:PORT/",
        "file:///etc/passwd",
        "http://a.bar.com:22/",
      })
  void redirectForgery(String location) throws Exception {
    names
        .answer("a.bar.com", "127.0.0.2")
        .answer("b.bar.com", "127.0.0.1")
        .answer("evil.com", "127.0.0.1");
    String port = Integer.toString(allowed.port());
    allowed.play(
        visit ->
            visit.answer(
                "HTTP/1.1 302 Found\r\nLocation: "
                    + location.replace("PORT", port)
                    + "\r\nContent-Length: 0\r\n\r\n"));
    try (Gateway gateway =
            gateway(Routes.relay(ONE, origin("*.bar.com")).redirects(Redirects.FOLLOW));
        LogLines decisions = new LogLines("sallyport.decision");
        RawClient client = client(gateway)) {
      Answer answer = client.get("/relay/" + origin("a.bar.com") + "/").answer();
      assertRefused(answer, 502, "redirect-refused");
      assertThat(decisions.next()).doesNotContain("secret");
      assertThat(internal.connections()).isZero();
    }
  }

  // ── ports and schemes ────────────────────────────────────────────────────────────────────────

  @ParameterizedTest
  @CsvSource({
    "gopher://a.bar.com:70/_x, 400, target-scheme",
    "ftp://a.bar.com/, 400, target-scheme",
    "file:///etc/passwd, 400, target-scheme",
    "ws://a.bar.com/, 400, target-scheme",
    "dict://a.bar.com:11211/stats, 400, target-scheme",
    "http://a.bar.com:22/, 403, target-port",
    "http://a.bar.com:25/, 403, target-port",
    "http://a.bar.com:6379/, 403, target-port",
    "https://a.bar.com:8443/, 403, target-port",
    "http://me@a.bar.com/, 400, target-credentials",
    "http://a.bar.com:80@evil.com/, 400, target-credentials",
  })
  void portsAndSchemes(String url, int status, String code) throws Exception {
    for (String target : new String[] {"*", "http://*.bar.com"}) {
      try (Gateway gateway = gateway(Routes.relay(EVERYWHERE, target));
          RawClient client = client(gateway)) {
        assertRefused(client.get("/relay/" + url).answer(), status, code);
        assertThat(names.questions()).isZero();
      }
    }
  }

  // ── open relay ───────────────────────────────────────────────────────────────────────────────

  @Test
  void openRelay() throws Exception {
    names.answer("a.bar.com", "127.0.0.2");
    String path = "/relay/" + origin("a.bar.com") + "/";
    try (Gateway gateway =
            gateway(Routes.relay(ONE, origin("*.bar.com")).perClient(2, Duration.ofHours(1)));
        RawClient client = client(gateway)) {
      assertThat(client.get(path).answer().status()).isEqualTo(200);
      assertThat(client.get("/relay/https://evil.com/").answer().status()).isEqualTo(403);
      assertRefused(client.get(path).answer(), 429, "too-many-requests");
    }
    try (Gateway gateway =
            gateway(Routes.relay(ONE, origin("*.bar.com")).perOrigin(1, Duration.ofHours(1)));
        RawClient client = client(gateway)) {
      assertThat(client.get(path).answer().status()).isEqualTo(200);
      assertRefused(client.get(path).answer(), 429, "too-many-requests");
    }
  }

  /** A URL that names the relay itself, over and over. */
  @Test
  void aRelayThatIsAskedByARelay() throws Exception {
    names.answer("gate.bar.com", "127.0.0.1").answer("a.bar.com", "127.0.0.2");
    try (Gateway gateway = gateway(Routes.relay(Routes.LOOPBACK, "http://gate.bar.com:1"));
        Gateway outer =
            gateway(
                Routes.relay(
                    Routes.LOOPBACK,
                    "http://gate.bar.com:" + gateway.addresses().get(0).getPort()));
        RawClient client = client(outer)) {
      String inner = "http://gate.bar.com:" + gateway.addresses().get(0).getPort() + "/relay/";
      assertRefused(
          client.get("/relay/" + inner + inner + origin("a.bar.com") + "/").answer(),
          508,
          "relay-loop");
    }
    try (Gateway gateway = gateway(Routes.relay(ONE, origin("*.bar.com")));
        RawClient client = client(gateway)) {
      String path = "/relay/" + origin("a.bar.com") + "/";
      client.sendHead("GET " + path + " HTTP/1.1", "Host: gate", "CDN-Loop: cdn.foo.com");
      assertThat(client.answer().body()).isEqualTo("hello");
      assertThat(allowed.nextHead()).contains("CDN-Loop: cdn.foo.com", "cdn-loop: sallyport");
      client.sendHead("GET " + path + " HTTP/1.1", "Host: gate", "CDN-Loop: a.com, Sallyport");
      assertThat(client.answer().code()).isEqualTo("relay-loop");
    }
  }

  // ── script on the gateway's origin ───────────────────────────────────────────────────────────

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Content-Security-Policy: sandbox allow-scripts allow-same-origin\r\n",
        "Content-Security-Policy: default-src *\r\nContent-Security-Policy: sandbox allow-scripts\r\n",
        "Connection: content-security-policy, x-content-type-options\r\nContent-Security-Policy: x\r\n",
        "X-Content-Type-Options: sniff\r\n",
      })
  void scriptOnTheGatewaysOrigin(String headers) throws Exception {
    names.answer("a.bar.com", "127.0.0.2");
    for (int status : new int[] {200, 404, 302}) {
      allowed.play(
          visit ->
              visit.answer(
                  "HTTP/1.1 "
                      + status
                      + " X\r\nContent-Type: image/svg+xml\r\nLocation: /x\r\n"
                      + headers
                      + "Content-Length: 5\r\n\r\n<svg>"));
      try (Gateway gateway = gateway(Routes.relay(ONE, origin("*.bar.com")));
          RawClient client = client(gateway)) {
        Answer answer = client.get("/relay/" + origin("a.bar.com") + "/").answer();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-security-policy")).isEqualTo("sandbox");
        assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
      }
    }
  }

  // ── secret leaking ───────────────────────────────────────────────────────────────────────────

  /** Credentials that a relay forwards stay with the origin that they were sent to. */
  @Test
  void credentialsLeakingUpstream() throws Exception {
    names.answer("a.bar.com", "127.0.0.2").answer("b.bar.com", "127.0.0.2");
    allowed.play(
        visit -> {
          while (true) {
            String head = visit.readHead();
            visit
                .wire()
                .send(
                    head.startsWith("GET /a ")
                        ? "HTTP/1.1 302 Found\r\nLocation: "
                            + origin("b.bar.com")
                            + "/b\r\nContent-Length: 0\r\n\r\n"
                        : HELLO);
          }
        });
    try (Gateway gateway =
            gateway(
                Routes.relay(ONE, origin("*.bar.com"))
                    .redirects(Redirects.FOLLOW)
                    .request(
                        new RequestRules(
                            Map.of(), Set.of(), Set.of("cookie", "authorization"), Set.of())));
        RawClient client = client(gateway)) {
      client.sendHead(
          "GET /relay/" + origin("a.bar.com") + "/a HTTP/1.1",
          "Host: gate",
          "Origin: " + Routes.BLOG,
          "Cookie: a=b",
          "Authorization: Bearer abc");
      assertThat(client.answer().body()).isEqualTo("hello");
      assertThat(allowed.nextHead()).contains("Cookie: a=b", "Authorization: Bearer abc");
      String second = allowed.nextHead();
      assertThat(Wire.header(second, "host")).isEqualTo("b.bar.com:" + allowed.port());
      assertThat(second).doesNotContain("Cookie", "Bearer");
      assertThat(Wire.header(second, "origin")).isEqualTo("null");
    }
  }
}
