package dev.sallyport.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.CorsPolicy;
import jakarta.servlet.DispatcherType;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.concurrent.CompletionException;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.websocket.jakarta.server.config.JakartaWebSocketServletContainerInitializer;
import org.eclipse.jetty.ee11.websocket.servlet.WebSocketUpgradeFilter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole WebSocket handshakes with a policy in front: a browser checks no answer to one, so that
 * cookies would be sent along and the page would read what comes.
 */
class WebSocketHandshakeTest {
  private static final String BLOG = "https://blog.foo.com";
  private static final String EVIL = "https://evil.com";
  private static final CorsFilter FILTER =
      new CorsFilter(CorsPolicy.builder().allowOrigins(BLOG).build());

  /** An endpoint that says nothing. */
  public static final class Silent extends Endpoint {
    @Override
    public void onOpen(Session session, EndpointConfig config) {}
  }

  private static ServerEndpointConfig endpoint() {
    return ServerEndpointConfig.Builder.create(Silent.class, "/socket").build();
  }

  /** The status that a handshake is answered with. */
  private static int handshake(int port, String origin) {
    try {
      HttpClient.newHttpClient()
          .newWebSocketBuilder()
          .connectTimeout(Duration.ofSeconds(10))
          .header("Origin", origin)
          .buildAsync(URI.create("ws://127.0.0.1:" + port + "/socket"), new WebSocket.Listener() {})
          .join()
          .abort();
      return 101;
    } catch (CompletionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  @Test
  void tomcatShakesHandsWithAllowedOriginsOnly(@TempDir Path directory) throws Exception {
    Tomcat tomcat = LoopbackTomcat.in(directory);
    Context context = LoopbackTomcat.application(tomcat, directory, FILTER);
    context.addServletContainerInitializer(new WsSci(), null);
    context.addServletContainerInitializer(
        (classes, servletContext) -> {
          try {
            ((ServerContainer) servletContext.getAttribute(ServerContainer.class.getName()))
                .addEndpoint(endpoint());
          } catch (DeploymentException e) {
            throw new IllegalStateException(e);
          }
        },
        null);
    tomcat.start();
    try {
      assertThat(handshake(tomcat.getConnector().getLocalPort(), BLOG)).isEqualTo(101);
      assertThat(handshake(tomcat.getConnector().getLocalPort(), EVIL)).isEqualTo(403);
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  @Test
  void jettyShakesHandsWithAllowedOriginsOnlyWhereItsOwnFilterIsPutBehind() throws Exception {
    assertThat(jettyAnswersTo(EVIL, true)).isEqualTo(403);
    assertThat(jettyAnswersTo(BLOG, true)).isEqualTo(101);
  }

  /**
   * Jetty puts its filter for handshakes in front of all others unless the application has put it
   * somewhere itself, as the documentation says. When this fails, Jetty has mended it.
   */
  @Test
  void jettyShakesHandsBeforeAnyFilterUnlessToldOtherwise() throws Exception {
    assertThat(jettyAnswersTo(EVIL, false)).isEqualTo(101);
  }

  private static int jettyAnswersTo(String origin, boolean isPutBehind) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new Application(), "/");
    context.addFilter(new FilterHolder(FILTER), "/*", EnumSet.of(DispatcherType.REQUEST));
    if (isPutBehind) {
      FilterHolder handshakes = new FilterHolder(new WebSocketUpgradeFilter());
      handshakes.setName(WebSocketUpgradeFilter.class.getName());
      context.addFilter(handshakes, "/*", EnumSet.of(DispatcherType.REQUEST));
    }
    JakartaWebSocketServletContainerInitializer.configure(
        context, (servletContext, container) -> container.addEndpoint(endpoint()));
    server.setHandler(context);
    server.start();
    try {
      return handshake(connector.getLocalPort(), origin);
    } finally {
      server.stop();
    }
  }
}
