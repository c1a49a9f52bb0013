package dev.sallyport.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the documentation's example, and holds the documentation to it. */
class PhotoServerTest {
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = PhotoServer.start(0);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void anAllowedPageReadsTheAnswer() throws Exception {
    HttpResponse<String> answer = send("GET", "Origin", "https://blog.foo.com");
    assertThat(answer.body()).isEqualTo("[\"peace.png\"]");
    assertThat(answer.headers().firstValue("access-control-allow-origin"))
        .hasValue("https://blog.foo.com");
    assertThat(answer.headers().firstValue("access-control-expose-headers")).hasValue("etag");
    assertThat(answer.headers().allValues("vary")).containsExactly("Origin");
  }

  @Test
  void aPreflightIsAnsweredBeforeTheHandler() throws Exception {
    HttpResponse<String> answer =
        send(
            "OPTIONS",
            "Origin",
            "https://a.preview.foo.com",
            "Access-Control-Request-Method",
            "PUT");
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("access-control-allow-methods")).hasValue("PUT");
    assertThat(answer.headers().firstValue("etag")).isEmpty();
  }

  @Test
  void aDeniedPageGetsNoCorsHeaders() throws Exception {
    HttpResponse<String> answer = send("GET", "Origin", "https://evil.com");
    assertThat(answer.headers().firstValue("access-control-allow-origin")).isEmpty();
    assertThat(answer.headers().allValues("vary")).containsExactly("Origin");
  }

  @Test
  void theDocumentationShowsTheExampleAsItIs() throws IOException {
    String example =
        Files.readString(Path.of("src/test/java/dev/sallyport/examples/PhotoServer.java"))
            .replaceFirst("(?s)^package [^\n]*\n\n", "");
    assertThat(Files.readString(Path.of("../docs/library.md"))).contains(example);
  }

  private HttpResponse<String> send(String method, String... headers) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/photos");
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .headers(headers)
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }
}
