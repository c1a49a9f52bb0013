package dev.sallyport.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.VectorClient;
import dev.sallyport.vectors.Vectors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs whole applications, Spring Security in them, over sockets. */
class CorsAutoConfigurationTest {
  private static final String BLOG = "https://blog.foo.com";

  /** What the application is made with. */
  enum Stack {
    MVC(MvcApplication.class, WebApplicationType.SERVLET, MvcApplication.CALLS),
    WEBFLUX(ReactiveApplication.class, WebApplicationType.REACTIVE, ReactiveApplication.CALLS);

    final Class<?> application;
    final WebApplicationType type;

    @SuppressWarnings("ImmutableEnumChecker") // Counts the application's calls in this test.
    final AtomicInteger calls;

    Stack(Class<?> application, WebApplicationType type, AtomicInteger calls) {
      this.application = application;
      this.type = type;
      this.calls = calls;
    }
  }

  private static final Map<Stack, ConfigurableApplicationContext> RUNNING =
      new EnumMap<>(Stack.class);

  @BeforeAll
  static void start() {
    for (Stack stack : Stack.values()) {
      RUNNING.put(
          stack,
          new SpringApplicationBuilder(stack.application)
              .web(stack.type)
              .properties(
                  "server.port=0",
                  "server.address=127.0.0.1",
                  "server.max-http-request-header-size=64KB",
                  "spring.main.banner-mode=off",
                  "logging.level.root=off",
                  "sallyport.cors.allow-origins=" + BLOG,
                  "sallyport.cors.allow-methods=PUT",
                  "sallyport.cors.max-age=10m")
              .run());
    }
  }

  @AfterAll
  static void stop() {
    RUNNING.values().forEach(ConfigurableApplicationContext::close);
  }

  private static ConfigurableApplicationContext running(Stack stack) {
    return Objects.requireNonNull(RUNNING.get(stack));
  }

  private static LiveCorsPolicy policy(Stack stack) {
    return running(stack).getBean(LiveCorsPolicy.class);
  }

  private static InetSocketAddress address(Stack stack) {
    int port = running(stack).getEnvironment().getRequiredProperty("local.server.port", int.class);
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  @BeforeEach
  void thePolicyOfTheProperties() {
    for (Stack stack : Stack.values()) {
      policy(stack).replace(running(stack).getBean(CorsPolicy.class));
    }
  }

  private static Answer get(Stack stack, String path, String origin) throws IOException {
    return VectorClient.send(
        address(stack),
        "GET "
            + path
            + " HTTP/1.1\r\nHost: a\r\nOrigin: "
            + origin
            + "\r\nConnection: close\r\n\r\n");
  }

  static Stream<Arguments> cases() {
    return Stream.of(Stack.values())
        .flatMap(stack -> Vectors.all().map(vector -> Arguments.of(stack, vector)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersTheSharedCases(Stack stack, VectorCase vector) throws IOException {
    policy(stack).replace(CorsPolicy.builder(vector.policy()).build());
    int before = stack.calls.get();
    Answer answer = VectorClient.send(address(stack), "/open", vector);
    int calls = stack.calls.get() - before;
    if (vector.hasControlCharacter()) {
      assertThat(answer.status()).as("no HTTP message").isEqualTo(400);
      assertThat(calls).isZero();
      return;
    }
    assertThat(answer.differences(vector, 204, calls)).isEmpty();
    assertThat(answer.varies("Accept-Encoding")).isEqualTo(!vector.isAnsweredByDoor());
  }

  @ParameterizedTest
  @EnumSource
  void answersAPreflightInFrontOfWhatAuthenticates(Stack stack) throws IOException {
    Answer answer =
        VectorClient.send(
            address(stack),
            "OPTIONS /secret HTTP/1.1\r\nHost: a\r\nOrigin: "
                + BLOG
                + "\r\nAccess-Control-Request-Method: PUT\r\nConnection: close\r\n\r\n");
    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.corsHeaders())
        .containsEntry("access-control-allow-methods", "PUT")
        .containsEntry("access-control-max-age", "600");
  }

  static Stream<Arguments> errors() {
    return Stream.of(
        Arguments.of(Stack.MVC, "/secret", 401),
        Arguments.of(Stack.MVC, "/api/none", 404),
        Arguments.of(Stack.MVC, "/api/throws", 500),
        Arguments.of(Stack.MVC, "/api/handled", 501),
        Arguments.of(Stack.MVC, "/api/status", 409),
        Arguments.of(Stack.WEBFLUX, "/secret", 401),
        Arguments.of(Stack.WEBFLUX, "/api/none", 404),
        Arguments.of(Stack.WEBFLUX, "/api/throws", 500),
        Arguments.of(Stack.WEBFLUX, "/api/status", 409));
  }

  @ParameterizedTest
  @MethodSource("errors")
  void aPageCanReadErrors(Stack stack, String path, int status) throws IOException {
    Answer allowed = get(stack, path, BLOG);
    assertThat(allowed.status()).isEqualTo(status);
    assertThat(allowed.corsHeaders())
        .containsExactly(Map.entry("access-control-allow-origin", BLOG));
    assertThat(allowed.timesVarying("origin")).isEqualTo(1);
    Answer denied = get(stack, path, "https://evil.com");
    assertThat(denied.status()).isEqualTo(status);
    assertThat(denied.corsHeaders()).isEmpty();
    assertThat(denied.timesVarying("origin")).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void replacesTheHeadersOfAnAnnotation(Stack stack) throws IOException {
    assertThat(get(stack, "/api/annotated", BLOG).corsHeaders())
        .containsExactly(Map.entry("access-control-allow-origin", BLOG));
    assertThat(get(stack, "/api/annotated", "https://evil.com").corsHeaders()).isEmpty();
  }
}
