package dev.sallyport.oracle;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Listens to what Chromium's developer tools are told of the network: which requests failed, and by
 * which {@code Network.CorsError}.
 *
 * @see <a
 *     href="https://chromedevtools.github.io/devtools-protocol/tot/Network/#type-CorsErrorStatus">DevTools
 *     protocol, Network.CorsErrorStatus</a>
 */
final class DevTools implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> urls = new ConcurrentHashMap<>();
  private final Map<String, List<String>> errors = new ConcurrentHashMap<>();
  private final JsonSocket socket;

  private DevTools(URI page) {
    socket = new JsonSocket(page, this::take);
    socket.say("{\"id\":1,\"method\":\"Network.enable\"}");
  }

  /**
   * Listens to the page of a Chromium that was started with a port for it.
   *
   * @param profile where it writes the port
   */
  static DevTools of(Path profile) throws IOException, InterruptedException {
    Path file = profile.resolve("DevToolsActivePort");
    for (int left = 300; left > 0; left--) {
      @Nullable URI page = Files.exists(file) ? page(Files.readAllLines(file)) : null;
      if (page != null) {
        return new DevTools(page);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IOException("Chromium does not say where its developer tools listen");
  }

  private static @Nullable URI page(List<String> lines) throws IOException, InterruptedException {
    if (lines.isEmpty()) {
      return null;
    }
    HttpResponse<String> pages =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + lines.get(0) + "/json/list"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    for (JsonNode page : JSON.readTree(pages.body())) {
      if (page.path("type").stringValue("").equals("page")) {
        return URI.create(page.path("webSocketDebuggerUrl").stringValue(""));
      }
    }
    return null;
  }

  private void take(JsonNode event) {
    JsonNode parameters = event.path("params");
    String request = parameters.path("requestId").stringValue("");
    switch (event.path("method").stringValue("")) {
      case "Network.requestWillBeSent" ->
          urls.putIfAbsent(request, parameters.path("request").path("url").stringValue(""));
      case "Network.loadingFailed" -> {
        String error = parameters.path("corsErrorStatus").path("corsError").stringValue("none");
        String[] path = urls.getOrDefault(request, "").split("/", -1);
        if (path.length > 4) {
          errors.computeIfAbsent(path[4], name -> new CopyOnWriteArrayList<>()).add(error);
        }
      }
      default -> {
        // Not of interest.
      }
    }
  }

  /** The errors of the requests of a case, those of preflights among them. */
  List<String> errors(String name) {
    return errors.getOrDefault(name, List.of());
  }

  @Override
  public void close() {
    socket.close();
  }
}
