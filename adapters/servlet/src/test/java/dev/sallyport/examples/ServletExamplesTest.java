package dev.sallyport.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServletExamplesTest {

  private static void isShownIn(String page, String example) throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/sallyport/examples", example))
            .replaceFirst("(?s)^package [^\n]*\n\n", "");
    assertThat(Files.readString(Path.of("../../docs", page))).contains(source);
  }

  @Test
  void tomcatIsServedAsTheDocumentationShows(@TempDir Path directory) throws Exception {
    isShownIn("servlet.md", "PhotoTomcat.java");
    Tomcat tomcat = PhotoTomcat.start(directory.toString());
    try {
      InetSocketAddress address =
          new InetSocketAddress(
              InetAddress.getLoopbackAddress(), tomcat.getConnector().getLocalPort());
      Answer read =
          VectorClient.send(
              address, "GET /photos HTTP/1.1\r\nHost: a\r\nOrigin: https://blog.foo.com\r\n\r\n");
      assertThat(read.status()).isEqualTo(200);
      assertThat(read.corsHeaders())
          .containsEntry("access-control-allow-origin", "https://blog.foo.com")
          .containsEntry("access-control-expose-headers", "etag");
      Answer preflight =
          VectorClient.send(
              address,
              "OPTIONS /photos HTTP/1.1\r\nHost: a\r\nOrigin: https://a.preview.foo.com\r\n"
                  + "Access-Control-Request-Method: PUT\r\n\r\n");
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.corsHeaders()).containsEntry("access-control-max-age", "600");
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  @Test
  void formerFiltersAreWrittenAsTheDocumentationShows() throws IOException {
    isShownIn("coming-from-filters.md", "FormerFilters.java");
    assertThat(FormerFilters.fromCrossOrigin().warnings()).isEmpty();
    assertThat(FormerFilters.fromTomcat().warnings()).isEmpty();
    assertThat(FormerFilters.fromCorsFilter().warnings()).isEmpty();
  }
}
