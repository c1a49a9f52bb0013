package dev.sallyport.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.cors.CorsPolicy;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InitParametersTest {

  private record Parameters(Map<String, String> values, List<String> log) implements FilterConfig {
    Parameters(Map<String, String> values) {
      this(values, new ArrayList<>());
    }

    @Override
    public String getFilterName() {
      return "cors";
    }

    @Override
    public ServletContext getServletContext() {
      return (ServletContext)
          Proxy.newProxyInstance(
              ServletContext.class.getClassLoader(),
              new Class<?>[] {ServletContext.class},
              (proxy, method, arguments) -> {
                assertThat(method.getName()).isEqualTo("log");
                log.add(String.valueOf(arguments[0]));
                return null;
              });
    }

    @Override
    public @Nullable String getInitParameter(String name) {
      return values.get(name);
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
      return Collections.enumeration(values.keySet());
    }
  }

  @Test
  void readsAPolicy() throws ServletException {
    CorsFilter filter = new CorsFilter();
    filter.init(
        new Parameters(
            Map.of(
                "allowOrigins", "https://blog.foo.com,\n  https://*.preview.foo.com",
                "allowMethods", "PUT DELETE",
                "allowHeaders", "content-type",
                "allowCredentials", "true",
                "maxAge", "10m",
                "enforce", "cross-site")));
    CorsPolicy policy = filter.policy();
    assertThat(policy)
        .hasToString(
            "{allowOrigins=[https://blog.foo.com, https://*.preview.foo.com], allowMethods=[PUT, DELETE], "
                + "allowHeaders=[content-type], allowCredentials=true, maxAge=600, enforce=cross-site}");
  }

  @Test
  void refusesABadPolicyWithEverythingThatIsWrong() {
    assertThatThrownBy(
            () ->
                new CorsFilter()
                    .init(
                        new Parameters(
                            Map.of("allowOrigins", "https://foo.com/", "allowCredentials", "yes"))))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("the CORS policy of the filter cors is not valid:")
        .hasMessageContaining("Did you mean https://foo.com?")
        .hasMessageContaining("allowCredentials \"yes\" is not true or false");
  }

  @Test
  void logsWhatIsOdd() throws ServletException {
    Parameters parameters =
        new Parameters(Map.of("allowOrigins", "https://*.foo.com https://www.foo.com"));
    new CorsFilter().init(parameters);
    assertThat(parameters.log()).singleElement().asString().contains("https://www.foo.com");
  }

  @Test
  void hasNoPolicyOfItsOwn() {
    assertThatThrownBy(() -> new CorsFilter().init(new Parameters(Map.of())))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining("allowOrigins");
  }
}
