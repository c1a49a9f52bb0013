package dev.sallyport.browsers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An API that knows no CORS, or the wrong one, and remembers what it was asked. */
final class Upstream implements AutoCloseable {
  private static final String PICTURE =
      "<svg xmlns='http://www.w3.org/2000/svg' width='8' height='8'><rect width='8' height='8'/></svg>";

  /** A request as it arrived. */
  record Arrival(String method, String path, @Nullable String cookie, @Nullable String origin) {}

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Arrival> arrivals = new CopyOnWriteArrayList<>();
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final byte[] font;

  private Upstream(HttpServer server, byte[] font) {
    this.server = server;
    this.font = font;
  }

  static Upstream start(byte[] font) throws IOException {
    Upstream upstream =
        new Upstream(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64),
            font);
    upstream.server.setExecutor(upstream.threads);
    upstream.server.createContext("/", upstream::answer);
    upstream.server.start();
    return upstream;
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** What arrived under a path, in order. */
  List<Arrival> arrivals(String path) {
    return arrivals.stream().filter(arrival -> arrival.path().equals(path)).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      arrivals.add(
          new Arrival(
              exchange.getRequestMethod(),
              path,
              exchange.getRequestHeaders().getFirst("Cookie"),
              exchange.getRequestHeaders().getFirst("Origin")));
      exchange.getRequestBody().readAllBytes();
      route(exchange, path);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void route(HttpExchange exchange, String path) throws IOException, InterruptedException {
    switch (path) {
      case "/headers" -> {
        set(exchange, "ETag", "\"7\"", "X-Total", "3", "X-Secret", "hush", "Set-Cookie", "a=b");
        send(exchange, 200, "text/plain", "photos");
      }
      case "/own-cors" -> {
        set(exchange, "Access-Control-Allow-Origin", "*", "Access-Control-Expose-Headers", "*");
        set(exchange, "Access-Control-Allow-Credentials", "true", "Vary", "Accept-Encoding");
        send(exchange, 200, "text/plain", "photos");
      }
      case "/cacheable" -> {
        set(exchange, "Cache-Control", "max-age=3600");
        send(exchange, 200, "text/plain", "photos");
      }
      case "/cacheable.svg" -> {
        set(exchange, "Cache-Control", "max-age=3600");
        send(exchange, 200, "image/svg+xml", PICTURE);
      }
      case "/picture.svg" -> send(exchange, 200, "image/svg+xml", PICTURE);
      case "/font.ttf" -> send(exchange, 200, "font/ttf", font);
      case "/visits" -> visit(exchange);
      case "/nothing" -> exchange.sendResponseHeaders(204, -1);
      case "/missing" -> send(exchange, 404, "text/plain", "no such photo");
      case "/moved-within" -> redirect(exchange, "http://127.0.0.1:" + port() + "/photos");
      case "/moved-by-path" -> redirect(exchange, "/photos");
      case "/moved-away" ->
          redirect(exchange, "http://elsewhere.example.net:" + port() + "/photos");
      case "/pieces" -> pieces(exchange);
      case "/release" -> {
        released.countDown();
        send(exchange, 200, "text/plain", "released");
      }
      case "/events" -> send(exchange, 200, "text/event-stream", "data: one\n\ndata: two\n\n");
      case "/stall" -> await(closed);
      default -> send(exchange, 200, "text/plain", "photos");
    }
  }

  private static void set(HttpExchange exchange, String... namesAndValues) {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      exchange.getResponseHeaders().add(namesAndValues[i], namesAndValues[i + 1]);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    send(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }

  private static void redirect(HttpExchange exchange, String location) throws IOException {
    set(exchange, "Location", location);
    exchange.sendResponseHeaders(302, -1);
  }

  private static void visit(HttpExchange exchange) throws IOException {
    String cookie = exchange.getRequestHeaders().getFirst("Cookie");
    int visit = cookie == null ? 1 : Integer.parseInt(cookie.replaceFirst("^visits=", "")) + 1;
    set(exchange, "Set-Cookie", "visits=" + visit + "; Path=/; HttpOnly");
    send(exchange, 200, "text/plain", "visit " + visit);
  }

  /** The first piece at once, the second when the reader of the first asks for it. */
  private void pieces(HttpExchange exchange) throws IOException, InterruptedException {
    exchange.getResponseHeaders().set("Content-Type", "text/plain");
    exchange.sendResponseHeaders(200, 0);
    OutputStream body = exchange.getResponseBody();
    body.write("first".getBytes(StandardCharsets.UTF_8));
    body.flush();
    await(released);
    body.write("second".getBytes(StandardCharsets.UTF_8));
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("nobody lets the answer go on");
    }
  }

  @Override
  public void close() {
    released.countDown();
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
