package dev.sallyport.cli.demo;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sallyport.cli.demo.Exchange.Header;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A small HTTP server on 127.0.0.1, for one origin of the demonstration. */
final class LocalServer implements AutoCloseable {

  /** Answers requests. */
  interface Answerer {
    Reply answer(Request request) throws IOException;
  }

  /**
   * A request, read whole.
   *
   * @param path without the query
   * @param query empty when there is none
   * @param headers in no particular order
   */
  record Request(String method, String path, String query, List<Header> headers, String body) {

    /** The first value of a header, or null. */
    @Nullable String header(String name) {
      return headers.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .map(Header::value)
          .findFirst()
          .orElse(null);
    }
  }

  /** An answer, whole. */
  static final class Reply {
    private final int status;
    private final List<Header> headers;
    private final byte[] body;

    private Reply(int status, List<Header> headers, byte[] body) {
      this.status = status;
      this.headers = List.copyOf(headers);
      this.body = body;
    }

    static Reply of(int status, String type, byte[] body) {
      return new Reply(status, List.of(new Header("Content-Type", type)), body);
    }

    static Reply json(int status, String body) {
      return of(status, "application/json", body.getBytes(StandardCharsets.UTF_8));
    }

    static Reply empty(int status) {
      return new Reply(status, List.of(), new byte[0]);
    }

    Reply with(String name, String value) {
      List<Header> more = new ArrayList<>(headers);
      more.add(new Header(name, value));
      return new Reply(status, more, body);
    }

    int status() {
      return status;
    }

    List<Header> headers() {
      return headers;
    }

    byte[] body() {
      return body;
    }
  }

  private static final int LARGEST_BODY = 64 * 1024;

  private final HttpServer server;
  private final ExecutorService threads;

  private LocalServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts one.
   *
   * @param port 0 for any that is free
   */
  static LocalServer start(int port, Answerer answerer) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(Loopback.address(), port), 128);
    ExecutorService threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "demo server");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/", exchange -> answer(exchange, answerer));
    server.start();
    return new LocalServer(server, threads);
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  private static void answer(HttpExchange exchange, Answerer answerer) throws IOException {
    try (exchange) {
      Request request = read(exchange);
      Reply reply =
          request == null
              ? Reply.json(413, "{\"error\": \"the body is larger than anything here needs\"}")
              : answerer.answer(request);
      boolean bodiless = exchange.getRequestMethod().equals("HEAD") || reply.body().length == 0;
      reply.headers().forEach(h -> exchange.getResponseHeaders().add(h.name(), h.value()));
      exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
      if (!bodiless) {
        exchange.getResponseBody().write(reply.body());
      }
    }
  }

  /** Null when the body is too large to be one of ours. */
  private static @Nullable Request read(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
    if (body.length > LARGEST_BODY) {
      return null;
    }
    String query = exchange.getRequestURI().getRawQuery();
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getPath(),
        query == null ? "" : query,
        list(exchange.getRequestHeaders()),
        new String(body, StandardCharsets.UTF_8));
  }

  private static List<Header> list(Headers headers) {
    return headers.entrySet().stream()
        .flatMap(of -> of.getValue().stream().map(value -> new Header(of.getKey(), value)))
        .toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
