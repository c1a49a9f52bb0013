package dev.sallyport.browsers;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sallyport.cli.demo.WallFont;
import dev.sallyport.embed.Embedding;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.ServerAnswer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import javax.imageio.ImageIO;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Pages that embed, and what they embed, by names: {@code /r/ID/VARIANT/WAY} is what the case
 * {@code ID} embeds by {@code WAY}, with the head that {@code VARIANT} gives it.
 */
final class EmbeddingServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final Map<String, List<Map<String, Object>>> casesByPage = new LinkedHashMap<>();
  private final Set<String> arrivals = ConcurrentHashMap.newKeySet();
  private final Map<Integer, String> seen = new ConcurrentHashMap<>();
  private final CompletableFuture<Map<Integer, String>> report = new CompletableFuture<>();
  private final byte[] font = WallFont.trueType();

  EmbeddingServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
    server.setExecutor(
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "embedding");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::answer);
  }

  /** What a server says beside the body. */
  enum Variant {
    PLAIN,
    SHARED,
    SHARED_WITH_ALL,
    OWN_RESOURCE_POLICY,
    OPEN_RESOURCE_POLICY,
    WRONG_TYPE,
    WRONG_TYPE_NOSNIFF,
    HTML_NOSNIFF,
    FRAMES_DENIED,
    ANCESTORS_NONE,
    EMBEDDER_POLICY,
    MISSING,
    REDIRECTED;

    ServerAnswer answer(EmbeddingCase of, boolean preflight) {
      List<Header> headers = new ArrayList<>();
      headers.add(new Header("Cache-Control", "no-store"));
      headers.add(new Header("Content-Type", type(of.embedding())));
      switch (this) {
        case SHARED, REDIRECTED -> {
          headers.add(new Header("Access-Control-Allow-Origin", of.pageOrigin()));
          headers.add(new Header("Access-Control-Allow-Credentials", "true"));
        }
        case SHARED_WITH_ALL -> headers.add(new Header("Access-Control-Allow-Origin", "*"));
        case OWN_RESOURCE_POLICY ->
            headers.add(new Header("Cross-Origin-Resource-Policy", "same-origin"));
        case OPEN_RESOURCE_POLICY ->
            headers.add(new Header("Cross-Origin-Resource-Policy", "cross-origin"));
        case WRONG_TYPE_NOSNIFF, HTML_NOSNIFF ->
            headers.add(new Header("X-Content-Type-Options", "nosniff"));
        case FRAMES_DENIED -> headers.add(new Header("X-Frame-Options", "DENY"));
        case ANCESTORS_NONE ->
            headers.add(new Header("Content-Security-Policy", "frame-ancestors 'none'"));
        case EMBEDDER_POLICY -> {
          headers.add(new Header("Cross-Origin-Embedder-Policy", "require-corp"));
          headers.add(new Header("Cross-Origin-Resource-Policy", "cross-origin"));
        }
        default -> {}
      }
      if (preflight) {
        headers.add(new Header("Access-Control-Allow-Headers", "content-type"));
      }
      if (this == REDIRECTED && !preflight) {
        headers.add(new Header("Location", of.url().replace("/REDIRECTED/", "/SHARED/")));
        return new ServerAnswer(302, headers);
      }
      return new ServerAnswer(this == MISSING && !preflight ? 404 : 200, headers);
    }

    private String type(Embedding embedding) {
      return switch (this) {
        case WRONG_TYPE, WRONG_TYPE_NOSNIFF -> "text/plain";
        case HTML_NOSNIFF -> "text/html";
        default -> EmbeddingServer.type(embedding);
      };
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Serves the cases, page after page. */
  void serve(List<EmbeddingCase> cases) {
    for (EmbeddingCase one : cases) {
      casesByPage
          .computeIfAbsent(one.page(), page -> new ArrayList<>())
          .add(
              Map.of(
                  "id", one.id(),
                  "way", one.embedding().keyword(),
                  "crossorigin", one.crossorigin().keyword(),
                  "url", one.url()));
    }
    byId = new ConcurrentHashMap<>();
    cases.forEach(one -> byId.put(one.id(), one));
    server.start();
  }

  private Map<Integer, EmbeddingCase> byId = Map.of();

  /** Where a browser begins. */
  String start() {
    return url(casesByPage.keySet().iterator().next());
  }

  private String url(String host) {
    return "http://" + host + ":" + port() + "/";
  }

  /** What the scripts saw, by the cases' numbers, once the last page is done. */
  CompletableFuture<Map<Integer, String>> report() {
    return report;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String host = requireNonNull(exchange.getRequestHeaders().getFirst("Host"));
      String page = host.replaceFirst(":.*", "");
      String path = exchange.getRequestURI().getPath();
      if (path.startsWith("/r/")) {
        resource(exchange, host, path.split("/", -1));
        return;
      }
      switch (path) {
        case "/" -> {
          if (page.startsWith("coep")) {
            set(exchange, "Cross-Origin-Embedder-Policy", "require-corp");
          } else if (page.startsWith("credentialless")) {
            set(exchange, "Cross-Origin-Embedder-Policy", "credentialless");
          }
          send(
              exchange,
              200,
              "text/html",
              bytes(
                  "<!doctype html><link rel=icon href=data:,><body><script type=module"
                      + " src=/embedding.js></script>"));
        }
        case "/embedding.js" -> send(exchange, 200, "text/javascript", bytes(script()));
        case "/cases.json" ->
            send(
                exchange,
                200,
                "application/json",
                bytes(JSON.writeValueAsString(casesByPage.getOrDefault(page, List.of()))));
        case "/arrived" -> {
          String query = exchange.getRequestURI().getQuery().replaceFirst("path=", "");
          set(exchange, "Access-Control-Allow-Origin", "*");
          send(exchange, 200, "text/plain", bytes(arrivals.contains(query) ? "yes" : "no"));
        }
        case "/seen" ->
            send(exchange, 200, "text/plain", bytes(take(page, exchange.getRequestBody())));
        default -> exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void resource(HttpExchange exchange, String host, String[] path) throws IOException {
    EmbeddingCase of = requireNonNull(byId.get(Integer.parseInt(path[2])));
    boolean preflight = exchange.getRequestMethod().equals("OPTIONS");
    if (!preflight) {
      arrivals.add(host + exchange.getRequestURI().getPath());
    }
    ServerAnswer answer = Variant.valueOf(path[3]).answer(of, preflight);
    answer
        .headers()
        .forEach(header -> exchange.getResponseHeaders().add(header.name(), header.value()));
    byte[] body = preflight || answer.status() == 302 ? new byte[0] : body(of);
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  private synchronized String take(String page, InputStream body) {
    for (JsonNode one : JSON.readTree(body)) {
      seen.put(one.get("id").asInt(), one.get("seen").asString());
    }
    List<String> pages = List.copyOf(casesByPage.keySet());
    int next = pages.indexOf(page) + 1;
    if (next == pages.size()) {
      report.complete(Map.copyOf(seen));
      return "";
    }
    return url(pages.get(next));
  }

  static String type(Embedding embedding) {
    return switch (embedding) {
      case IMG, CSS_IMAGE, CSS_SHAPE, PRELOAD_IMAGE -> "image/png";
      case SCRIPT,
          MODULE_SCRIPT,
          IMPORT,
          IMPORT_SCRIPTS,
          WORKER,
          MODULE_WORKER,
          SHARED_WORKER,
          SERVICE_WORKER,
          AUDIO_WORKLET,
          PRELOAD_SCRIPT,
          MODULE_PRELOAD ->
          "text/javascript";
      case JSON_MODULE -> "application/json";
      case STYLE, STYLE_IMPORT, PRELOAD_STYLE -> "text/css";
      case FONT, PRELOAD_FONT -> "font/ttf";
      case IFRAME, OBJECT, EMBED -> "text/html";
      case AUDIO, VIDEO -> "audio/wav";
      case TRACK -> "text/vtt";
      case EVENT_SOURCE -> "text/event-stream";
      default -> "text/plain";
    };
  }

  private byte[] body(EmbeddingCase of) throws IOException {
    String later = "setTimeout(() => { throw new Error('error" + of.id() + "!'); }, 50);";
    return switch (of.embedding()) {
      case IMG, CSS_IMAGE, CSS_SHAPE, PRELOAD_IMAGE -> picture();
      case SCRIPT, MODULE_SCRIPT, PRELOAD_SCRIPT ->
          bytes("self.ran" + of.id() + " = true; " + later);
      case IMPORT, MODULE_PRELOAD ->
          bytes("self.ran" + of.id() + " = true; export const value = 7; " + later);
      case IMPORT_SCRIPTS -> bytes(later);
      case WORKER, MODULE_WORKER -> bytes("postMessage('here'); " + later);
      case SHARED_WORKER -> bytes("onconnect = event => event.ports[0].postMessage('here');");
      case SERVICE_WORKER, AUDIO_WORKLET -> bytes("self.here = true;");
      case JSON_MODULE -> bytes("{\"value\": 7}");
      case STYLE, STYLE_IMPORT, PRELOAD_STYLE ->
          bytes(".styled" + of.id() + " { border-top: 7px solid; }");
      case FONT, PRELOAD_FONT -> font;
      case IFRAME, OBJECT, EMBED ->
          bytes("<!doctype html><script>parent.postMessage('here" + of.id() + "', '*')</script>");
      case AUDIO, VIDEO -> sound();
      case TRACK -> bytes("WEBVTT\n\n00:00.000 --> 00:09.000\nhere\n");
      case EVENT_SOURCE -> bytes("data: here\n\n");
      default -> bytes("here");
    };
  }

  /** Seven by seven pixels, opaque on the left. */
  private static byte[] picture() throws IOException {
    BufferedImage picture = new BufferedImage(7, 7, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < 21; i++) {
      picture.setRGB(i / 7, i % 7, 0xff008000);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", out);
    return out.toByteArray();
  }

  /** A second of silence. */
  private static byte[] sound() {
    int samples = 8000;
    ByteBuffer wave = ByteBuffer.allocate(44 + samples).order(ByteOrder.LITTLE_ENDIAN);
    wave.put(bytes("RIFF")).putInt(36 + samples).put(bytes("WAVEfmt ")).putInt(16);
    wave.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(8000);
    wave.putShort((short) 1).putShort((short) 8).put(bytes("data")).putInt(samples);
    while (wave.hasRemaining()) {
      wave.put((byte) 0x80);
    }
    return wave.array();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String script() throws IOException {
    try (InputStream in =
        requireNonNull(EmbeddingServer.class.getResourceAsStream("embedding.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void set(HttpExchange exchange, String name, String value) {
    exchange.getResponseHeaders().set(name, value);
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    set(exchange, "Content-Type", type);
    set(exchange, "Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
