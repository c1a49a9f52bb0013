package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.Enforcement;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.RouteCors;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What every answer says of CORS, on every branch that gives one. */
@ExtendWith(NoLeaks.class)
class CorsDoorTest {
  private static final String UPSTREAMS_OWN = "https://upstream.example";
  private static final String EVIL = "https://evil.com";

  private static RawClient client(Gateway gateway) throws Exception {
    return RawClient.to(gateway.addresses().get(0));
  }

  private static Answer ask(RawClient client, String line, String... lines) throws Exception {
    List<String> all = new ArrayList<>(List.of(line + " HTTP/1.1", "Host: gate"));
    all.addAll(Arrays.asList(lines));
    client.sendHead(all.toArray(String[]::new));
    return line.startsWith("HEAD") ? client.answerToHead() : client.answer();
  }

  private static final RouteCors POLICY =
      Routes.policy(
          builder -> builder.allowMethods("PUT").allowHeaders("x-token").exposeHeaders("etag"));
  private static final RouteCors STRICT =
      Routes.policy(builder -> builder.enforce(Enforcement.ORIGIN));
  private static final RouteCors LAX =
      Routes.policy(builder -> builder.enforce(Enforcement.BROWSER));
  private static final RouteCors REPORT =
      Routes.policy(builder -> builder.enforce(Enforcement.ORIGIN).reportOnly(true));
  private static final RouteCors CLOSED = new RouteCors.Closed();
  private static final RouteCors PASS = new RouteCors.Passthrough();

  /**
   * A request and how it fares.
   *
   * @param line method and path
   * @param lines headers, with bars between
   * @param status of the answer; the upstream's own is 299
   * @param code of the problem; empty when there is none
   * @param allowOrigin what the answer says
   */
  record Asked(
      String name,
      RouteCors cors,
      String line,
      String lines,
      int status,
      String code,
      String allowOrigin) {
    String[] headers() {
      return lines.isEmpty() ? new String[0] : lines.split("\\|", -1);
    }

    boolean isRelayed() {
      return status == 299;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Asked> asked() {
    String blog = "Origin: " + Routes.BLOG;
    String evil = "Origin: " + EVIL;
    String put = "|Access-Control-Request-Method: PUT";
    String upstreams = UPSTREAMS_OWN;
    return Stream.of(
        new Asked("allowed", POLICY, "GET /x", blog, 299, "", Routes.BLOG),
        new Asked("no origin", POLICY, "GET /x", "", 299, "", ""),
        new Asked("denied read", POLICY, "GET /x", evil, 299, "", ""),
        new Asked("denied read of HEAD", POLICY, "HEAD /x", evil, 299, "", ""),
        new Asked("denied read, enforced", STRICT, "GET /x", evil, 403, "origin-not-allowed", ""),
        new Asked("denied write", POLICY, "POST /x", evil, 403, "origin-not-allowed", ""),
        new Asked("denied write, left to the browser", LAX, "POST /x", evil, 299, "", ""),
        new Asked(
            "write of another site without Origin",
            POLICY,
            "POST /x",
            "Sec-Fetch-Site: cross-site",
            403,
            "cross-site",
            ""),
        new Asked(
            "write of the same origin",
            POLICY,
            "POST /x",
            evil + "|Sec-Fetch-Site: same-origin",
            299,
            "",
            ""),
        new Asked("opaque origin", STRICT, "GET /x", "Origin: null", 403, "origin-null", ""),
        new Asked("two origins", STRICT, "GET /x", blog + "|" + evil, 403, "origin-repeated", ""),
        new Asked(
            "no origin at all in Origin",
            STRICT,
            "GET /x",
            "Origin: " + Routes.BLOG + "/",
            403,
            "origin-invalid",
            ""),
        new Asked("preflight", POLICY, "OPTIONS /x", blog + put, 204, "", Routes.BLOG),
        new Asked(
            "preflight with a denied method",
            POLICY,
            "OPTIONS /x",
            blog + "|Access-Control-Request-Method: PATCH",
            204,
            "",
            Routes.BLOG),
        new Asked(
            "preflight of a denied origin",
            POLICY,
            "OPTIONS /x",
            evil + put,
            403,
            "origin-not-allowed",
            ""),
        new Asked("OPTIONS that is no preflight", POLICY, "OPTIONS /x", blog, 299, "", Routes.BLOG),
        new Asked("OPTIONS without Origin", POLICY, "OPTIONS /x", put.substring(1), 299, "", ""),
        new Asked(
            "WebSocket handshake of a denied origin",
            LAX,
            "GET /x",
            evil + "|Upgrade: websocket|Connection: upgrade",
            403,
            "origin-not-allowed",
            ""),
        new Asked("closed", CLOSED, "GET /x", blog, 299, "", ""),
        new Asked("closed, write", CLOSED, "POST /x", blog, 299, "", ""),
        new Asked("closed, preflight", CLOSED, "OPTIONS /x", blog + put, 403, "cors-closed", ""),
        new Asked("closed, OPTIONS", CLOSED, "OPTIONS /x", blog, 299, "", ""),
        new Asked("passthrough", PASS, "GET /x", evil, 299, "", upstreams),
        new Asked("passthrough, preflight", PASS, "OPTIONS /x", evil + put, 299, "", upstreams),
        new Asked("report-only", REPORT, "POST /x", evil, 299, "", upstreams),
        new Asked("report-only, preflight", REPORT, "OPTIONS /x", evil + put, 299, "", upstreams));
  }

  @ParameterizedTest
  @MethodSource("asked")
  void decides(Asked row) throws Exception {
    try (FaultyUpstream upstream =
            FaultyUpstream.answering(
                "HTTP/1.1 299 Fine\r\nAccess-Control-Allow-Origin: "
                    + UPSTREAMS_OWN
                    + "\r\nContent-Length: 0\r\n\r\n");
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream).cors(row.cors())));
        RawClient client = client(gateway)) {
      Answer answer = ask(client, row.line(), row.headers());
      assertThat(answer.status()).as("%s: %s", row, answer).isEqualTo(row.status());
      assertThat(answer.code()).as("%s: %s", row, answer).isEqualTo(row.code());
      assertThat(answer.header("access-control-allow-origin"))
          .as(row.name())
          .isEqualTo(row.allowOrigin());
      boolean policy = row.cors() instanceof RouteCors.Policy && row.cors() != REPORT;
      assertThat(answer.header("vary")).as("%s: Vary", row).isEqualTo(policy ? "Origin" : "");
      assertThat(answer.body())
          .as("%s: the allow-list stays unknown", row)
          .doesNotContain("foo.com");
      assertThat(upstream.hasHead())
          .as("%s: the upstream was called", row)
          .isEqualTo(row.isRelayed());
      if (answer.status() == 204) {
        assertThat(answer.head().toLowerCase(Locale.ROOT))
            .doesNotContain("content-length", "transfer-encoding");
      }
      assertThat(ask(client, "GET /again", "Origin: " + Routes.BLOG).status())
          .as("%s: the connection lives on", row)
          .isEqualTo(299);
    }
  }

  /** How the gateway itself comes to answer. */
  enum Branch {
    MALFORMED(400, "GET /a/../b HTTP/1.1"),
    NO_ROUTE(404, "GET /elsewhere HTTP/1.1"),
    TOO_LARGE(413, "POST /x HTTP/1.1", "Content-Length: 11"),
    EXPECTATION(417, "GET /x HTTP/1.1", "Expect: x"),
    MISDIRECTED(421, "GET /x HTTP/1.1"),
    HEAD_TOO_LARGE(431, "GET /x HTTP/1.1", "Accept: */*", "X: " + "a".repeat(40_000)),
    METHOD(501, "TRACE /x HTTP/1.1"),
    UNREACHABLE(502, "GET /down HTTP/1.1");

    private final int status;
    private final String lines;

    Branch(int status, String... lines) {
      this.status = status;
      this.lines = String.join("|", lines);
    }

    List<String> head() {
      return List.of(lines.split("\\|", -1));
    }
  }

  static Stream<Arguments> branches() {
    return Stream.of(Branch.values())
        .flatMap(
            branch ->
                Stream.of(Routes.BLOG, EVIL, "null", "")
                    .map(origin -> Arguments.of(branch, origin)));
  }

  @ParameterizedTest
  @MethodSource("branches")
  void letsScriptsReadErrors(Branch branch, String origin) throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway =
            Gateway.start(
                Routes.config(
                    Routes.to(upstream).path("/closed").host("gate").cors(CLOSED),
                    Routes.to(upstream).path("/x").host("gate").requestBody(10),
                    Routes.to(1).path("/down").host("gate")));
        RawClient client = client(gateway)) {
      List<String> lines = new ArrayList<>();
      lines.add(branch.head().get(0));
      lines.add(branch == Branch.MISDIRECTED ? "Host: other" : "Host: gate");
      if (!origin.isEmpty()) {
        lines.add("Origin: " + origin);
      }
      lines.addAll(branch.head().subList(1, branch.head().size()));
      client.sendHead(lines.toArray(String[]::new));
      Answer answer = client.answer();
      boolean crossSite =
          branch == Branch.TOO_LARGE && !origin.isEmpty() && !origin.equals(Routes.BLOG);
      assertThat(answer.status()).as("%s", answer).isEqualTo(crossSite ? 403 : branch.status);
      assertThat(answer.header("access-control-allow-origin"))
          .as("%s", answer)
          .isEqualTo(origin.equals(Routes.BLOG) ? origin : "");
      assertThat(answer.header("vary")).as("%s", answer).isEqualTo("Origin");
      assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
      assertThat(answer.body()).doesNotContain("foo.com").doesNotContain("127.0.0.1");
    }
  }

  @Test
  void answersPreflightsToUnknownPathsSoThatScriptsReadThe404() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway =
            Gateway.start(
                Routes.config(Routes.to(upstream).path("/x").methods("GET", "PUT").cors(POLICY)));
        RawClient client = client(gateway)) {
      String[] preflight = {"Origin: " + Routes.BLOG, "Access-Control-Request-Method: PUT"};
      for (String path : new String[] {"/elsewhere", "/x/y"}) {
        Answer answer = ask(client, "OPTIONS " + path, preflight);
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("access-control-allow-methods")).isEqualTo("PUT");
      }
      assertThat(ask(client, "PUT /elsewhere", "Origin: " + Routes.BLOG).code())
          .isEqualTo("no-route");
      Answer evil =
          ask(
              client,
              "OPTIONS /elsewhere",
              "Origin: " + EVIL,
              "Access-Control-Request-Method: PUT");
      assertThat(evil.status()).isEqualTo(404);
      assertThat(evil.header("access-control-allow-origin")).isEmpty();
      assertThat(ask(client, "DELETE /x", "Origin: " + Routes.BLOG).code())
          .as("a method that no route takes")
          .isEqualTo("no-route");
    }
  }

  @Test
  void sendsPreflightsWhereTheirRequestsWillGo() throws Exception {
    RouteCors reads = Routes.policy(builder -> builder.allowHeaders("x-read"));
    RouteCors writes =
        Routes.policy(builder -> builder.allowMethods("PUT").allowHeaders("x-write"));
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway =
            Gateway.start(
                Routes.config(
                    Routes.to(upstream).path("/x").methods("GET").cors(reads),
                    Routes.to(upstream).path("/x").methods("PUT").cors(writes)));
        RawClient client = client(gateway)) {
      assertThat(
              ask(
                      client,
                      "OPTIONS /x",
                      "Origin: " + Routes.BLOG,
                      "Access-Control-Request-Method: PUT",
                      "Access-Control-Request-Headers: x-write")
                  .header("access-control-allow-headers"))
          .isEqualTo("x-write");
      assertThat(
              ask(
                      client,
                      "OPTIONS /x",
                      "Origin: " + Routes.BLOG,
                      "Access-Control-Request-Method: GET",
                      "Access-Control-Request-Headers: x-read")
                  .header("access-control-allow-headers"))
          .isEqualTo("x-read");
    }
  }

  @Test
  void answersErrorsToHeadWithoutBody() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = Gateway.start(Routes.config(Routes.to(upstream).path("/x")));
        RawClient client = client(gateway)) {
      Answer answer = ask(client, "HEAD /elsewhere");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(Integer.parseInt(answer.header("content-length"))).isPositive();
      assertThat(ask(client, "GET /x").body()).as("nothing stands between").isEqualTo("hello");
    }
  }

  @Test
  void prefersHostThenPathThenMethod() throws Exception {
    record Called(String host, String method, String path, String upstream) {}
    try (FaultyUpstream upstream =
        FaultyUpstream.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
      Route[] routes = {
        Routes.to(upstream).path("/").basePath("/all").build(),
        Routes.to(upstream).path("/a").basePath("/a").build(),
        Routes.to(upstream).path("/a").methods("PUT").basePath("/put").build(),
        Routes.to(upstream).path("/a/b").basePath("/ab").build(),
        Routes.to(upstream).path("/").host("foo.com").basePath("/foo").build(),
        Routes.to(upstream).path("/a").host("foo.com").basePath("/fooa").build(),
      };
      try (Gateway gateway = Gateway.start(Routes.config(routes));
          RawClient client = client(gateway)) {
        for (Called called :
            List.of(
                new Called("gate", "GET", "/x", "/all/x"),
                new Called("gate", "GET", "/ab", "/all/ab"),
                new Called("gate", "GET", "/a", "/a"),
                new Called("gate", "PUT", "/a/x", "/put/x"),
                new Called("gate", "PUT", "/a/b", "/ab"),
                new Called("FOO.com:8080", "GET", "/x", "/foo/x"),
                new Called("foo.com", "PUT", "/a/b", "/fooa/b"),
                new Called("www.foo.com", "GET", "/a", "/a"),
                new Called("foo.com.", "GET", "/a", "/a"))) {
          client.sendHead(
              called.method() + " " + called.path() + " HTTP/1.1", "Host: " + called.host());
          client.answer();
          assertThat(upstream.nextHead())
              .as(called.toString())
              .startsWith(called.method() + " " + called.upstream() + " ");
        }
      }
    }
  }
}
