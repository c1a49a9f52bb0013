package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.cors.Vary;
import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.ConfigResult;
import dev.sallyport.vectors.VectorCase;
import dev.sallyport.vectors.Vectors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
    Answer answer = send(vector);
    VectorCase.Expected expected = vector.expected();
    if (vector.request().headers().stream().anyMatch(line -> line.get(1).indexOf('\0') >= 0)) {
      assertThat(answer.status).as("a header with NUL is no header").isEqualTo(400);
      assertThat(CALLS.get()).isEqualTo(callsBefore);
      return;
    }
    boolean reportOnly = "report-only".equals(vector.policy().get("mode"));
    boolean answeredHere =
        !reportOnly && (expected.outcome().startsWith("preflight") || expected.refused());
    assertThat(CALLS.get() - callsBefore)
        .as("calls of the upstream")
        .isEqualTo(answeredHere ? 0 : 1);
    assertThat(answer.status)
        .as("status")
        .isEqualTo(
            expected.refused() && !reportOnly
                    || answeredHere && expected.outcome().endsWith("fails-cors-check")
                ? 403
                : 204);
    if (reportOnly) {
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
      assertThat(Vary.covers(answer.all("vary").iterator(), "Origin"))
          .as("Vary")
          .isEqualTo(expected.vary());
      assertThat(Vary.covers(answer.all("vary").iterator(), "Accept-Encoding"))
          .as("the upstream's own Vary")
          .isEqualTo(!answeredHere);
    }
  }

  private record Answer(int status, List<String> lines) {

    List<String> all(String name) {
      return lines.stream()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
          .map(line -> line.substring(name.length() + 1).strip())
          .toList();
    }

    Map<String, String> corsHeaders() {
      Map<String, String> headers = new TreeMap<>();
      for (String line : lines) {
        String name = line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT);
        if (name.startsWith("access-control-")
            || name.equals("timing-allow-origin")
            || name.equals("cross-origin-resource-policy")) {
          headers.merge(name, line.substring(name.length() + 1).strip(), (a, b) -> a + " AND " + b);
        }
      }
      return headers;
    }
  }

  private static Answer send(VectorCase vector) throws IOException {
    StringBuilder message = new StringBuilder();
    message
        .append(vector.request().method())
        .append(' ')
        .append(PATHS.get(vector.policy()))
        .append(" HTTP/1.1\r\n");
    boolean hasHost =
        vector.request().headers().stream().anyMatch(line -> line.get(0).equals("Host"));
    message.append(hasHost ? "" : "Host: gateway.example\r\n");
    vector
        .request()
        .headers()
        .forEach(
            line -> message.append(line.get(0)).append(": ").append(line.get(1)).append("\r\n"));
    message.append("Connection: close\r\n\r\n");
    InetSocketAddress address = gateway.addresses().get(0);
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(message.toString().getBytes(StandardCharsets.UTF_8));
      String answer =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      List<String> lines =
          new ArrayList<>(
              List.of(answer.substring(0, answer.indexOf("\r\n\r\n")).split("\r\n", -1)));
      return new Answer(Integer.parseInt(lines.remove(0).substring(9, 12)), lines);
    }
  }
}
