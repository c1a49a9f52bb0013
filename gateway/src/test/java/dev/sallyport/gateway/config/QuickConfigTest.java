package dev.sallyport.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.Enforcement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A route from the options of a command line. */
final class QuickConfigTest {
  private static final String TO = "https://photos.bar.com/api";
  private static final List<String> ORIGIN = List.of("https://blog.foo.com");

  private static ConfigResult build(QuickConfig config) {
    return config.build(Configurations::variable);
  }

  @Test
  void everyOptionIsRead() {
    ConfigResult result =
        build(
            new QuickConfig(TO)
                .listen(List.of("127.0.0.1:0", "[::1]:8080"))
                .transport("nio")
                .host("gate.foo.com")
                .allowOrigins(List.of("https://blog.foo.com", "https://*.preview.foo.com"))
                .allowMethods(List.of("PUT"))
                .allowHeaders(List.of("content-type", "authorization"))
                .exposeHeaders(List.of("etag"))
                .allowCredentials(true)
                .maxAge("10m")
                .enforce("origin")
                .forward(List.of("cookie", "authorization", "Set-Cookie"))
                .setHeaders(
                    List.of(
                        "X-Api-Key: ${env:PHOTOS_KEY}", "x-mode=a=b:c", "x-url:https://foo.com")));
    assertThat(result.problems()).isEmpty();
    GatewayConfig config = result.config().orElseThrow();
    assertThat(config.listeners())
        .containsExactly(
            new Listener("127.0.0.1", 0, Optional.empty()),
            new Listener("::1", 8080, Optional.empty()));
    assertThat(config.transport()).isEqualTo(Transport.NIO);
    Route route = config.routes().get(0);
    assertThat(route.path()).isEqualTo("/");
    assertThat(route.host()).contains("gate.foo.com");
    assertThat(route.destination()).hasToString(TO);
    assertThat(route.request().setHeaders())
        .containsExactly(
            Map.entry("x-api-key", new HeaderValue("photos-secret", true)),
            Map.entry("x-mode", new HeaderValue("a=b:c", false)),
            Map.entry("x-url", new HeaderValue("https://foo.com", false)));
    assertThat(route.request().forward()).containsExactlyInAnyOrder("cookie", "authorization");
    assertThat(route.response().forward()).containsExactly("set-cookie");
    CorsPolicy policy = ((RouteCors.Policy) route.cors()).policy();
    assertThat(policy.allowMethods()).containsExactly("PUT");
    assertThat(policy.exposeHeaders()).containsExactly("etag");
    assertThat(policy.allowCredentials()).isTrue();
    assertThat(policy.maxAge()).contains(Duration.ofMinutes(10));
    assertThat(policy.enforcement()).isEqualTo(Enforcement.ORIGIN);
  }

  @Test
  void whatIsNotGivenIsAsInAFile() {
    GatewayConfig config = build(new QuickConfig(TO).allowOrigins(ORIGIN)).config().orElseThrow();
    assertThat(config.listeners())
        .containsExactly(new Listener("127.0.0.1", 8080, Optional.empty()));
    Route route = config.routes().get(0);
    assertThat(route.host()).isEmpty();
    assertThat(route.request()).isEqualTo(RequestRules.NONE);
    assertThat(((RouteCors.Policy) route.cors()).policy().enforcement())
        .isEqualTo(Enforcement.CROSS_SITE);
  }

  static Stream<Arguments> problems() {
    return Stream.of(
        arguments(
            new QuickConfig("photos.bar.com").allowOrigins(ORIGIN),
            "--to: upstream \"photos.bar.com\" has no scheme. Did you mean https://photos.bar.com?"),
        arguments(
            new QuickConfig(TO),
            "--allow-origin: allowOrigins is empty, so that no page may read anything. List the origins of your"
                + " pages, such as https://blog.foo.com."),
        arguments(
            new QuickConfig(TO).allowOrigins(List.of("https://blog.foo.com/", "$apps")),
            "--allow-origin: origin set \"$apps\" is not defined. Define it at the top of the file: origins:"
                + " {apps: [\"https://blog.foo.com\"]}.\n"
                + "--allow-origin: origin pattern \"https://blog.foo.com/\" is not valid: an origin ends after host"
                + " and port, without a slash or path. Did you mean https://blog.foo.com?"),
        arguments(
            new QuickConfig(TO)
                .allowOrigins(List.of("*"))
                .allowCredentials(true)
                .forward(List.of("cookie")),
            "--allow-origin: origin pattern \"*\" means every site, and credentials are on: any page could read"
                + " what your users may read. List the origins, or set allowCredentials to false."),
        arguments(
            new QuickConfig(TO).allowOrigins(ORIGIN).allowCredentials(true),
            "--allow-credentials: warning: allowCredentials is on, and the cookies of pages are dropped on the way."
                + " Add cookie to request.forward if the upstream is to see them, or set allowCredentials to"
                + " false."),
        arguments(
            new QuickConfig(TO).allowOrigins(ORIGIN).allowHeaders(List.of("Authorization")),
            "--allow-header: warning: pages may send authorization, and it is dropped on the way. Add it to"
                + " request.forward if the upstream is to see it."),
        arguments(
            new QuickConfig(TO).allowOrigins(ORIGIN).listen(List.of(":8080")),
            "--listen: listen \":8080\" does not say on which interface. Write 127.0.0.1:8080 for this machine only,"
                + " or 0.0.0.0:8080 for every interface."),
        arguments(
            new QuickConfig(TO).allowOrigins(ORIGIN).maxAge("ten"),
            "--max-age: maxAge \"ten\" is not a duration: a whole number and ms, s, m or h, or a number of seconds."
                + " Write one such as 10m."),
        arguments(
            new QuickConfig(TO).allowOrigins(ORIGIN).enforce("always"),
            "--enforce: enforce is the text \"always\"; it has to be browser, origin or cross-site."),
        arguments(
            new QuickConfig(TO).allowOrigins(ORIGIN).transport("iouring"),
            "--transport: transport is the text \"iouring\"; it has to be auto, nio, epoll or io_uring. Did you mean"
                + " io_uring?"),
        arguments(
            new QuickConfig(TO).allowOrigins(ORIGIN).setHeaders(List.of("x-api-key")),
            "--set-header: \"x-api-key\" has no colon. Write it as \"x-api-key: abc\"."),
        arguments(
            new QuickConfig(TO)
                .allowOrigins(ORIGIN)
                .setHeaders(List.of("x-api-key S3C"))
                .forward(List.of("authorization: S3C")),
            "--set-header: \"x-api-key\" has no colon. Write it as \"x-api-key: abc\".\n"
                + "--forward: request header \"authorization\" is not one header name. Write a name such as"
                + " x-api-key, without colon or blanks."),
        arguments(
            new QuickConfig(TO).allowOrigins(ORIGIN).setHeaders(List.of("x-a: b\r\nx-evil: c")),
            "--set-header: header \"x-a\" has a line break, which cannot stand in a header. Remove it."),
        arguments(
            new QuickConfig(TO).allowOrigins(ORIGIN).setHeaders(List.of("x-a: ${env:NOT_SET}")),
            "--set-header: header \"x-a\" needs the environment variable NOT_SET, which is not set. Set it where the"
                + " gateway starts: export NOT_SET=..."),
        arguments(
            new QuickConfig(TO)
                .allowOrigins(ORIGIN)
                .setHeaders(List.of("Host: a.com", "x-a: 1", "X-A: 2")),
            "--set-header: request header \"Host\" belongs to the connection, and the gateway writes it for each"
                + " side. Remove it.\n"
                + "--set-header: header \"X-A\" is set twice. Remove one."),
        arguments(
            new QuickConfig("http://127.0.0.1:8080").allowOrigins(ORIGIN),
            "--to: upstream \"http://127.0.0.1:8080\" is this gateway itself, which listens on port 8080. Name"
                + " the server of the API."));
  }

  @ParameterizedTest
  @MethodSource("problems")
  void aProblemNamesItsOption(QuickConfig config, String problems) {
    ConfigResult result = build(config);
    assertThat(
            result.problems().stream()
                .map(ConfigProblem::toString)
                .collect(Collectors.joining("\n")))
        .isEqualTo(problems);
    assertThat(result.config().isPresent())
        .isEqualTo(result.problems().stream().noneMatch(ConfigProblem::error));
  }
}
