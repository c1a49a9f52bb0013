package dev.sallyport.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.Enforcement;
import dev.sallyport.gateway.config.AccessLogging.Format;
import dev.sallyport.gateway.config.AccessLogging.Output;
import dev.sallyport.gateway.config.RequestRules.Announce;
import dev.sallyport.gateway.config.Route.Rate;
import dev.sallyport.gateway.config.Route.Redirects;
import dev.sallyport.gateway.egress.Egress;
import dev.sallyport.gateway.egress.Network;
import dev.sallyport.origin.OriginPattern;
import io.netty.util.NetUtil;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are right, and what becomes of them. */
final class GoodFilesTest {
  @TempDir Path directory;
  private Configurations configurations;

  @BeforeEach
  void fillDirectory() {
    configurations = new Configurations(directory);
  }

  static List<String> files() {
    return Configurations.resources("good");
  }

  private GatewayConfig read(String name) {
    return configurations
        .read(name, Configurations.resource("good/" + name))
        .config()
        .orElseThrow();
  }

  private static CorsPolicy policy(Route route) {
    return ((RouteCors.Policy) route.cors()).policy();
  }

  @ParameterizedTest
  @MethodSource("files")
  void haveNoErrors(String name) {
    ConfigResult result = configurations.read(name, Configurations.resource("good/" + name));
    assertThat(result.problems()).noneMatch(ConfigProblem::error);
    assertThat(result.config()).isPresent();
  }

  @Test
  void whatIsNotWrittenHasADefaultThatOpensNothing() {
    GatewayConfig config = read("minimal.yaml");
    assertThat(config.listeners())
        .containsExactly(new Listener("127.0.0.1", 8080, Optional.empty()));
    assertThat(config.workers()).isEmpty();
    assertThat(config.transport()).isEqualTo(Transport.AUTO);
    assertThat(config.limits()).isEqualTo(ConnectionLimits.DEFAULT);
    Route route = config.routes().get(0);
    assertThat(route.path()).isEqualTo("/");
    assertThat(route.host()).isEmpty();
    assertThat(route.methods()).isEmpty();
    assertThat(route.destination())
        .isEqualTo(new Upstream(true, "photos.bar.com", OptionalInt.empty(), "/api"));
    assertThat(route.request()).isEqualTo(RequestRules.NONE);
    assertThat(route.response()).isEqualTo(ResponseRules.NONE);
    assertThat(route.redirects()).isEqualTo(Redirects.REWRITE);
    assertThat(route.timeout()).isEqualTo(Route.DEFAULT_TIMEOUT);
    assertThat(route.requestBody()).isEmpty();
    assertThat(route.perClient()).isEmpty();
    assertThat(route.perOrigin()).isEmpty();
    CorsPolicy policy = policy(route);
    assertThat(policy.allowOrigins())
        .extracting(Object::toString)
        .containsExactly("https://blog.foo.com");
    assertThat(policy.allowCredentials()).isFalse();
    assertThat(policy.enforcement()).isEqualTo(Enforcement.CROSS_SITE);
    assertThat(policy.isReportOnly()).isFalse();
    assertThat(policy.maxAge()).isEmpty();
  }

  @Test
  void theSampleIsServedButForWhatThisVersionDoesNotServe() {
    ConfigResult result =
        configurations.read("sample.yaml", Configurations.resource("good/sample.yaml"));
    assertThat(configurations.shown(result))
        .isEqualTo(
            """
            """);
    Route route = result.config().orElseThrow().routes().get(0);
    assertThat(route.path()).isEqualTo("/orders");
    assertThat(policy(route).allowOrigins())
        .extracting(Object::toString)
        .containsExactly("https://shop.foo.com", "https://*.stage.foo.com");
    assertThat(route.request().setHeaders())
        .containsEntry("x-api-key", new HeaderValue("orders-secret", true));
    assertThat(route.perClient()).contains(new Rate(120, Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text                           | TEXT     | STDERR
          off                            | OFF      | STDOUT
          json                           | JSON     | STDOUT
          common                         | COMMON   | STDOUT
          {}                             | JSON     | STDOUT
          {format: combined}             | COMBINED | STDOUT
          {to: stderr}                   | JSON     | STDERR
          {to: access.log}               | JSON     | FILE
          {format: common, to: ./stdout} | COMMON   | FILE
          """)
  void anAccessLogIsAFormatAndWhereItGoes(String yaml, Format format, Output output) {
    AccessLogging read =
        configurations
            .read("log.yaml", "accessLog: " + yaml + "\nroutes: [{upstream: https://a.com}]\n")
            .config()
            .orElseThrow()
            .accessLog();
    assertThat(read.format()).isEqualTo(format);
    assertThat(read.isOwn()).isEqualTo(format != Format.TEXT && format != Format.OFF);
    if (read.isOwn()) {
      assertThat(read.output()).isEqualTo(output);
      assertThat(read.file().isPresent()).isEqualTo(output == Output.FILE);
    }
  }

  @Test
  void everyKeyOfTheGatewayIsRead() {
    GatewayConfig config = read("everything.yaml");
    assertThat(config.listeners())
        .containsExactly(
            new Listener("127.0.0.1", 8080, Optional.empty()),
            new Listener("::1", 8080, Optional.empty()),
            new Listener(
                "localhost",
                8443,
                Optional.of(
                    new Listener.Tls(
                        directory.resolve("tls/certificate.pem"),
                        directory.resolve("tls/key.pem")))),
            new Listener(
                "localhost",
                8444,
                Optional.of(
                    new Listener.Tls(
                        List.of(
                            new Listener.Certificate(
                                directory.resolve("tls/certificate.pem"),
                                directory.resolve("tls/key.pem")),
                            new Listener.Certificate(
                                directory.resolve("tls/other.pem"),
                                directory.resolve("tls/other-key.pem")))))));
    assertThat(config.trustedProxies())
        .containsExactly(new Network(address("10.0.0.0"), 8), new Network(address("fd00::"), 8));
    assertThat(config.accessLog())
        .isEqualTo(
            new AccessLogging(
                Format.COMBINED, Output.FILE, Optional.of(directory.resolve("logs/access.log"))));
    assertThat(config.workers()).hasValue(4);
    assertThat(config.transport()).isEqualTo(Transport.NIO);
    assertThat(config.limits())
        .isEqualTo(
            new ConnectionLimits(
                16 * 1024,
                Duration.ofSeconds(5),
                1024,
                Duration.ofMinutes(2),
                Duration.ofSeconds(90),
                Duration.ofHours(1),
                1024,
                64,
                Duration.ZERO));
    assertThat(config.routes())
        .extracting(Route::path)
        .containsExactly("/photos", "/caf%C3%A9", "/");
    assertThat(config.routes().get(1).destination())
        .isEqualTo(new Upstream(false, "[fd12::1]", OptionalInt.of(3000), ""));
    assertThat(config.routes().get(1).cors()).isInstanceOf(RouteCors.Passthrough.class);
    assertThat(config.routes().get(2).cors()).isInstanceOf(RouteCors.Closed.class);
  }

  @Test
  void everyKeyOfAnUpstreamIsRead() {
    Upstream upstream = (Upstream) read("everything.yaml").routes().get(2).destination();
    assertThat(upstream).hasToString("https://intra.bar.com/api");
    assertThat(upstream.protocol()).isEqualTo(Upstream.Protocol.HTTP_2);
    OwnTls own = upstream.ownTls().orElseThrow();
    assertThat(own.trust()).hasSize(1);
    assertThat(own.identity().orElseThrow()).hasToString("CN=gateway.foo.com");
    assertThat(own.files())
        .containsExactly(
            directory.resolve("tls/authorities.pem"),
            directory.resolve("tls/client.pem"),
            directory.resolve("tls/client-key.pem"));
    assertThat(own).doesNotHaveToString(own.identity().orElseThrow().key().toString());
  }

  /** Connections outlive a reload that changed nothing, and not one that did. */
  @Test
  void tlsOfAnUpstreamIsWhatItsFilesHeld() throws Exception {
    OwnTls first = ownTls();
    assertThat(ownTls()).isEqualTo(first).hasSameHashCodeAs(first);
    Files.copy(
        directory.resolve("tls/other.pem"),
        directory.resolve("tls/authorities.pem"),
        StandardCopyOption.REPLACE_EXISTING);
    assertThat(ownTls()).isNotEqualTo(first);
  }

  private OwnTls ownTls() {
    Route route = read("everything.yaml").routes().get(2);
    return ((Upstream) route.destination()).ownTls().orElseThrow();
  }

  @Test
  void everyKeyOfARouteIsRead() {
    Route route = read("everything.yaml").routes().get(0);
    assertThat(route.host()).contains("photos.foo.com");
    assertThat(route.methods()).containsExactlyInAnyOrder("GET", "HEAD", "PUT", "PURGE");
    assertThat(route.destination())
        .isEqualTo(new Upstream(true, "photos.bar.com", OptionalInt.empty(), "/api"));
    assertThat(route.request().setHeaders())
        .containsExactly(
            Map.entry("x-api-key", new HeaderValue("key photos-secret-eu", true)),
            Map.entry("x-template", new HeaderValue("${name}", false)),
            Map.entry("x-version", new HeaderValue("1.0", false)),
            Map.entry("x-empty", new HeaderValue("", false)));
    assertThat(route.request().removeHeaders()).containsExactly("x-debug");
    assertThat(route.request().setQuery())
        .containsExactly(
            Map.entry("key", new HeaderValue("photos-secret", true)),
            Map.entry("format", new HeaderValue("json", false)));
    assertThat(route.request().forward()).containsExactlyInAnyOrder("cookie", "authorization");
    assertThat(route.request().announce()).containsExactlyInAnyOrder(Announce.values());
    assertThat(route.response().setHeaders())
        .containsExactly(Map.entry("cache-control", new HeaderValue("no-store", false)));
    assertThat(route.response().removeHeaders()).containsExactly("server");
    assertThat(route.response().forward()).containsExactly("set-cookie");
    assertThat(route.redirects()).isEqualTo(Redirects.REFUSE);
    assertThat(route.timeout()).isEqualTo(Duration.ofMillis(250));
    assertThat(route.requestBody()).isEqualTo(OptionalLong.of(500_000));
    assertThat(route.perClient()).contains(new Rate(10, Duration.ofSeconds(1)));
    assertThat(route.perOrigin()).contains(new Rate(600, Duration.ofHours(1)));
  }

  @Test
  void everyKeyOfAPolicyIsRead() {
    CorsPolicy policy = policy(read("everything.yaml").routes().get(0));
    assertThat(policy.allowOrigins())
        .extracting(Object::toString)
        .containsExactly(
            "https://blog.foo.com",
            "https://*.preview.foo.com",
            "http://localhost:*",
            "https://www.foo.com",
            "http://intra.foo.com",
            "https://*.github.io",
            "null");
    assertThat(policy.allowMethods()).containsExactly("PUT", "PURGE");
    assertThat(policy.allowHeaders()).containsExactly("content-type", "authorization");
    assertThat(policy.exposeHeaders()).containsExactly("etag", "x-request-id");
    assertThat(policy.allowCredentials()).isTrue();
    assertThat(policy.maxAge()).contains(Duration.ofMinutes(10));
    assertThat(policy.enforcement()).isEqualTo(Enforcement.ORIGIN);
    assertThat(policy.isReportOnly()).isFalse();
    assertThat(policy.publicOrigin()).hasToString("Optional[https://photos.foo.com]");
    assertThat(policy.warnings()).isEmpty();
  }

  @Test
  void anchorsRepeatAPart() {
    List<Route> routes = read("anchors.yaml").routes();
    assertThat(routes.subList(0, 3))
        .allSatisfy(route -> assertThat(policy(route).allowMethods()).containsExactly("PUT"));
    assertThat(routes.get(3).host()).contains("c.foo.com");
  }

  @Test
  void whatAnAuthorWouldWantToKnowIsAWarning() {
    assertThat(
            configurations.problems("warnings.yaml", Configurations.resource("good/warnings.yaml")))
        .isEqualTo(
            """
            warnings.yaml:1:10: warning: listen "0.0.0.0" can be reached from other machines, and route /secret-unenforced adds the secret header "x-api-key": whoever connects can use it, because CORS holds browsers only. Listen on 127.0.0.1, or let only those connect who may.
            warnings.yaml:1:40: warning: listen "127.foo.com" can be reached from other machines, and route /secret-unenforced adds the secret header "x-api-key": whoever connects can use it, because CORS holds browsers only. Listen on 127.0.0.1, or let only those connect who may.
            warnings.yaml:2:8: warning: admin 0.0.0.0:9901 can be reached from other machines, and asks nobody who they are: whoever reaches it reads the metrics and may have the configuration read again. Keep it to a network of operators, or write 127.0.0.1:9901.
            warnings.yaml:5:3: warning: origin set "spare" is used by no route. Write $spare where it is meant, or remove it.
            warnings.yaml:11:36: warning: pages may send authorization, and it is dropped on the way. Add it to request.forward if the upstream is to see it.
            warnings.yaml:14:53: warning: allowCredentials is on, and the cookies of pages are dropped on the way. Add cookie to request.forward if the upstream is to see them, or set allowCredentials to false.
            warnings.yaml:18:25: warning: cookie is forwarded, and no page of another origin may read an answer to a request with cookies. Set cors.allowCredentials to true, or remove it here.
            warnings.yaml:21:44: warning: enforce: browser lets the requests of denied pages through, and this route adds the secret header "x-api-key" to them: such a page cannot read the answer, but what it asks for is done. Write enforce: cross-site or origin.
            warnings.yaml:25:41: warning: mode: report-only lets the requests of denied pages through, and this route adds the secret header "x-api-key" to them: such a page cannot read the answer, but what it asks for is done. Write enforce: cross-site or origin, with mode: enforce.
            warnings.yaml:29:11: warning: cors: passthrough enforces nothing here, and this route adds the secret header "authorization" to every page's requests. Write a policy instead, which refuses what it denies.
            warnings.yaml:33:26: warning: origin pattern "*" lets every site use this route, and with it the secret header "x-api-key". List the origins of your pages.
            warnings.yaml:37:71: warning: header "x-a" is removed and then set, and setting replaces it anyway. Remove it here.
            warnings.yaml:37:81: warning: header "X-B" is listed twice in removeHeaders. Remove one.
            warnings.yaml:37:97: warning: header "authorization" is forwarded and then set, so that what was sent is lost. Remove it from one of the two.
            warnings.yaml:40:20: warning: method "GET" is listed twice. Remove one.
            warnings.yaml:42:22: warning: origin pattern "https://a.foo.com" is included in https://*.foo.com already. Remove it.
            warnings.yaml:42:64: warning: origin pattern "https://a.foo.com" is listed twice. Remove one.
            warnings.yaml:43:27: warning: method "patch" matches only pages that write it in exactly this case, because methods are case-sensitive. Write PATCH if that is meant.
            warnings.yaml:44:22: warning: request header "accept" is allowed without being listed, for all usual values. Remove it.
            warnings.yaml:45:23: warning: response header "content-type" is readable without being listed. Remove it.
            warnings.yaml:46:15: warning: maxAge "43200s" is kept whole by Firefox only; Chromium keeps an answer for 7200 seconds, WebKit for 600. Write 7200 (2h) at most.
            warnings.yaml:47:15: warning: relay can be reached from other machines by listen "0.0.0.0", and nothing bounds how often one of them calls. Add limits: {perClient: 120/min}.
            """);
  }

  @Test
  void relayIsARouteToWhateverUrlThePathNames() {
    GatewayConfig config = read("relay.yaml");
    Egress egress = new Egress(List.of(new Network(address("fd00::"), 8)));
    Route route = config.routes().get(0);
    assertThat(route.redirects()).isEqualTo(Redirects.FOLLOW);
    assertThat(route.followTo())
        .isEqualTo(new Targets(List.of(OriginPattern.parse("https://*.cdn.bar.com")), egress));
    Route relay = config.routes().get(1);
    assertThat(relay.path()).isEqualTo("/relay");
    assertThat(relay.host()).contains("relay.foo.com");
    assertThat(relay.methods()).isEmpty();
    assertThat(relay.destination())
        .isEqualTo(
            new Targets(
                List.of(
                    OriginPattern.parse("https://*.bar.com"),
                    OriginPattern.parse("!https://old.bar.com"),
                    OriginPattern.parse("http://[fd00::1]:8080")),
                egress));
    assertThat(policy(relay).allowOrigins())
        .extracting(Object::toString)
        .containsExactly("https://blog.foo.com");
    assertThat(relay.request().setHeaders()).containsOnlyKeys("user-agent");
    assertThat(relay.request().forward()).containsExactly("authorization");
    assertThat(relay.response().setHeaders()).containsOnlyKeys("cache-control");
    assertThat(relay.redirects()).isEqualTo(Redirects.REFUSE);
    assertThat(relay.followTo()).isEqualTo(Targets.NONE);
    assertThat(relay.timeout()).hasSeconds(5);
    assertThat(relay.requestBody()).hasValue(1 << 20);
    assertThat(relay.perClient()).isPresent();
    assertThat(relay.perOrigin()).isPresent();
  }

  private static byte[] address(String literal) {
    return NetUtil.createByteArrayFromIpAddressString(literal);
  }

  @Test
  void egressThatNothingAsksIsAWarning() {
    assertThat(
            configurations.problems(
                "egress-unused.yaml", Configurations.resource("good/egress-unused.yaml")))
        .isEqualTo(
            """
            egress-unused.yaml:3:1: warning: egress does nothing: there is no relay and no followTo, and upstreams are called wherever they are. Remove it.
            """);
  }
}
