package dev.sallyport.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorClient;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs an application with the {@code web.xml} that the documentation shows. */
class WebXmlTest {

  @Test
  void theDocumentedFilterIsReadAndRun(@TempDir Path directory) throws Exception {
    Matcher shown =
        Pattern.compile("```xml\n(<filter>.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("../../docs/servlet.md")));
    assertThat(shown.find()).isTrue();
    Path descriptor = directory.resolve("WEB-INF/web.xml");
    Files.createDirectories(descriptor.getParent());
    Files.writeString(
        descriptor,
        "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\""
            + " metadata-complete=\"true\">\n"
            + shown.group(1)
            + "</web-app>\n");

    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    var context = tomcat.addContext("", directory.toString());
    // Jetty's initializers are on the class path too.
    context.setContainerSciFilter("org\\.eclipse\\.jetty\\.");
    context.addLifecycleListener(new ContextConfig());
    Application application = new Application();
    var wrapper = Tomcat.addServlet(context, "application", application);
    wrapper.setAsyncSupported(true);
    wrapper.addMapping("/");
    tomcat.start();
    try {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort());
      Answer preflight =
          VectorClient.send(
              address,
              "OPTIONS / HTTP/1.1\r\nHost: a\r\nOrigin: https://a.preview.foo.com\r\n"
                  + "Access-Control-Request-Method: PUT\r\nConnection: close\r\n\r\n");
      assertThat(preflight.status()).isEqualTo(204);
      assertThat(preflight.corsHeaders())
          .containsEntry("access-control-allow-origin", "https://a.preview.foo.com")
          .containsEntry("access-control-allow-methods", "PUT");
      assertThat(application.calls).hasValue(0);
      Answer later =
          VectorClient.send(
              address,
              "GET /async HTTP/1.1\r\nHost: a\r\nOrigin: https://blog.foo.com\r\n"
                  + "Connection: close\r\n\r\n");
      assertThat(later.status()).isEqualTo(202);
      assertThat(later.corsHeaders())
          .containsEntry("access-control-allow-origin", "https://blog.foo.com");
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }
}
