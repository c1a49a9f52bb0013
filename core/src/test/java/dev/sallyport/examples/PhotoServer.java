package dev.sallyport.examples;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsRequest;
import dev.sallyport.cors.CorsResponse;
import dev.sallyport.cors.Vary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server of the JDK's own, with a policy in front of its handlers. */
final class PhotoServer {

  static HttpServer start(int port) throws IOException {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://blog.foo.com", "https://*.preview.foo.com")
            .allowMethods("PUT")
            .allowHeaders("content-type")
            .exposeHeaders("etag")
            .maxAge(Duration.ofMinutes(10))
            .build();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/photos", PhotoServer::photos).getFilters().add(new CorsFilter(policy));
    server.start();
    return server;
  }

  private static void photos(HttpExchange exchange) throws IOException {
    byte[] body = "[\"peace.png\"]".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("ETag", "\"1\"");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /**
   * All that an adapter does: answer what is decided here, and write the headers on everything
   * else.
   */
  private static final class CorsFilter extends Filter {
    private final CorsPolicy policy;

    CorsFilter(CorsPolicy policy) {
      this.policy = policy;
    }

    @Override
    public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
      CorsDecision decision = policy.decide(new Request(exchange));
      decision.writeTo(new Response(exchange.getResponseHeaders()));
      if (decision.isAnswered()) {
        exchange.sendResponseHeaders(decision.status(), -1);
        exchange.close();
      } else {
        chain.doFilter(exchange);
      }
    }

    @Override
    public String description() {
      return "CORS";
    }
  }

  private record Request(HttpExchange exchange) implements CorsRequest {
    @Override
    public String method() {
      return exchange.getRequestMethod();
    }

    @Override
    public @Nullable String header(String name, int line) {
      List<String> lines = exchange.getRequestHeaders().getOrDefault(name, List.of());
      return line < lines.size() ? lines.get(line) : null;
    }
  }

  private record Response(Headers headers) implements CorsResponse {
    @Override
    public void setHeader(String name, String value) {
      headers.set(name, value);
    }

    @Override
    public void addVary(String fieldName) {
      if (!Vary.covers(headers.getOrDefault("Vary", List.of()).iterator(), fieldName)) {
        headers.add("Vary", fieldName);
      }
    }
  }

  private PhotoServer() {}
}
