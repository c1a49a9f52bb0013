package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.ConfigResult;
import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.VectorClient;
import dev.sallyport.vectors.Vectors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
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
 * Runs the shared cases through the whole gateway over a real socket, in front of an upstream with
 * CORS of its own.
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
    Answer answer =
        VectorClient.send(
            gateway.addresses().get(0), PATHS.getOrDefault(vector.policy(), "/"), vector);
    VectorCase.Expected expected = vector.expected();
    if (vector.request().headers().stream().anyMatch(line -> line.get(1).indexOf('\0') >= 0)) {
      assertThat(answer.status()).as("a header with NUL is no header").isEqualTo(400);
      assertThat(CALLS.get()).isEqualTo(callsBefore);
      return;
    }
    assertThat(CALLS.get() - callsBefore)
        .as("calls of the upstream")
        .isEqualTo(vector.isAnsweredByDoor() ? 0 : 1);
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
