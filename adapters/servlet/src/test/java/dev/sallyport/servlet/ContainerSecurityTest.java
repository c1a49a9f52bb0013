package dev.sallyport.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorClient;
import jakarta.servlet.DispatcherType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import org.apache.catalina.Context;
import org.apache.catalina.authenticator.BasicAuthenticator;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee11.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The security of the containers themselves, which stands in front of every filter. */
class ContainerSecurityTest {
  private static final CorsFilter FILTER =
      new CorsFilter(CorsPolicy.builder().allowOrigins("https://blog.foo.com").build());

  private static Answer send(int port, String method) throws Exception {
    return VectorClient.send(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        method
            + " / HTTP/1.1\r\nHost: a\r\nOrigin: https://blog.foo.com\r\n"
            + "Access-Control-Request-Method: GET\r\nConnection: close\r\n\r\n");
  }

  private static void preflightsArriveAndOthersAuthenticate(int port) throws Exception {
    Answer preflight = send(port, "OPTIONS");
    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.corsHeaders())
        .containsEntry("access-control-allow-origin", "https://blog.foo.com");
    Answer actual = send(port, "GET");
    assertThat(actual.status()).isEqualTo(401);
    assertThat(actual.corsHeaders()).as("no filter was asked").isEmpty();
  }

  @Test
  void tomcatLetsPreflightsThroughWhereOptionsIsOmitted(@TempDir Path directory) throws Exception {
    Tomcat tomcat = LoopbackTomcat.in(directory);
    Context context = LoopbackTomcat.application(tomcat, directory, FILTER);
    SecurityCollection everything = new SecurityCollection();
    everything.addPattern("/*");
    everything.addOmittedMethod("OPTIONS");
    SecurityConstraint constraint = new SecurityConstraint();
    constraint.addCollection(everything);
    constraint.addAuthRole(SecurityConstraint.ROLE_ALL_AUTHENTICATED_USERS);
    context.addConstraint(constraint);
    context.setLoginConfig(new LoginConfig("BASIC", "photos", null, null));
    context.getPipeline().addValve(new BasicAuthenticator());
    tomcat.start();
    try {
      preflightsArriveAndOthersAuthenticate(tomcat.getConnector().getLocalPort());
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  @Test
  void jettyLetsPreflightsThroughWhereOptionsIsOmitted() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new Application(), "/");
    context.addFilter(new FilterHolder(FILTER), "/*", EnumSet.of(DispatcherType.REQUEST));
    ConstraintMapping everything = new ConstraintMapping();
    everything.setPathSpec("/*");
    everything.setMethodOmissions(new String[] {"OPTIONS"});
    everything.setConstraint(Constraint.ANY_USER);
    ConstraintSecurityHandler security = new ConstraintSecurityHandler();
    security.addConstraintMapping(everything);
    HashLoginService nobody = new HashLoginService("photos");
    nobody.setUserStore(new UserStore());
    security.setLoginService(nobody);
    security.setAuthenticationType("BASIC");
    context.setSecurityHandler(security);
    server.setHandler(context);
    server.start();
    try {
      preflightsArriveAndOthersAuthenticate(connector.getLocalPort());
    } finally {
      server.stop();
    }
  }
}
