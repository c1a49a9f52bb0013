package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.ConfigResult;
import dev.sallyport.gateway.testkit.FrameClient;
import dev.sallyport.gateway.testkit.Frames;
import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.VectorClient;
import dev.sallyport.vectors.Vectors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs the shared cases through the whole gateway over real sockets, by HTTP/1.1 and by HTTP/2, in
 * front of an upstream with CORS of its own.
 */
class GatewayVectorsTest {
  private static final String UPSTREAMS_OWN = "https://upstreams-own.example";
  private static final AtomicInteger CALLS = new AtomicInteger();
  private static final Map<Map<String, Object>, String> PATHS = new LinkedHashMap<>();

  private static HttpServer upstream;
  private static Gateway gateway;

  @BeforeAll
  static void start(@TempDir Path directory) throws IOException, GatewayStartException {
    upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    upstream.createContext(
        "/",
        exchange -> {
          CALLS.incrementAndGet();
          exchange.getResponseHeaders().add("Access-Control-Allow-Origin", UPSTREAMS_OWN);
          exchange.getResponseHeaders().add("Access-Control-Allow-Credentials", "true");
          exchange.getResponseHeaders().add("Vary", "Accept-Encoding");
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    upstream.start();
    Path file = directory.resolve("sallyport.yaml");
    Files.writeString(file, configuration());
    ConfigResult result = ConfigFile.read(file, name -> Optional.empty());
    assertThat(result.problems()).noneMatch(problem -> problem.error());
    gateway = Gateway.start(result.config().orElseThrow());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    upstream.stop(0);
  }

  /**
   * A route for each policy; JSON is YAML, so that the case's policy stands in the file as it is.
   */
  private static String configuration() {
    StringBuilder yaml = new StringBuilder("listen: 127.0.0.1:0\nroutes:\n");
    Vectors.all()
        .map(VectorCase::policy)
        .distinct()
        .forEach(
            policy -> {
              String path = "/p" + PATHS.size();
              PATHS.put(policy, path);
              Map<String, Object> form = new LinkedHashMap<>(policy);
              form.putIfAbsent("enforce", "browser");
              yaml.append("  - path: ").append(path).append('\n');
              yaml.append("    upstream: http://127.0.0.1:")
                  .append(upstream.getAddress().getPort())
                  .append('\n');
              yaml.append("    cors: ")
                  .append(new JsonMapper().writeValueAsString(form))
                  .append('\n');
            });
    return yaml.toString();
  }

  static Stream<VectorCase> cases() {
    return Vectors.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsExpected(VectorCase vector) throws IOException {
    int callsBefore = CALLS.get();
    Answer answer = VectorClient.send(gateway.addresses().get(0), path(vector), vector);
    if (hasNul(vector)) {
      assertThat(answer.status()).as("a header with NUL is no header").isEqualTo(400);
      assertThat(CALLS.get()).isEqualTo(callsBefore);
    } else {
      assertExpected(vector, answer, CALLS.get() - callsBefore);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersTheSameOverHttp2(VectorCase vector) throws Exception {
    int callsBefore = CALLS.get();
    try (FrameClient client = FrameClient.to(gateway.addresses().get(0))) {
      client.headers(1, true, fields(vector));
      if (isMalformedInHttp2(vector)) {
        assertRefused(client);
        assertThat(CALLS.get()).isEqualTo(callsBefore);
      } else {
        assertExpected(vector, answer(client.answer(1)), CALLS.get() - callsBefore);
      }
    }
  }

  private static String path(VectorCase vector) {
    return PATHS.getOrDefault(vector.policy(), "/");
  }

  private static boolean hasNul(VectorCase vector) {
    return vector.request().headers().stream().anyMatch(line -> line.get(1).indexOf('\0') >= 0);
  }

  /** HTTP/2 has no blanks around values, and no handshake by {@code Upgrade}. */
  private static boolean isMalformedInHttp2(VectorCase vector) {
    return hasNul(vector)
        || vector.request().headers().stream()
            .anyMatch(
                line ->
                    line.get(0).equals("Connection") || !line.get(1).equals(line.get(1).strip()));
  }

  /** The header list that says what the lines of the case say. */
  private static String[] fields(VectorCase vector) {
    List<String> fields = new ArrayList<>();
    String authority = "server.example";
    for (List<String> line : vector.request().headers()) {
      if (line.get(0).equals("Host")) {
        authority = line.get(1);
      } else {
        fields.add(line.get(0).toLowerCase(Locale.ROOT));
        // One char for each byte that goes on the wire.
        fields.add(
            new String(line.get(1).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
      }
    }
    fields.addAll(0, List.of(":scheme", "http", ":authority", authority, ":path", path(vector)));
    fields.addAll(0, List.of(":method", vector.request().method()));
    return fields.toArray(String[]::new);
  }

  private static Answer answer(FrameClient.Answer answer) {
    List<String> lines = new ArrayList<>();
    answer.head().forEach(field -> lines.add(field.getKey() + ": " + field.getValue()));
    lines.removeIf(line -> line.startsWith(":status"));
    return new Answer(answer.status(), lines);
  }

  private static void assertRefused(FrameClient client) throws Exception {
    Frames.Frame frame = client.frame();
    while (frame.stream() != 1) {
      frame = client.frame();
    }
    if (frame.type() == FrameClient.HEADERS) {
      assertThat(client.list(frame).status()).hasToString("400");
    } else {
      assertThat(frame.type()).isEqualTo(FrameClient.RST_STREAM);
    }
  }

  private static void assertExpected(VectorCase vector, Answer answer, int calls) {
    VectorCase.Expected expected = vector.expected();
    assertThat(calls).as("calls of the upstream").isEqualTo(vector.isAnsweredByDoor() ? 0 : 1);
    assertThat(answer.status()).as("status").isEqualTo(vector.status(204));
    if (vector.isReportOnly()) {
      assertThat(answer.corsHeaders())
          .isEqualTo(
              Map.of(
                  "access-control-allow-origin",
                  UPSTREAMS_OWN,
                  "access-control-allow-credentials",
                  "true"));
      assertThat(answer.all("vary")).containsExactly("Accept-Encoding");
    } else {
      assertThat(answer.corsHeaders()).as("CORS headers").isEqualTo(expected.headers());
      assertThat(answer.varies("Origin")).as("Vary").isEqualTo(expected.vary());
      assertThat(answer.varies("Accept-Encoding"))
          .as("the upstream's own Vary")
          .isEqualTo(!vector.isAnsweredByDoor());
    }
  }
}
