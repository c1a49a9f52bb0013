package dev.sallyport.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PhotoHttpServerTest {

  @Test
  void servesAsTheDocumentationShows() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/sallyport/examples/PhotoHttpServer.java"))
            .replaceFirst("(?s)^package [^\n]*\n\n", "");
    assertThat(Files.readString(Path.of("../../docs/jdk-httpserver.md"))).contains(source);
    HttpServer server = PhotoHttpServer.start();
    try {
      Answer answer =
          VectorClient.send(
              server.getAddress(),
              "GET /photos HTTP/1.1\r\nHost: a\r\nOrigin: https://blog.foo.com\r\n\r\n");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.corsHeaders())
          .containsEntry("access-control-allow-origin", "https://blog.foo.com");
    } finally {
      server.stop(0);
    }
  }
}
