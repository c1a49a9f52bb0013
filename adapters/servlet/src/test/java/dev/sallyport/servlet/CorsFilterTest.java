package dev.sallyport.servlet;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.DynamicOrigins;
import dev.sallyport.cors.Enforcement;
import dev.sallyport.servlet.Container.Running;
import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.VectorClient;
import dev.sallyport.vectors.Vectors;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
  private static final Map<Container, Running> REQUESTS_ONLY = new EnumMap<>(Container.class);
  private static final Map<Container, Running> UNFILTERED = new EnumMap<>(Container.class);
  private static final AtomicInteger ASKED = new AtomicInteger();

  @BeforeAll
  static void start(@TempDir Path directory) throws Exception {
    for (Container container : Container.values()) {
      Application application = new Application();
      APPLICATIONS.put(container, application);
      List<Filter> filters = List.of(new CorsFilter(CorsFilterTest::policy));
      RUNNING.put(container, container.start(directory, application, filters));
      REQUESTS_ONLY.put(
          container,
          container.start(
              directory, new Application(), filters, EnumSet.of(DispatcherType.REQUEST)));
      UNFILTERED.put(container, container.start(directory, new Application(), List.of()));
    }
  }

  private static CorsPolicy policy() {
    ASKED.incrementAndGet();
    return Objects.requireNonNull(POLICY.get());
  }

  @AfterAll
  static void stop() {
    Stream.of(RUNNING, REQUESTS_ONLY, UNFILTERED)
        .flatMap(each -> each.values().stream())
        .forEach(Running::close);
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
                    Arguments.of(container, "/vary-add", 200),
                    Arguments.of(container, "/vary-add-list", 200),
                    Arguments.of(container, "/vary-twice", 200),
                    Arguments.of(container, "/vary-removed", 200)));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void theHeadersSurvive(Container container, String path, int status) throws IOException {
    theHeadersSurvive(running(container), path, status);
  }

  /** As {@code web.xml} and annotations map a filter where nothing is said of dispatches. */
  @ParameterizedTest
  @MethodSource("ways")
  void theHeadersSurviveWhereOnlyRequestsAreMapped(Container container, String path, int status)
      throws IOException {
    theHeadersSurvive(Objects.requireNonNull(REQUESTS_ONLY.get(container)), path, status);
  }

  /** Why the documentation asks for the dispatch to error pages. */
  @Test
  void jettysErrorPagesVaryWhereErrorsAreMappedToo() throws IOException {
    Running requestsOnly = Objects.requireNonNull(REQUESTS_ONLY.get(Container.JETTY));
    assertThat(get(requestsOnly, "/error-page-of-409", BLOG).timesVarying("origin")).isZero();
    assertThat(get(Container.JETTY, "/error-page-of-409", BLOG).timesVarying("origin"))
        .isEqualTo(1);
  }

  private static void theHeadersSurvive(Running running, String path, int status)
      throws IOException {
    Answer allowed = get(running, path, BLOG);
    assertThat(allowed.status()).isEqualTo(status);
    assertThat(allowed.corsHeaders())
        .containsOnlyKeys("access-control-allow-origin", "access-control-expose-headers")
        .containsEntry("access-control-allow-origin", BLOG);
    assertThat(isKeptApart(allowed)).as("%s", allowed).isTrue();
    Answer denied = get(running, path, EVIL);
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
    assertThat(get(container, "/vary-add-all", BLOG).all("vary")).contains("*");
    Answer list = get(container, "/vary-add-list", BLOG);
    assertThat(List.of("Origin", "Accept-Language", "Cookie"))
        .allSatisfy(name -> assertThat(list.timesVarying(name)).isEqualTo(1));
    assertThat(get(container, "/vary-removed", BLOG).all("vary")).containsExactly("Origin");
  }

  static Stream<Arguments> paths() {
    return Stream.concat(
        ways().map(each -> Arguments.of(each.get()[0], each.get()[1])),
        Stream.of(Container.values())
            .flatMap(
                container ->
                    Stream.of("/vary-all", "/vary-add-all", "/async-as-it-is")
                        .map(path -> Arguments.of(container, path))));
  }

  @ParameterizedTest
  @MethodSource("paths")
  void changesNotAByteWhenItOnlyReports(Container container, String path) throws IOException {
    POLICY.set(CorsPolicy.builder().allowOrigins(BLOG).reportOnly(true).build());
    Running unfiltered = Objects.requireNonNull(UNFILTERED.get(container));
    for (String origin : List.of(BLOG, EVIL)) {
      Answer reported = get(container, path, origin);
      Answer bare = get(unfiltered, path, origin);
      assertThat(reported.status()).isEqualTo(bare.status());
      assertThat(lines(reported, running(container))).isEqualTo(lines(bare, unfiltered));
    }
  }

  /**
   * The header lines, without what the time and the port make of them, and without the length of
   * the containers' own error pages, which show every filter that was passed.
   */
  private static List<String> lines(Answer answer, Running running) {
    return answer.lines().stream()
        .filter(line -> !line.startsWith("Date:"))
        .filter(line -> answer.status() < 400 || !line.startsWith("Content-Length:"))
        .map(line -> line.replace(":" + running.port(), ""))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("ways")
  void decidesOnceWhateverTheDispatches(Container container, String path, int status)
      throws IOException {
    for (boolean reportOnly : List.of(false, true)) {
      POLICY.set(CorsPolicy.builder().allowOrigins(BLOG).reportOnly(reportOnly).build());
      int before = ASKED.get();
      assertThat(get(container, path, BLOG).status()).isEqualTo(status);
      assertThat(ASKED.get() - before).isEqualTo(1);
    }
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

  @ParameterizedTest
  @EnumSource
  void aReportInFrontDoesNotDisarmTheFilterBehind(Container container, @TempDir Path directory)
      throws Exception {
    CorsPolicy report = CorsPolicy.builder().allowOrigins("*").reportOnly(true).build();
    CorsPolicy enforced =
        CorsPolicy.builder().allowOrigins(BLOG).enforce(Enforcement.ORIGIN).build();
    Application application = new Application();
    try (Running twice =
        container.start(
            directory, application, List.of(new CorsFilter(report), new CorsFilter(enforced)))) {
      assertThat(get(twice, "/own", BLOG).corsHeaders())
          .containsExactly(Map.entry("access-control-allow-origin", BLOG));
      assertThat(get(twice, "/error-page-of-409", BLOG).corsHeaders())
          .containsExactly(Map.entry("access-control-allow-origin", BLOG));
      int before = application.calls.get();
      assertThat(get(twice, "/", EVIL).status()).isEqualTo(403);
      assertThat(application.calls.get()).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void waitsForASourceOfOrigins(Container container) throws IOException {
    CompletableFuture<Boolean> later =
        CompletableFuture.supplyAsync(
            () -> true, CompletableFuture.delayedExecutor(50, MILLISECONDS));
    POLICY.set(
        CorsPolicy.builder()
            .allowOriginsFrom(
                DynamicOrigins.from(
                        origin ->
                            origin.host().equals("shop.customer.com")
                                ? later
                                : CompletableFuture.completedFuture(false))
                    .build())
            .build());
    assertThat(get(container, "/", "https://shop.customer.com").corsHeaders())
        .containsEntry("access-control-allow-origin", "https://shop.customer.com");
    assertThat(get(container, "/", EVIL).corsHeaders()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aBadPolicyInInitParametersServesNothing(Container container, @TempDir Path directory)
      throws Exception {
    Application application = new Application();
    List<Filter> filters = List.of(new CorsFilter());
    if (container == Container.TOMCAT) {
      // Tomcat runs on, without the application.
      try (Running running = container.start(directory, application, filters)) {
        assertThat(get(running, "/", BLOG).status()).isEqualTo(404);
      }
    } else {
      assertThatThrownBy(() -> container.start(directory, application, filters))
          .hasStackTraceContaining("is not valid:\nallowOrigins");
    }
    assertThat(application.calls).hasValue(0);
  }
}
