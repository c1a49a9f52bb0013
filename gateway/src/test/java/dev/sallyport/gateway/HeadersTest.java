package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.ResourcePolicy;
import dev.sallyport.gateway.config.HeaderValue;
import dev.sallyport.gateway.config.RequestRules;
import dev.sallyport.gateway.config.RequestRules.Announce;
import dev.sallyport.gateway.config.ResponseRules;
import dev.sallyport.gateway.config.Route.Redirects;
import dev.sallyport.gateway.config.RouteCors;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of headers, either way. */
@ExtendWith(NoLeaks.class)
class HeadersTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n";

  private static RequestRules request(
      Map<String, HeaderValue> set, Set<String> remove, Set<String> forward, Announce... announce) {
    return new RequestRules(set, remove, forward, Set.of(announce));
  }

  private static HeaderValue text(String text) {
    return new HeaderValue(text, false);
  }

  /** What the upstream gets of the headers that a page sends, beside Host and Origin. */
  record Sent(String name, RequestRules rules, List<String> lines, List<String> received) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sent> requests() {
    RequestRules none = RequestRules.NONE;
    return Stream.of(
        new Sent(
            "end-to-end headers pass as they are",
            none,
            List.of(
                "X-Token: a, b",
                "x-token: c",
                "Accept: */*",
                "Referer: https://blog.foo.com/",
                "Sec-Fetch-Site: cross-site",
                "X-Odd:  \t a\tb  "),
            List.of(
                "X-Token: a, b",
                "x-token: c",
                "Accept: */*",
                "Referer: https://blog.foo.com/",
                "Sec-Fetch-Site: cross-site",
                "X-Odd: a\tb")),
        new Sent(
            "hop-by-hop headers are dropped",
            none,
            List.of(
                "Connection: keep-alive, Upgrade, X-Hop, HTTP2-Settings",
                "Keep-Alive: 1",
                "Proxy-Connection: x",
                "Proxy-Authorization: Basic x",
                "TE: trailers",
                "Upgrade: h2c",
                "HTTP2-Settings: AAA",
                "X-Hop: 1",
                "x-hop: 2",
                "Trailer: A"),
            List.of()),
        new Sent(
            "secrets of the gateway's host are dropped",
            none,
            List.of("Cookie: a=b", "cookie: c=d", "Authorization: Bearer x"),
            List.of()),
        new Sent(
            "secrets of the gateway's host are forwarded by name",
            request(Map.of(), Set.of(), Set.of("cookie", "authorization")),
            List.of("Cookie: a=b", "Authorization: Bearer x"),
            List.of("Cookie: a=b", "Authorization: Bearer x")),
        new Sent(
            "another proxy's word is dropped",
            none,
            List.of(
                "Forwarded: for=1",
                "Via: 1.1 x",
                "X-Forwarded-For: 1",
                "X-FORWARDED-Anything: 1",
                "X-Real-IP: 1",
                "True-Client-IP: 1",
                "X-Original-URL: /admin",
                "X-Rewrite-URL: /admin"),
            List.of()),
        new Sent(
            "another proxy's word is forwarded by name",
            request(Map.of(), Set.of(), Set.of("x-forwarded-for", "via", "forwarded")),
            List.of("Forwarded: for=1", "Via: 1.1 x", "X-Forwarded-For: 1", "X-Forwarded-Host: 1"),
            List.of("Forwarded: for=1", "Via: 1.1 x", "X-Forwarded-For: 1")),
        new Sent(
            "the metadata services of clouds are never asked",
            request(Map.of(), Set.of(), Set.of("metadata-flavor", "x-aws-ec2-metadata-token")),
            List.of(
                "Metadata-Flavor: Google",
                "X-aws-ec2-metadata-token: x",
                "X-AWS-EC2-Metadata-Token-TTL-Seconds: 60"),
            List.of()),
        new Sent(
            "removed headers, in any case",
            request(Map.of(), Set.of("x-secret", "origin"), Set.of()),
            List.of("X-Secret: 1", "X-SECRET: 2", "X-Other: 3"),
            List.of("X-Other: 3")),
        new Sent(
            "set headers replace every line",
            request(Map.of("x-api-key", new HeaderValue("s3cret", true)), Set.of(), Set.of()),
            List.of("X-Api-Key: forged", "x-api-key: forged too"),
            List.of("x-api-key: s3cret")),
        new Sent(
            "set headers win over removed and nominated ones",
            request(
                Map.of("x-api-key", text("k"), "authorization", text("Basic x")),
                Set.of("x-api-key"),
                Set.of()),
            List.of("Connection: x-api-key", "X-Api-Key: forged"),
            List.of("x-api-key: k", "authorization: Basic x")),
        new Sent(
            "announced by Via",
            request(Map.of(), Set.of(), Set.of(), Announce.VIA),
            List.of("Via: 1.0 forged"),
            List.of("via: 1.1 sallyport")),
        new Sent(
            "announced by Via behind those that are forwarded",
            request(Map.of(), Set.of(), Set.of("via"), Announce.VIA),
            List.of("Via: 1.0 other"),
            List.of("Via: 1.0 other", "via: 1.1 sallyport")),
        new Sent(
            "announced by Forwarded",
            request(Map.of(), Set.of(), Set.of("forwarded"), Announce.FORWARDED),
            List.of("Forwarded: for=forged"),
            List.of("forwarded: for=127.0.0.1;host=\"gate:8080\";proto=http")),
        new Sent(
            "announced by X-Forwarded",
            request(Map.of(), Set.of(), Set.of("x-forwarded-for"), Announce.X_FORWARDED),
            List.of(
                "X-Forwarded-For: forged", "X-Forwarded-Host: forged", "X-Forwarded-Port: forged"),
            List.of(
                "x-forwarded-for: 127.0.0.1",
                "x-forwarded-proto: http",
                "x-forwarded-host: gate:8080")));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void towardsTheUpstream(Sent row) throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.answering(OK + "\r\n");
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream).request(row.rules())));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.sendHead(
          Stream.concat(
                  Stream.of("GET /x HTTP/1.1", "Host: gate:8080", "Origin: " + Routes.BLOG),
                  row.lines().stream())
              .toArray(String[]::new));
      assertThat(client.answer().status()).as(row.name()).isEqualTo(200);
      String head = upstream.nextHead();
      List<String> received =
          head.lines()
              .skip(1)
              .filter(
                  line ->
                      !line.isEmpty() && !line.startsWith("Origin: ") && !line.startsWith("host: "))
              .toList();
      assertThat(received).as(row.name()).containsExactlyInAnyOrderElementsOf(row.received());
      assertThat(Wire.header(head, "host")).isEqualTo("127.0.0.1:" + upstream.port());
      assertThat(head.contains("Origin: "))
          .as("%s: Origin", row)
          .isEqualTo(!row.rules().removeHeaders().contains("origin"));
    }
  }

  /** What the page gets of the headers that an upstream sends, beside length and date. */
  record Answered(
      String name, RouteCors cors, ResponseRules rules, List<String> lines, List<String> received) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Answered> responses() {
    RouteCors allows = Routes.policy(builder -> builder);
    RouteCors beside =
        Routes.policy(
            builder ->
                builder
                    .exposeHeaders("etag")
                    .timingAllowOrigin(true)
                    .crossOriginResourcePolicy(ResourcePolicy.CROSS_ORIGIN));
    RouteCors reports = Routes.policy(builder -> builder.reportOnly(true));
    List<String> foreign =
        List.of(
            "Access-Control-Allow-Origin: *",
            "access-control-allow-credentials: true",
            "ACCESS-CONTROL-EXPOSE-HEADERS: x",
            "Access-Control-Anything: y");
    String allowed = "access-control-allow-origin: " + Routes.BLOG;
    ResponseRules none = ResponseRules.NONE;
    return Stream.of(
        new Answered(
            "the upstream's CORS headers give way to the policy's",
            allows,
            none,
            foreign,
            List.of(allowed, "vary: Origin")),
        new Answered(
            "a closed route opens nothing", new RouteCors.Closed(), none, foreign, List.of()),
        new Answered(
            "passthrough leaves CORS to the upstream",
            new RouteCors.Passthrough(),
            none,
            foreign,
            foreign),
        new Answered("report-only changes nothing", reports, none, foreign, foreign),
        new Answered(
            "what stands beside CORS stays where ours is not written",
            allows,
            none,
            List.of("Timing-Allow-Origin: *", "Cross-Origin-Resource-Policy: same-site"),
            List.of(
                "Timing-Allow-Origin: *",
                "Cross-Origin-Resource-Policy: same-site",
                allowed,
                "vary: Origin")),
        new Answered(
            "what stands beside CORS gives way to ours",
            beside,
            none,
            List.of("Timing-Allow-Origin: *", "Cross-Origin-Resource-Policy: same-site"),
            List.of(
                allowed,
                "access-control-expose-headers: etag",
                "timing-allow-origin: " + Routes.BLOG,
                "cross-origin-resource-policy: cross-origin",
                "vary: Origin")),
        new Answered(
            "Vary is merged",
            allows,
            none,
            List.of("Vary: Accept", "Vary: Accept-Encoding, X"),
            List.of("Vary: Accept", "Vary: Accept-Encoding, X", allowed, "vary: Origin")),
        new Answered(
            "Vary is not doubled",
            allows,
            none,
            List.of("Vary: Accept, ORIGIN"),
            List.of("Vary: Accept, ORIGIN", allowed)),
        new Answered(
            "Vary of everything stays",
            allows,
            none,
            List.of("Vary: Accept", "Vary: *"),
            List.of("Vary: Accept", "Vary: *", allowed)),
        new Answered(
            "hop-by-hop headers are dropped",
            new RouteCors.Closed(),
            none,
            List.of(
                "Connection: X-Hop, keep-alive",
                "Keep-Alive: timeout=5",
                "X-Hop: 1",
                "Proxy-Authenticate: Basic",
                "Upgrade: h2c",
                "Alt-Svc: h3=\":443\"",
                "Trailer: A"),
            List.of()),
        new Answered(
            "cookies are dropped",
            new RouteCors.Closed(),
            none,
            List.of("Set-Cookie: a=b", "set-cookie: c=d"),
            List.of()),
        new Answered(
            "cookies are forwarded by name",
            new RouteCors.Closed(),
            new ResponseRules(Map.of(), Set.of(), Set.of("set-cookie")),
            List.of("Set-Cookie: a=b", "set-cookie: c=d"),
            List.of("Set-Cookie: a=b", "set-cookie: c=d")),
        new Answered(
            "removed and set headers",
            new RouteCors.Closed(),
            new ResponseRules(
                Map.of("x-frame-options", text("DENY"), "server", text("gate")),
                Set.of("x-powered-by"),
                Set.of()),
            List.of("Server: upstream", "X-Powered-By: PHP", "ETag: \"1\""),
            List.of("ETag: \"1\"", "x-frame-options: DENY", "server: gate")),
        new Answered(
            "set headers never replace the policy's",
            allows,
            new ResponseRules(
                Map.of(
                    "access-control-allow-origin",
                    text("*"),
                    "access-control-allow-credentials",
                    text("true"),
                    "vary",
                    text("X")),
                Set.of(),
                Set.of()),
            foreign,
            List.of(allowed, "vary: X", "vary: Origin")),
        new Answered(
            "obs-text passes as it came",
            new RouteCors.Closed(),
            none,
            List.of("X-Name: K\u00e4se"),
            List.of("X-Name: K\u00e4se")));
  }

  @ParameterizedTest
  @MethodSource("responses")
  void towardsThePage(Answered row) throws Exception {
    for (String status :
        new String[] {
          "200 OK", "204 No Content", "302 Found", "304 Not Modified", "404 Not Found", "500 Oops"
        }) {
      String answer =
          "HTTP/1.1 "
              + status
              + "\r\nContent-Length: 0\r\nDate: D\r\n"
              + String.join("\r\n", row.lines())
              + "\r\n\r\n";
      try (FaultyUpstream upstream = FaultyUpstream.answering(answer);
          Gateway gateway =
              Gateway.start(
                  Routes.config(Routes.to(upstream).cors(row.cors()).response(row.rules())));
          RawClient client = RawClient.to(gateway.addresses().get(0))) {
        String head = client.get("/x").answer().head();
        assertThat(
                head.lines()
                    .skip(1)
                    .filter(
                        line ->
                            !line.isEmpty()
                                && !line.startsWith("Content-Length")
                                && !line.equals("Date: D"))
                    .toList())
            .as("%s, %s", row, status)
            .containsExactlyInAnyOrderElementsOf(row.received());
      }
    }
  }

  @Test
  void rewritesLocationIntoTheRoute() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway =
            Gateway.start(Routes.config(Routes.to(upstream).path("/photos").basePath("/api")));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      upstream.play(
          visit ->
              visit.answer(
                  "HTTP/1.1 201 Created\r\nLocation: http://127.0.0.1:"
                      + upstream.port()
                      + "/api/2\r\nContent-Length: 0\r\n\r\n"));
      assertThat(client.get("/photos").answer().header("location")).isEqualTo("/photos/2");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void refusesRedirects(int status) throws Exception {
    try (FaultyUpstream upstream =
            FaultyUpstream.answering(
                "HTTP/1.1 "
                    + status
                    + " X\r\nLocation: https://evil.com/\r\nContent-Length: 0\r\n\r\n");
        Gateway gateway =
            Gateway.start(Routes.config(Routes.to(upstream).redirects(Redirects.REFUSE)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      Answer answer = client.get("/x").answer();
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.code()).isEqualTo("redirect-refused");
      assertThat(answer.head() + answer.body()).doesNotContain("evil");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/photos, /api, /photos, /api",
    "/photos, /api, /photos/, /api/",
    "/photos, /api, /photos/1?a=/../b, /api/1?a=/../b",
    "/photos, /api, /photos?x, /api?x",
    "/photos, '', /photos, /",
    "/photos, '', /photos?x, /?x",
    "/photos, '', /photos/1, /1",
    "/photos, '', /%70hotos/1, /1",
    "/, '', /, /",
    "/, '', /a/b?c, /a/b?c",
    "/, /api, /, /api/",
    "/, /api, /a, /api/a",
    "/a/b, /c/d, /a/b/e, /c/d/e",
    "/a/b, /c, /a/%62/x%2Fy, /c/x%2Fy",
    "/caf%C3%A9, /c, /caf%c3%a9/x, /c/x",
    "/, '', '/a|b^c`{d}\"<>', '/a|b^c`{d}\"<>'",
    "/, '', /a?b\\c|d, /a?b\\c|d",
    "/, '', /a//b/, /a//b/",
    "/, '', /a;v=1/b, /a;v=1/b",
    "/, '', /.../.well-known/a..b, /.../.well-known/a..b",
    "/, '', http://gate/a?b, /a?b",
    "/, '', HTTP://GATE/a, /a",
    "/, '', http://gate, /",
    "/, '', http://gate?b, /?b",
  })
  void mapsPaths(String path, String base, String requested, String received) throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.answering(OK + "\r\n");
        Gateway gateway =
            Gateway.start(Routes.config(Routes.to(upstream).path(path).basePath(base)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      assertThat(client.get(requested).answer().status()).isEqualTo(200);
      assertThat(upstream.nextHead()).startsWith("GET " + received + " HTTP/1.1\r\n");
    }
  }

  @Test
  void writesHostOnceWhateverThePageSent() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.answering(OK + "\r\n");
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.sendHead("GET http://gate/x HTTP/1.1", "HOST: GATE");
      assertThat(client.answer().status()).isEqualTo(200);
      String head = upstream.nextHead();
      assertThat(head.toLowerCase(Locale.ROOT).split("host:", -1)).hasSize(2);
      assertThat(Wire.header(head, "host")).isEqualTo("127.0.0.1:" + upstream.port());
    }
  }
}
