package dev.sallyport.servlet;

import jakarta.servlet.Filter;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A Tomcat at a free port of loopback, with an application behind a filter. */
final class LoopbackTomcat {
  private LoopbackTomcat() {}

  /** A Tomcat that has not started. */
  static Tomcat in(Path directory) {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    return tomcat;
  }

  /** An application of {@code tomcat} with {@code filter} in front of everything. */
  static Context application(Tomcat tomcat, Path directory, Filter filter) {
    Context context = tomcat.addContext("", directory.toString());
    Tomcat.addServlet(context, "application", new Application()).addMapping("/");
    FilterDef definition = new FilterDef();
    definition.setFilterName("cors");
    definition.setFilter(filter);
    context.addFilterDef(definition);
    FilterMap map = new FilterMap();
    map.setFilterName("cors");
    map.addURLPattern("/*");
    context.addFilterMap(map);
    return context;
  }
}
