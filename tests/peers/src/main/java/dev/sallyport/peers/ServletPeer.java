package dev.sallyport.peers;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.vectors.Answer;
import dev.sallyport.vectors.VectorCase;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.web.cors.CorsConfiguration;

/** The libraries that are servlet filters. */
public enum ServletPeer implements Peer {
  /** Ours, held to the same judgement. */
  SALLYPORT("Sallyport") {
    @Override
    public Optional<Filter> filter(PeerPolicy policy) {
      Map<String, Object> form = new HashMap<>();
      form.put("allowOrigins", policy.origins());
      form.put("allowMethods", policy.methods());
      form.put("allowHeaders", policy.headers());
      form.put("exposeHeaders", policy.exposed());
      form.put("allowCredentials", policy.credentials());
      policy.maxAge().ifPresent(age -> form.put("maxAge", age));
      form.put("dangerouslyAllowNullOrigin", policy.origins().contains("null"));
      form.put("dangerouslyAllowInsecureOrigins", policy.credentials());
      return Optional.of(new dev.sallyport.servlet.CorsFilter(CorsPolicy.builder(form).build()));
    }
  },

  /** Spring Framework's filter. */
  SPRING("Spring") {
    @Override
    public Optional<Filter> filter(PeerPolicy policy) {
      if (policy.excludes()) {
        return Optional.empty();
      }
      CorsConfiguration configuration = new CorsConfiguration();
      if (policy.isExact()) {
        configuration.setAllowedOrigins(policy.origins());
      } else {
        configuration.setAllowedOriginPatterns(
            policy.origins().stream().map(each -> each.replace(":*", ":[*]")).toList());
      }
      configuration.setAllowedMethods(
          policy.methods().contains("*") ? List.of("*") : policy.allMethods());
      configuration.setAllowedHeaders(policy.headers());
      configuration.setExposedHeaders(policy.exposed());
      configuration.setAllowCredentials(policy.credentials());
      policy.maxAge().ifPresent(age -> configuration.setMaxAge((long) age));
      return Optional.of(new org.springframework.web.filter.CorsFilter(request -> configuration));
    }
  },

  /** Tomcat's filter. */
  TOMCAT("Tomcat") {
    @Override
    public Optional<Filter> filter(PeerPolicy policy) throws Exception {
      if (!policy.isExact() || policy.excludes() || policy.methods().contains("*")) {
        return Optional.empty();
      }
      Filter filter = new org.apache.catalina.filters.CorsFilter();
      Map<String, String> parameters = new HashMap<>();
      parameters.put("cors.allowed.origins", String.join(",", policy.origins()));
      parameters.put("cors.allowed.methods", String.join(",", policy.allMethods()));
      parameters.put("cors.allowed.headers", String.join(",", policy.headers()));
      parameters.put("cors.exposed.headers", String.join(",", policy.exposed()));
      parameters.put("cors.support.credentials", Boolean.toString(policy.credentials()));
      parameters.put("cors.preflight.maxage", policy.maxAge().map(String::valueOf).orElse("-1"));
      filter.init(new Parameters(parameters));
      return Optional.of(filter);
    }
  },

  /** The filter by itself that most tutorials name. */
  CORS_FILTER("cors-filter") {
    @Override
    public Optional<Filter> filter(PeerPolicy policy) throws Exception {
      if (!policy.isExact() || policy.excludes() || policy.methods().contains("*")) {
        return Optional.empty();
      }
      Properties properties = new Properties();
      properties.setProperty("cors.allowOrigin", String.join(" ", policy.origins()));
      properties.setProperty("cors.supportedMethods", String.join(",", policy.allMethods()));
      properties.setProperty("cors.supportedHeaders", String.join(",", policy.headers()));
      properties.setProperty("cors.exposedHeaders", String.join(",", policy.exposed()));
      properties.setProperty("cors.supportsCredentials", Boolean.toString(policy.credentials()));
      properties.setProperty("cors.maxAge", policy.maxAge().map(String::valueOf).orElse("-1"));
      return Optional.of(
          new com.thetransactioncompany.cors.CORSFilter(
              new com.thetransactioncompany.cors.CORSConfiguration(properties)));
    }
  };

  private final String title;

  ServletPeer(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  /** The library's filter with {@code policy}; empty when it cannot say it. */
  public abstract Optional<Filter> filter(PeerPolicy policy) throws Exception;

  @Override
  public Optional<Served> configure(PeerPolicy policy) throws Exception {
    return filter(policy).map(Filtered::new);
  }

  private record Filtered(Filter filter) implements Served {
    @Override
    public Outcome answer(VectorCase vector) throws Exception {
      AtomicInteger calls = new AtomicInteger();
      FilterChain application =
          (request, response) -> {
            calls.incrementAndGet();
            HttpServletResponse answer = (HttpServletResponse) response;
            answer.addHeader("Vary", "Accept-Encoding");
            answer.setStatus(204);
          };
      PlainResponse response = new PlainResponse();
      filter.doFilter(
          new PlainRequest(vector.request().method(), vector.request().headers()),
          response,
          application);
      return new Outcome(new Answer(response.getStatus(), response.lines()), calls.get());
    }

    @Override
    public void close() {
      filter.destroy();
    }
  }

  private record Parameters(Map<String, String> values) implements FilterConfig {
    @Override
    public String getFilterName() {
      return "cors";
    }

    @Override
    public @Nullable ServletContext getServletContext() {
      return null;
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
}
