package dev.sallyport.examples;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.servlet.CorsFilter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** Tomcat in a program, with a policy in front of its servlets. */
final class PhotoTomcat {

  static Tomcat start(String directory) throws Exception {
    CorsPolicy policy =
        CorsPolicy.builder()
            .allowOrigins("https://blog.foo.com", "https://*.preview.foo.com")
            .allowMethods("PUT")
            .allowHeaders("content-type")
            .exposeHeaders("etag")
            .maxAge(Duration.ofMinutes(10))
            .build();

    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory);
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
    Context context = tomcat.addContext("", directory);
    Wrapper photos = Tomcat.addServlet(context, "photos", new Photos());
    photos.setAsyncSupported(true);
    photos.addMapping("/photos");

    FilterDef cors = new FilterDef();
    cors.setFilterName("cors");
    cors.setFilter(new CorsFilter(policy));
    cors.setAsyncSupported("true");
    context.addFilterDef(cors);
    FilterMap everywhere = new FilterMap();
    everywhere.setFilterName("cors");
    everywhere.addURLPattern("/*");
    for (String dispatch : List.of("REQUEST", "ASYNC", "ERROR")) {
      everywhere.setDispatcher(dispatch);
    }
    context.addFilterMap(everywhere);

    tomcat.start();
    return tomcat;
  }

  private static final class Photos extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setHeader("ETag", "\"1\"");
      response.setContentType("application/json");
      response.getWriter().write("[\"peace.png\"]");
    }
  }

  private PhotoTomcat() {}
}
