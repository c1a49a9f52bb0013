package dev.sallyport.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.servlet.Container.Running;
import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.VectorClient;
import dev.sallyport.vectors.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CorsFilterTest {
  private static final String BLOG = "https://blog.foo.com";
  private static final String EVIL = "https://evil.com";
  private static final AtomicReference<CorsPolicy> POLICY = new AtomicReference<>();
  private static final Map<Container, Application> APPLICATIONS = new EnumMap<>(Container.class);
  private static final Map<Container, Running> RUNNING = new EnumMap<>(Container.class);

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    for (Container container : Container.values()) {
      Application application = new Application();
      APPLICATIONS.put(container, application);
      RUNNING.put(
          container, container.start(directory, application, List.of(new CorsFilter(POLICY::get))));
    }
  }

  @AfterAll
  static void stop() {
    RUNNING.values().forEach(Running::close);
  }

  @BeforeEach
  void allowBlog() {
    POLICY.set(CorsPolicy.builder().allowOrigins(BLOG).exposeHeaders("etag").build());
    APPLICATIONS.values().forEach(each -> each.decisions.clear());
  }

  private static Application application(Container container) {
    return APPLICATIONS.getOrDefault(container, new Application());
  }

  private static Running running(Container container) {
    return Objects.requireNonNull(RUNNING.get(container));
  }

  private static Answer get(Container container, String path, String origin) throws IOException {
    return get(running(container), path, origin);
  }

  private static Answer get(Running running, String path, String origin) throws IOException {
    return VectorClient.send(
        running.address(),
        "GET "
            + path
            + " HTTP/1.1\r\nHost: a\r\nOrigin: "
            + origin
            + "\r\nConnection: close\r\n\r\n");
  }

  static Stream<Arguments> cases() {
    return Stream.of(Container.values())
        .flatMap(container -> Vectors.all().map(vector -> Arguments.of(container, vector)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersTheSharedCases(Container container, VectorCase vector) throws IOException {
    POLICY.set(CorsPolicy.builder(vector.policy()).build());
    Application application = application(container);
    int before = application.calls.get();
    Answer answer = VectorClient.send(running(container).address(), "/", vector);
    int calls = application.calls.get() - before;
    if (vector.hasControlCharacter()) {
      assertThat(answer.status()).as("no HTTP message").isEqualTo(400);
      assertThat(calls).isZero();
      return;
    }
    assertThat(answer.differences(vector, 204, calls)).isEmpty();
    assertThat(answer.varies("Accept-Encoding")).isEqualTo(!vector.isAnsweredByDoor());
  }

  static Stream<Arguments> ways() {
    return Stream.of(Container.values())
        .flatMap(
            container ->
                Stream.of(
                    Arguments.of(container, "/reset", 200),
                    Arguments.of(container, "/reset-buffer", 200),
                    Arguments.of(container, "/send-error", 404),
                    Arguments.of(container, "/error-page-of-409", 409),
                    Arguments.of(container, "/redirect", 302),
                    Arguments.of(container, "/throw", 500),
                    Arguments.of(container, "/throw-unchecked", 500),
                    Arguments.of(container, "/committed-then-throw", 200),
                    Arguments.of(container, "/async", 202),
                    Arguments.of(container, "/async-unwrapped", 202),
                    Arguments.of(container, "/async-dispatch", 200),
                    Arguments.of(container, "/async-timeout", 500),
                    Arguments.of(container, "/forward", 200),
                    Arguments.of(container, "/include", 200),
                    Arguments.of(container, "/own", 204),
                    Arguments.of(container, "/vary-set", 200),
                    Arguments.of(container, "/vary-set-origin", 200),
                    Arguments.of(container, "/vary-add", 200)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theHeadersSurvive(Container container, String path, int status) throws IOException {
    Answer allowed = get(container, path, BLOG);
    assertThat(allowed.status()).isEqualTo(status);
    assertThat(allowed.corsHeaders())
        .containsOnlyKeys("access-control-allow-origin", "access-control-expose-headers")
        .containsEntry("access-control-allow-origin", BLOG);
    assertThat(isKeptApart(allowed)).as("%s", allowed).isTrue();
    Answer denied = get(container, path, EVIL);
    assertThat(denied.status()).isEqualTo(status);
    assertThat(denied.corsHeaders()).isEmpty();
    assertThat(isKeptApart(denied)).as("%s", denied).isTrue();
  }

  /** Jetty's own error pages have no {@code Vary}, and no cache may keep them. */
  private static boolean isKeptApart(Answer answer) {
    return answer.timesVarying("origin") == 1
        || answer.status() >= 400 && answer.all("cache-control").toString().contains("no-store");
  }

  @ParameterizedTest
  @EnumSource
  void keepsTheApplicationsVary(Container container) throws IOException {
    assertThat(get(container, "/vary-set", BLOG).varies("accept-encoding")).isTrue();
    assertThat(get(container, "/vary-all", BLOG).all("vary")).containsExactly("*");
  }

  @ParameterizedTest
  @EnumSource
  void changesNothingWhenItOnlyReports(Container container) throws IOException {
    POLICY.set(CorsPolicy.builder().allowOrigins(BLOG).reportOnly(true).build());
    Answer answer = get(container, "/own", BLOG);
    assertThat(answer.corsHeaders())
        .containsEntry("access-control-allow-origin", "*")
        .containsEntry("access-control-allow-credentials", "true")
        .containsEntry("access-control-max-age", "7 AND 8");
    assertThat(answer.all("vary")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void decidesOnceAndTellsTheApplication(Container container) throws IOException {
    get(container, "/", BLOG);
    get(container, "/", EVIL);
    assertThat(application(container).decisions).containsExactly("ACTUAL_ALLOWED", "ACTUAL_DENIED");
  }

  @ParameterizedTest
  @EnumSource
  void asksForThePolicyAtEachRequest(Container container) throws IOException {
    assertThat(get(container, "/", "https://shop.foo.com").corsHeaders()).isEmpty();
    POLICY.set(CorsPolicy.builder().allowOrigins("https://shop.foo.com").build());
    assertThat(get(container, "/", "https://shop.foo.com").corsHeaders())
        .containsEntry("access-control-allow-origin", "https://shop.foo.com");
  }

  @ParameterizedTest
  @EnumSource
  void theOuterOfTwoFiltersDecides(Container container, @TempDir Path directory) throws Exception {
    CorsPolicy inner = CorsPolicy.builder().allowOrigins("*").build();
    try (Running twice =
        container.start(
            directory,
            new Application(),
            List.of(new CorsFilter(POLICY::get), new CorsFilter(inner)))) {
      assertThat(get(twice, "/own", BLOG).corsHeaders())
          .containsEntry("access-control-allow-origin", BLOG);
      assertThat(get(twice, "/own", EVIL).corsHeaders()).isEmpty();
    }
  }
}
