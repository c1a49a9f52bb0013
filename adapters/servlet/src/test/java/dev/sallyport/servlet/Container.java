package dev.sallyport.servlet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The servlet containers that the filter is run in. */
enum Container {
  TOMCAT {
    @Override
    Running start(
        Path directory, HttpServlet servlet, List<Filter> filters, Set<DispatcherType> dispatches)
        throws Exception {
      Tomcat tomcat = new Tomcat();
      tomcat.setBaseDir(directory.toString());
      Connector connector = new Connector();
      connector.setPort(0);
      connector.setProperty("address", "127.0.0.1");
      connector.setProperty("maxHttpRequestHeaderSize", String.valueOf(LONGEST_HEAD));
      connector.setProperty("maxHttpResponseHeaderSize", String.valueOf(LONGEST_HEAD));
      tomcat.setConnector(connector);
      var context = tomcat.addContext("", directory.toString());
      Wrapper wrapper = Tomcat.addServlet(context, "application", servlet);
      wrapper.setAsyncSupported(true);
      wrapper.addMapping("/");
      for (Filter filter : filters) {
        FilterDef definition = new FilterDef();
        definition.setFilterName("cors" + System.identityHashCode(filter));
        definition.setFilter(filter);
        definition.setAsyncSupported("true");
        context.addFilterDef(definition);
        FilterMap map = new FilterMap();
        map.setFilterName(definition.getFilterName());
        map.addURLPattern("/*");
        dispatches.forEach(dispatch -> map.setDispatcher(dispatch.name()));
        context.addFilterMap(map);
      }
      ErrorPage page = new ErrorPage();
      page.setErrorCode(409);
      page.setLocation("/error-page");
      context.addErrorPage(page);
      tomcat.start();
      return new Running(connector.getLocalPort(), () -> stop(tomcat));
    }
  },

  JETTY {
    @Override
    Running start(
        Path directory, HttpServlet servlet, List<Filter> filters, Set<DispatcherType> dispatches)
        throws Exception {
      Server server = new Server();
      HttpConfiguration configuration = new HttpConfiguration();
      configuration.setRequestHeaderSize(LONGEST_HEAD);
      configuration.setResponseHeaderSize(LONGEST_HEAD);
      ServerConnector connector =
          new ServerConnector(server, new HttpConnectionFactory(configuration));
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      ServletContextHandler context = new ServletContextHandler("/");
      ServletHolder holder = new ServletHolder(servlet);
      holder.setAsyncSupported(true);
      context.addServlet(holder, "/");
      for (Filter filter : filters) {
        FilterHolder held = new FilterHolder(filter);
        held.setAsyncSupported(true);
        context.addFilter(held, "/*", EnumSet.copyOf(dispatches));
      }
      ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
      pages.addErrorPage(409, "/error-page");
      context.setErrorHandler(pages);
      server.setHandler(context);
      server.start();
      return new Running(connector.getLocalPort(), () -> stop(server));
    }
  };

  /** More than the longest of the shared cases. */
  private static final int LONGEST_HEAD = 64 * 1024;

  /** Starts the container on loopback, with {@code filters} in front of {@code servlet}. */
  final Running start(Path directory, HttpServlet servlet, List<Filter> filters) throws Exception {
    return start(directory, servlet, filters, EnumSet.allOf(DispatcherType.class));
  }

  /** The same, with the filters called in {@code dispatches} only. */
  abstract Running start(
      Path directory, HttpServlet servlet, List<Filter> filters, Set<DispatcherType> dispatches)
      throws Exception;

  /** A container that has started. */
  record Running(int port, Runnable end) implements AutoCloseable {
    InetSocketAddress address() {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void close() {
      end.run();
    }
  }

  private static void stop(Tomcat tomcat) {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
