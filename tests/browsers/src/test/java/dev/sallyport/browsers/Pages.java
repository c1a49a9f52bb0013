package dev.sallyport.browsers;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pages that drive themselves: each host's page runs the cases of that host, reports what its
 * script saw, and goes on to the next host's, so that each is a page of its own and no frame.
 */
final class Pages implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final Map<String, String> constants;
  private final Map<String, List<Case>> cases;
  private final Map<String, String> seen = new LinkedHashMap<>();
  private final CompletableFuture<Map<String, String>> report = new CompletableFuture<>();

  private Pages(HttpServer server, Map<String, String> constants, List<Case> cases) {
    this.server = server;
    this.constants = constants;
    this.cases =
        cases.stream()
            .collect(Collectors.groupingBy(Case::page, LinkedHashMap::new, Collectors.toList()));
  }

  /** Binds a port for the pages; they are served once the cases are known. */
  static HttpServer bind() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
  }

  /**
   * @param constants what the cases' scripts know by name
   */
  static Pages serve(HttpServer server, Map<String, String> constants, List<Case> cases) {
    Pages pages = new Pages(server, constants, cases);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "pages");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", pages::answer);
    server.start();
    return pages;
  }

  /** Where a browser begins. */
  String start() {
    return url(cases.keySet().iterator().next());
  }

  private String url(String host) {
    return "http://" + host + ":" + server.getAddress().getPort() + "/";
  }

  /** What the scripts saw, by the cases' names, once the last page is done. */
  CompletableFuture<Map<String, String>> report() {
    return report;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String host =
          requireNonNull(exchange.getRequestHeaders().getFirst("Host")).replaceFirst(":.*", "");
      switch (exchange.getRequestURI().getPath()) {
        case "/" ->
            send(
                exchange, "text/html", "<!doctype html><script type=module src=/tour.js></script>");
        case "/tour.js" -> send(exchange, "text/javascript", resource("tour.js"));
        case "/page.js" -> send(exchange, "text/javascript", resource("page.js"));
        case "/cases.js" ->
            send(exchange, "text/javascript", script(cases.getOrDefault(host, List.of())));
        case "/seen" -> send(exchange, "text/plain", take(host, exchange.getRequestBody()));
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private static void send(HttpExchange exchange, String type, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type + ";charset=utf-8");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = requireNonNull(Pages.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private String script(List<Case> of) {
    StringBuilder script =
        new StringBuilder("import {answered, embed, events, font, form, read, repeat, sandboxed,");
    script.append(" stream, visible} from '/page.js';\n");
    constants.forEach(
        (name, value) ->
            script.append("const ").append(name).append(" = '").append(value).append("';\n"));
    script.append("export const cases = [\n");
    for (Case one : of) {
      script.append("[").append(JSON.writeValueAsString(one.name())).append(", async () => ");
      script.append(one.script()).append("],\n");
    }
    return script.append("];\n").toString();
  }

  /** Notes what the page of {@code host} saw, and says where to go on. */
  private synchronized String take(String host, InputStream body) {
    for (JsonNode one : JSON.readTree(body)) {
      seen.put(one.get("name").asString(), one.get("seen").asString());
    }
    List<String> hosts = List.copyOf(cases.keySet());
    int next = hosts.indexOf(host) + 1;
    if (next == hosts.size()) {
      report.complete(Map.copyOf(seen));
      return "";
    }
    return url(hosts.get(next));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
