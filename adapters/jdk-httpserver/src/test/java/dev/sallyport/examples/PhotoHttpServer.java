package dev.sallyport.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.jdkhttpserver.CorsFilter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The JDK's own server, with a policy in front of a handler. */
final class PhotoHttpServer {

  static HttpServer start() throws IOException {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://blog.foo.com", "https://*.preview.foo.com")
            .allowMethods("PUT")
            .exposeHeaders("etag")
            .maxAge(Duration.ofMinutes(10))
            .build();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server
        .createContext("/photos", PhotoHttpServer::photos)
        .getFilters()
        .add(new CorsFilter(policy));
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

  private PhotoHttpServer() {}
}
