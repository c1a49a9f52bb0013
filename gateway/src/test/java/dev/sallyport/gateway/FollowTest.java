package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.HeaderValue;
import dev.sallyport.gateway.config.RequestRules;
import dev.sallyport.gateway.config.RequestRules.Announce;
import dev.sallyport.gateway.config.ResponseRules;
import dev.sallyport.gateway.config.Route.Redirects;
import dev.sallyport.gateway.egress.Egress;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.LogLines;
import dev.sallyport.gateway.testkit.Names;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import dev.sallyport.gateway.upstream.UpstreamTls;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routes that follow redirects. */
@ExtendWith(NoLeaks.class)
class FollowTest {
  private static final RequestRules SECRETS =
      new RequestRules(
          Map.of("x-api-key", new HeaderValue("secret", true)),
          Set.of(),
          Set.of("cookie", "authorization", "x-real-ip"),
          Set.of(Announce.FORWARDED, Announce.X_FORWARDED, Announce.VIA));

  /** The route's own, which redirects what is asked for to where {@link #redirect} says. */
  private FaultyUpstream upstream;

  /** Another server, which tells what it got. */
  private FaultyUpstream other;

  private final Names names = new Names().answer("cdn.bar.com", "127.0.0.1");
  private volatile String redirect = "";

  @BeforeEach
  void start() {
    upstream =
        FaultyUpstream.playing(
            visit -> {
              while (true) {
                String head = visit.readHead();
                String body = visit.readBody(head);
                visit.wire().send(head.contains("/redirected") ? echo(head, body) : redirect);
              }
            });
    other =
        FaultyUpstream.playing(
            visit -> {
              while (true) {
                String head = visit.readHead();
                String body = visit.readBody(head);
                visit.wire().send(head.contains("/back") ? redirect : echo(head, body));
              }
            });
  }

  private static String echo(String head, String body) {
    String told = head.substring(0, head.indexOf(" HTTP/1.1")) + " [" + body + "]";
    return "HTTP/1.1 200 OK\r\nSet-Cookie: c=d\r\nContent-Length: "
        + told.length()
        + "\r\n\r\n"
        + told;
  }

  @AfterEach
  void stop() throws Exception {
    upstream.close();
    other.close();
  }

  private void redirect(int status, String location) {
    redirect =
        "HTTP/1.1 "
            + status
            + " Elsewhere\r\nLocation: "
            + location
                .replace("UPSTREAM", "127.0.0.1:" + upstream.port())
                .replace("OTHER", "cdn.bar.com:" + other.port())
            + "\r\nContent-Length: 4\r\n\r\nlook";
  }

  private Routes route() {
    return Routes.to(upstream)
        .path("/photos")
        .basePath("/api")
        .follow(Routes.LOOPBACK, "http://cdn.bar.com:" + other.port());
  }

  private Gateway gateway(Routes... routes) throws Exception {
    return Gateway.start(Routes.config(routes), UpstreamTls.trustingTheJdks(), names);
  }

  private static RawClient client(Gateway gateway) throws Exception {
    return RawClient.to(gateway.addresses().get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "redirected, /api/redirected",
    "redirected?x=1, /api/redirected?x=1",
    "./a/../redirected#b, /api/redirected",
    "/redirected, /redirected",
    "//UPSTREAM/redirected, /redirected",
    "HTTP://UPSTREAM/api/redirected, /api/redirected",
    "http://0x7f.1:PORT/redirected, /redirected",
  })
  void followsToTheUpstreamsOwnOrigin(String location, String called) throws Exception {
    redirect(302, location.replace("PORT", Integer.toString(upstream.port())));
    try (Gateway gateway = gateway(route().request(SECRETS));
        LogLines access = new LogLines("sallyport.access");
        RawClient client = client(gateway)) {
      Answer answer = client.get("/photos/1").answer();
      assertThat(answer.body()).isEqualTo("GET " + called + " []");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
      assertThat(answer.header("content-security-policy")).isEmpty();
      assertThat(upstream.nextHead()).startsWith("GET /api/1 ");
      String second = upstream.nextHead();
      assertThat(Wire.header(second, "x-api-key")).isEqualTo("secret");
      assertThat(Wire.header(second, "origin")).isEqualTo(Routes.BLOG);
      assertThat(access.next())
          .startsWith(
              "INFO GET /photos/1 200 /photos http://127.0.0.1:" + upstream.port() + "/api ");
    }
  }

  /** See <a href="https://fetch.spec.whatwg.org/#http-redirect-fetch">Fetch, 4.4, step 12</a>. */
  @ParameterizedTest
  @CsvSource({
    "301, GET, GET",
    "302, GET, GET",
    "303, GET, GET",
    "307, GET, GET",
    "308, GET, GET",
    "301, HEAD, HEAD",
    "303, HEAD, HEAD",
    "307, HEAD, HEAD",
    "301, POST, GET",
    "302, POST, GET",
    "303, POST, GET",
    "303, PUT, GET",
    "303, DELETE, GET",
    "301, DELETE, DELETE",
    "302, PUT, PUT",
    "307, POST, POST",
    "308, PATCH, PATCH",
  })
  void changesTheMethodAsFetchDoes(int status, String method, String next) throws Exception {
    redirect(status, "/redirected");
    try (Gateway gateway =
            gateway(route().cors(Routes.policy(it -> it.allowMethods("PUT", "DELETE", "PATCH"))));
        RawClient client = client(gateway)) {
      client.sendHead(method + " /photos/1 HTTP/1.1", "Host: gate", "Origin: " + Routes.BLOG);
      Answer answer = method.equals("HEAD") ? client.answerToHead() : client.answer();
      assertThat(answer.status()).isEqualTo(200);
      assertThat(upstream.nextHead()).startsWith(method + " /api/1 ");
      assertThat(upstream.nextHead()).startsWith(next + " /redirected ");
    }
  }

  @ParameterizedTest
  @CsvSource({"301, POST", "302, POST", "303, POST", "303, PUT"})
  void dropsTheBodyWhereItBecomesAGet(int status, String method) throws Exception {
    redirect(status, "/redirected");
    String[] framings = {"Content-Length: 4", "Transfer-Encoding: chunked"};
    for (String framing : framings) {
      try (Gateway gateway = gateway(route().cors(Routes.policy(it -> it.allowMethods("PUT"))));
          RawClient client = client(gateway)) {
        client.sendHead(
            method + " /photos/1 HTTP/1.1",
            "Host: gate",
            "Origin: " + Routes.BLOG,
            "Content-Type: text/plain",
            "Content-Language: en",
            "Trailer: x",
            framing);
        client.sendBody(framing.startsWith("C") ? "body" : "4\r\nbody\r\n0\r\n\r\n");
        assertThat(client.answer().body()).isEqualTo("GET /redirected []");
        upstream.nextHead();
        assertThat(upstream.nextHead())
            .doesNotContainIgnoringCase("content-")
            .doesNotContainIgnoringCase("transfer-encoding")
            .doesNotContainIgnoringCase("trailer");
        assertThat(client.get("/photos/redirected").answer().status())
            .as("the connection lives on")
            .isEqualTo(200);
        upstream.nextHead();
      }
    }
  }

  /**
   * The answer does not wait for a body that nobody wants, and the body does not become a request.
   */
  @Test
  void followsWhileTheBodyIsStillComing() throws Exception {
    redirect(303, "/redirected");
    upstream.play(
        visit -> {
          String head = visit.readHead();
          visit.wire().send(head.contains("/redirected") ? echo(head, "") : redirect);
          visit.wire().awaitEnd();
        });
    try (Gateway gateway = gateway(route());
        RawClient client = client(gateway)) {
      client.sendHead("POST /photos/1 HTTP/1.1", "Host: gate", "Content-Length: 400000");
      client.sendBody("a".repeat(1000));
      Answer answer = client.answer();
      assertThat(answer.body()).isEqualTo("GET /redirected []");
      assertThat(answer.header("connection")).isEqualTo("close");
    }
  }

  @Test
  void followsBeforeABodyThatIsWaitedForBegins() throws Exception {
    redirect(307, "/redirected");
    upstream.play(
        visit -> {
          String head = visit.readHead();
          if (head.contains("/redirected")) {
            visit.wire().send("HTTP/1.1 100 Continue\r\n\r\n");
            visit.wire().send(echo(head, visit.readBody(head)));
          } else {
            visit.wire().send(redirect);
          }
          visit.wire().awaitEnd();
        });
    try (Gateway gateway = gateway(route());
        RawClient client = client(gateway)) {
      client.sendHead(
          "POST /photos/1 HTTP/1.1", "Host: gate", "Expect: 100-continue", "Content-Length: 4");
      assertThat(client.wire().readHead()).startsWith("HTTP/1.1 100 ");
      assertThat(client.sendBody("body").answer().body()).isEqualTo("POST /redirected [body]");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "307, redirected, /photos/redirected",
    "308, http://UPSTREAM/api/redirected?x, /photos/redirected?x",
  })
  void hasThePageSendABodyAgain(int status, String location, String received) throws Exception {
    redirect(status, location);
    try (Gateway gateway = gateway(route());
        RawClient client = client(gateway)) {
      client.sendHead("POST /photos/1 HTTP/1.1", "Host: gate", "Content-Length: 4");
      Answer answer = client.sendBody("body").answer();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.header("location")).isEqualTo(received);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/redirected", "http://OTHER/redirected"})
  void refusesToHaveABodySentOutOfTheRoute(String location) throws Exception {
    redirect(307, location);
    try (Gateway gateway = gateway(route());
        LogLines decisions = new LogLines("sallyport.decision");
        RawClient client = client(gateway)) {
      client.sendHead("POST /photos/1 HTTP/1.1", "Host: gate", "Content-Length: 4");
      Answer answer = client.sendBody("body").answer();
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.code()).isEqualTo("redirect-refused");
      assertThat(decisions.next()).contains("asks for the body again");
    }
  }

  /** Secrets and credentials are bound to the origin of the upstream. */
  @Test
  void secretLeakingByRedirect() throws Exception {
    redirect(302, "http://OTHER/redirected");
    try (Gateway gateway =
            gateway(
                route()
                    .request(SECRETS)
                    .response(new ResponseRules(Map.of(), Set.of(), Set.of("set-cookie"))));
        LogLines access = new LogLines("sallyport.access");
        RawClient client = client(gateway)) {
      client.sendHead(
          "GET /photos/1 HTTP/1.1",
          "Host: gate",
          "Origin: " + Routes.BLOG,
          "Cookie: a=b",
          "Authorization: Bearer abc",
          "X-Real-IP: 192.0.2.1",
          "X-Api-Key: of the page",
          "Sec-Fetch-Site: same-origin",
          "Accept: image/png");
      Answer answer = client.answer();
      assertThat(answer.body()).isEqualTo("GET /redirected []");
      assertThat(upstream.nextHead())
          .contains("Cookie: a=b", "Authorization: Bearer abc", "X-Real-IP", "forwarded: for=")
          .containsIgnoringCase("x-api-key: secret");
      String second = other.nextHead();
      assertThat(second)
          .contains("Accept: image/png")
          .doesNotContainIgnoringCase("cookie")
          .doesNotContainIgnoringCase("authorization")
          .doesNotContainIgnoringCase("x-api-key")
          .doesNotContainIgnoringCase("x-real-ip")
          .doesNotContainIgnoringCase("forwarded")
          .doesNotContainIgnoringCase("via:");
      assertThat(Wire.header(second, "host")).isEqualTo("cdn.bar.com:" + other.port());
      assertThat(Wire.header(second, "origin")).isEqualTo("null");
      assertThat(Wire.header(second, "sec-fetch-site")).isEqualTo("cross-site");
      assertThat(answer.header("set-cookie")).isEmpty();
      assertThat(answer.header("content-security-policy")).isEqualTo("sandbox");
      assertThat(access.next()).contains(" 200 /photos http://cdn.bar.com:" + other.port() + " ");
    }
  }

  @Test
  void whatWasDroppedStaysDroppedOnTheWayBack() throws Exception {
    redirect(302, "http://OTHER/back");
    String there = redirect;
    redirect(302, "http://UPSTREAM/redirected");
    String back = redirect;
    upstream.play(
        visit -> {
          while (true) {
            String head = visit.readHead();
            visit.wire().send(head.contains("/redirected") ? echo(head, "") : there);
          }
        });
    redirect = back;
    try (Gateway gateway = gateway(route().request(SECRETS));
        RawClient client = client(gateway)) {
      assertThat(client.get("/photos/1").answer().body()).isEqualTo("GET /redirected []");
      assertThat(upstream.nextHead()).containsIgnoringCase("x-api-key: secret");
      String last = upstream.nextHead();
      assertThat(last).doesNotContainIgnoringCase("x-api-key");
      assertThat(Wire.header(last, "origin")).isEqualTo("null");
    }
  }

  /**
   * Own origin, listed origins: nothing else, and listed ones only at addresses that may be called.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.com/",
        "https://cdn.bar.com/",
        "http://localhost:PORT/redirected",
        "http://me:secret@UPSTREAM/redirected",
        "http://[::ffff:127.0.0.1]:PORT/redirected",
        "https://[",
        "mailto:me@bar.com",
        "http://169.254.169.254/latest/",
      })
  void redirectForgery(String location) throws Exception {
    redirect(302, location.replace("PORT", Integer.toString(upstream.port())));
    try (Gateway gateway = gateway(route());
        LogLines decisions = new LogLines("sallyport.decision");
        RawClient client = client(gateway)) {
      Answer answer = client.get("/photos/1").answer();
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.code()).isEqualTo("redirect-refused");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
      assertThat(decisions.next())
          .startsWith("INFO refused GET /photos/1 redirect-refused: ")
          .doesNotContain("secret");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void redirectForgeryToAnAddressThatMayNotBeCalled() throws Exception {
    redirect(302, "http://OTHER/redirected");
    try (Gateway gateway =
            gateway(route().follow(Egress.GLOBAL, "http://cdn.bar.com:" + other.port()));
        LogLines decisions = new LogLines("sallyport.decision");
        RawClient client = client(gateway)) {
      assertThat(client.get("/photos/1").answer().code()).isEqualTo("redirect-refused");
      assertThat(decisions.next())
          .contains("127.0.0.1 is not globally routable (loopback, 127.0.0.0/8)");
      assertThat(other.connections()).isZero();
    }
  }

  @Test
  void severalLocationsAreRefused() throws Exception {
    redirect(302, "/redirected\r\nLocation: http://OTHER/redirected");
    try (Gateway gateway = gateway(route());
        RawClient client = client(gateway)) {
      assertThat(client.get("/photos/1").answer().code()).isEqualTo("redirect-refused");
    }
  }

  @ParameterizedTest
  @CsvSource({"5, 200", "6, 502"})
  void followsFiveRedirectsAndNoMore(int redirects, int status) throws Exception {
    upstream.play(
        visit -> {
          while (true) {
            String head = visit.readHead();
            int hop =
                Integer.parseInt(head.substring(head.indexOf("/hop") + 4, head.indexOf(" H")));
            visit
                .wire()
                .send(
                    hop == redirects
                        ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                        : "HTTP/1.1 302 Found\r\nLocation: hop"
                            + (hop + 1)
                            + "\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nlook\r\n0\r\n\r\n");
          }
        });
    try (Gateway gateway = gateway(route());
        RawClient client = client(gateway)) {
      assertThat(client.get("/photos/hop0").answer().status()).isEqualTo(status);
      for (int hop = 0; hop <= 5; hop++) {
        assertThat(upstream.nextHead()).startsWith("GET /api/hop" + hop + " ");
      }
      assertThat(upstream.hasHead()).isFalse();
      assertThat(upstream.connections())
          .as("two take turns, each while the other's redirect is read to its end")
          .isEqualTo(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 1000000\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nfffff\r\n",
        "\r\n",
      })
  void doesNotWaitForTheRestOfARedirect(String rest) throws Exception {
    upstream.play(
        visit -> {
          String head = visit.readHead();
          visit
              .wire()
              .send(
                  head.contains("/redirected")
                      ? echo(head, "")
                      : "HTTP/1.1 302 Found\r\nLocation: redirected\r\n"
                          + rest
                          + "x".repeat(100_000));
          visit.wire().awaitEnd();
        });
    try (Gateway gateway = gateway(route());
        RawClient client = client(gateway)) {
      assertThat(client.get("/photos/1").answer().body()).isEqualTo("GET /api/redirected []");
    }
  }

  @ParameterizedTest
  @CsvSource({"200", "201", "300", "304", "305", "306", "399"})
  void aLocationIsNoRedirectByItself(int status) throws Exception {
    redirect(status, "http://evil.com/");
    try (Gateway gateway = gateway(route());
        RawClient client = client(gateway)) {
      assertThat(client.get("/photos/1").answer().status()).isEqualTo(status);
    }
  }

  @Test
  void aRelayFollowsToItsTargets() throws Exception {
    names.answer("photos.bar.com", "127.0.0.1");
    redirect(302, "http://OTHER/redirected");
    String photos = "http://photos.bar.com:" + upstream.port();
    try (Gateway gateway =
            gateway(
                Routes.relay(photos, "http://cdn.bar.com:" + other.port())
                    .redirects(Redirects.FOLLOW));
        RawClient client = client(gateway)) {
      Answer answer = client.get("/relay/" + photos + "/1").answer();
      assertThat(answer.body()).isEqualTo("GET /redirected []");
      assertThat(answer.header("content-security-policy")).isEqualTo("sandbox");
      redirect(307, "../2?x");
      client.sendHead("POST /relay/" + photos + "/a/1 HTTP/1.1", "Host: gate", "Content-Length: 4");
      Answer again = client.sendBody("body").answer();
      assertThat(again.status()).isEqualTo(307);
      assertThat(again.header("location")).isEqualTo("/relay/" + photos + "/2?x");
      redirect(302, "http://evil.com/");
      assertThat(client.get("/relay/" + photos + "/1").answer().code())
          .isEqualTo("redirect-refused");
    }
  }

  /** The first connection comes back for the third call, and the upstream closes it. */
  @Test
  void repeatsAHopWhoseConnectionWasStale() throws Exception {
    upstream.play(
        visit -> {
          String head = visit.readHead();
          String next = head.contains("/hop1 ") ? "redirected" : "hop1";
          visit
              .wire()
              .send(
                  head.contains("/redirected")
                      ? echo(head, "")
                      : "HTTP/1.1 302 Found\r\nLocation: "
                          + next
                          + "\r\nContent-Length: 0\r\n\r\n");
          visit.readHead();
        });
    try (Gateway gateway = gateway(route());
        RawClient client = client(gateway)) {
      assertThat(client.get("/photos/hop0").answer().body()).isEqualTo("GET /api/redirected []");
      for (String path : new String[] {"hop0", "hop1", "redirected", "redirected"}) {
        assertThat(upstream.nextHead()).startsWith("GET /api/" + path + " ");
      }
      assertThat(upstream.connections()).isEqualTo(3);
    }
  }
}
