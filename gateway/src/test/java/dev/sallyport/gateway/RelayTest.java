package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.HeaderValue;
import dev.sallyport.gateway.config.RequestRules;
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
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Relay by URL: what is called, and what the page gets. */
@ExtendWith(NoLeaks.class)
class RelayTest {
  private FaultyUpstream upstream;
  private final Names names = new Names().answer("photos.bar.com", "127.0.0.1");

  @BeforeEach
  void start() {
    upstream = FaultyUpstream.ok();
  }

  @AfterEach
  void stop() throws Exception {
    upstream.close();
  }

  private String origin() {
    return "http://photos.bar.com:" + upstream.port();
  }

  private Gateway gateway(Routes... routes) throws Exception {
    return Gateway.start(Routes.config(routes), UpstreamTls.trustingTheJdks(), names);
  }

  private static RawClient client(Gateway gateway) throws Exception {
    return RawClient.to(gateway.addresses().get(0));
  }

  private static String encoded(String url) {
    return url.replace("%", "%25").replace(":", "%3A").replace("/", "%2F").replace("?", "%3F");
  }

  @ParameterizedTest
  @CsvSource({
    "'', /",
    "/peace.png, /peace.png",
    "/peace.png?x=1&y=a%20b, /peace.png?x=1&y=a%20b",
    "?x=1, /?x=1",
    "/a%2Fb//c;d=1/https://evil.com/?u=https://evil.com/, /a%2Fb//c;d=1/https://evil.com/?u=https://evil.com/",
    "/a|b[c]^d?{e}, /a|b[c]%5Ed?{e}",
  })
  void fetchesTheUrlInThePath(String behind, String received) throws Exception {
    try (Gateway gateway = gateway(Routes.relay(origin()));
        RawClient client = client(gateway)) {
      for (String url : new String[] {origin() + behind, encoded(origin() + behind)}) {
        Answer answer = client.get("/relay/" + url).answer();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("hello");
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
        String head = upstream.nextHead();
        assertThat(head).startsWith("GET " + received + " HTTP/1.1\r\n");
        assertThat(Wire.header(head, "host")).isEqualTo("photos.bar.com:" + upstream.port());
        assertThat(Wire.header(head, "origin")).isEqualTo(Routes.BLOG);
      }
      assertThat(upstream.connections()).as("the connection is used again").isEqualTo(1);
    }
  }

  @Test
  void readsOneSlashWhereAProxyHasMergedTwo() throws Exception {
    try (Gateway gateway = gateway(Routes.relay(origin()));
        RawClient client = client(gateway)) {
      assertThat(client.get("/relay/" + origin().replace("//", "/") + "/x").answer().status())
          .isEqualTo(200);
      assertThat(upstream.nextHead()).startsWith("GET /x ");
    }
  }

  @Test
  void standsBesideRoutesAndBelowAnyPath() throws Exception {
    try (FaultyUpstream fixed = FaultyUpstream.ok();
        Gateway gateway =
            gateway(
                Routes.to(fixed).path("/photos"),
                Routes.relay(origin()).path("/"),
                Routes.relay(origin()).path("/a/b"));
        RawClient client = client(gateway)) {
      client.get("/" + origin() + "/x").answer();
      assertThat(upstream.nextHead()).startsWith("GET /x ");
      client.get("/a/b/" + origin() + "/y").answer();
      assertThat(upstream.nextHead()).startsWith("GET /y ");
      client.get("/photos/z").answer();
      assertThat(fixed.nextHead()).startsWith("GET /z ");
    }
  }

  @Test
  void relaysBodiesAndPreflights() throws Exception {
    upstream.play(
        visit -> {
          String body = visit.readRequest();
          visit
              .wire()
              .send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
        });
    try (Gateway gateway =
            gateway(Routes.relay(origin()).cors(Routes.policy(it -> it.allowMethods("PUT"))));
        RawClient client = client(gateway)) {
      Answer preflight =
          client
              .sendHead(
                  "OPTIONS /relay/" + origin() + "/x HTTP/1.1",
                  "Host: gate",
                  "Origin: " + Routes.BLOG,
                  "Access-Control-Request-Method: PUT")
              .answer();
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.header("access-control-allow-methods")).isEqualTo("PUT");
      assertThat(upstream.connections()).isZero();
      client.sendHead(
          "PUT /relay/" + origin() + "/x HTTP/1.1",
          "Host: gate",
          "Origin: " + Routes.BLOG,
          "Content-Length: 4");
      assertThat(client.sendBody("1234").answer().body()).isEqualTo("1234");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/relay, 400, target-missing",
    "/relay/, 400, target-missing",
    "/relay?url=https://photos.bar.com/, 400, target-missing",
    "/relay/photos.bar.com/x, 400, target-invalid",
    "/relay/https:photos.bar.com/x, 400, target-invalid",
    "/relay/https://[::1/x, 400, target-invalid",
    "/relay/https%253A%252F%252Fphotos.bar.com, 400, target-encoding",
    "/relay/https%3A//photos.bar.com/, 400, target-encoding",
    "/relay/https%3A%2F%2Fphotos.bar.com%23a, 400, target-fragment",
    "/relay/https://me:secret@photos.bar.com/, 400, target-credentials",
    "/relay/gopher://photos.bar.com/, 400, target-scheme",
    "/relay/https://photos.bar.com:22/, 403, target-port",
    "/relay/https://evil.com/, 403, target-not-allowed",
    "/relay/https://photos.bar.com/a/../b, 400, bad-request-path",
    "/relay/https%3A%2F%2Fphotos.bar.com%2F..%2Fb, 400, bad-request-path",
    "/relay/https://photos.bar.com/%00, 400, bad-request-path",
  })
  void tellsThePageWhyItIsRefused(String path, int status, String code) throws Exception {
    try (Gateway gateway = gateway(Routes.relay("https://photos.bar.com"));
        RawClient client = client(gateway)) {
      Answer answer = client.get(path).answer();
      assertThat(answer.status()).as(answer.body()).isEqualTo(status);
      assertThat(answer.code()).isEqualTo(code);
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
      assertThat(answer.body()).doesNotContain("secret");
      assertThat(names.questions()).isZero();
    }
  }

  @Test
  void keepsCookiesAndAuthorizationToItselfUnlessTold() throws Exception {
    String[] head = {
      "GET /relay/" + origin() + "/x HTTP/1.1",
      "Host: gate",
      "Cookie: a=b",
      "Authorization: Bearer abc",
      "Metadata-Flavor: Google",
      "X-aws-ec2-metadata-token: abc",
      "X-aws-ec2-metadata-token-ttl-seconds: 60",
      "X-Forwarded-For: 192.0.2.1"
    };
    try (Gateway gateway = gateway(Routes.relay(origin()));
        RawClient client = client(gateway)) {
      client.sendHead(head).answer();
      assertThat(upstream.nextHead().toLowerCase(Locale.ROOT))
          .doesNotContain("cookie", "authorization", "metadata", "forwarded");
    }
    try (Gateway gateway =
            gateway(
                Routes.relay(origin())
                    .request(
                        new RequestRules(
                            Map.of(), Set.of(), Set.of("cookie", "authorization"), Set.of())));
        RawClient client = client(gateway)) {
      client.sendHead(head).answer();
      assertThat(upstream.nextHead())
          .contains("Cookie: a=b", "Authorization: Bearer abc")
          .doesNotContainIgnoringCase("metadata");
    }
  }

  @Test
  void dropsWhatBrowsersWouldKeepForTheGatewaysOrigin() throws Exception {
    String kept =
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nSet-Cookie: a=b\r\nClear-Site-Data: \"*\"\r\n"
            + "Strict-Transport-Security: max-age=1\r\nNEL: {}\r\nReport-To: {}\r\nAccept-CH: Width\r\n"
            + "Refresh: 0;url=https://evil.com\r\nService-Worker-Allowed: /\r\nETag: \"1\"\r\n\r\n";
    try (FaultyUpstream target = FaultyUpstream.answering(kept);
        Gateway gateway = gateway(Routes.relay("http://photos.bar.com:" + target.port()));
        RawClient client = client(gateway)) {
      Answer answer = client.get("/relay/http://photos.bar.com:" + target.port() + "/x").answer();
      assertThat(answer.head())
          .contains("ETag: \"1\"")
          .doesNotContainIgnoringCase("set-cookie:")
          .doesNotContainIgnoringCase("clear-site-data:")
          .doesNotContainIgnoringCase("strict-transport-security:")
          .doesNotContainIgnoringCase("nel:")
          .doesNotContainIgnoringCase("report-to:")
          .doesNotContainIgnoringCase("accept-ch:")
          .doesNotContainIgnoringCase("refresh:")
          .doesNotContainIgnoringCase("service-worker-allowed:");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://cdn.bar.com/2?x#y, https://cdn.bar.com/2?x#y",
    "//cdn.bar.com, http://cdn.bar.com/",
    "/2, ORIGIN/2",
    "2, ORIGIN/a/2",
    "../2, ORIGIN/2",
    "?x, ORIGIN/a/b?x",
    "HTTPS:\\\\Evil.com:443\\a, https://evil.com/a",
  })
  void rewritesRedirectsIntoItself(String location, String url) throws Exception {
    upstream.play(
        visit ->
            visit.answer(
                "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"));
    try (Gateway gateway = gateway(Routes.relay(origin()));
        RawClient client = client(gateway)) {
      Answer answer = client.get("/relay/" + origin() + "/a/b").answer();
      assertThat(answer.status()).isEqualTo(302);
      assertThat(answer.header("location")).isEqualTo("/relay/" + url.replace("ORIGIN", origin()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mailto:me@bar.com",
    "javascript:alert(1)",
    "https://[",
    "https://me:secret@bar.com/"
  })
  void refusesRedirectsThatLeadToNoHttpUrl(String location) throws Exception {
    upstream.play(
        visit ->
            visit.answer(
                "HTTP/1.1 301 Moved Permanently\r\nLocation: "
                    + location
                    + "\r\nContent-Length: 0\r\n\r\n"));
    for (Redirects redirects : Redirects.values()) {
      try (Gateway gateway = gateway(Routes.relay(origin()).redirects(redirects));
          RawClient client = client(gateway)) {
        Answer answer = client.get("/relay/" + origin() + "/a").answer();
        assertThat(answer.status()).as("%s", redirects).isEqualTo(502);
        assertThat(answer.code()).isEqualTo("redirect-refused");
      }
    }
  }

  @Test
  void logsTheServerAndNeitherQueryNorCredentials() throws Exception {
    try (Gateway gateway = gateway(Routes.relay(origin()));
        LogLines access = new LogLines("sallyport.access");
        RawClient client = client(gateway)) {
      client.get("/relay/" + origin() + "/x?key=secret").answer();
      assertThat(access.next())
          .startsWith("INFO GET /relay/" + origin() + "/x 200 /relay " + origin() + " ");
      client.get("/relay/" + encoded(origin() + "/x?key=secret")).answer();
      assertThat(access.next())
          .startsWith("INFO GET /relay/" + encoded(origin() + "/x") + " 200 /relay ");
      client.get("/relay/https://me:secret@bar.com/").answer();
      assertThat(access.next()).startsWith("INFO GET /relay/https://***@bar.com/ 400 /relay - ");
      client.get("/relay/https%3A%2F%2Fme%3Asecret%40bar.com%2F").answer();
      assertThat(access.next())
          .startsWith("INFO GET /relay/https%3A%2F%2F***%40bar.com%2F 400 /relay - ");
    }
  }

  @Test
  void writesTheRulesOfItsResponses() throws Exception {
    try (Gateway gateway =
            gateway(
                Routes.relay(Egress.GLOBAL, "https://photos.bar.com"),
                Routes.relay(origin())
                    .path("/other")
                    .response(
                        new ResponseRules(
                            Map.of("cache-control", new HeaderValue("no-store", false)),
                            Set.of(),
                            Set.of())));
        RawClient client = client(gateway)) {
      assertThat(client.get("/other/" + origin()).answer().header("cache-control"))
          .isEqualTo("no-store");
    }
  }
}
