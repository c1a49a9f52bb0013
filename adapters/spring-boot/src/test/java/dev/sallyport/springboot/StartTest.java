package dev.sallyport.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.InvalidPolicyException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class StartTest {

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(CorsAutoConfiguration.class)
  static class Bare {}

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration(CorsAutoConfiguration.class)
  static class WithItsOwnPolicy {
    @Bean
    CorsPolicy mine() {
      return CorsPolicy.builder().allowOrigins("https://mine.foo.com").build();
    }
  }

  private static ConfigurableApplicationContext start(Class<?> application, String... properties) {
    return new SpringApplicationBuilder(application)
        .web(WebApplicationType.NONE)
        .properties(properties)
        .run();
  }

  @Test
  void opensNothingWithoutAPolicy() {
    try (ConfigurableApplicationContext context = start(Bare.class)) {
      assertThat(context.getBeansOfType(CorsPolicy.class)).isEmpty();
      assertThat(context.getBeansOfType(FilterRegistrationBean.class)).isEmpty();
    }
  }

  @Test
  void readsEveryProperty() {
    try (ConfigurableApplicationContext context =
        start(
            Bare.class,
            "sallyport.cors.allow-origins[0]=https://blog.foo.com",
            "sallyport.cors.allow-origins[1]=https://*.github.io",
            "sallyport.cors.allow-methods=PUT,DELETE",
            "sallyport.cors.allow-headers=Content-Type",
            "sallyport.cors.expose-headers=ETag",
            "sallyport.cors.allow-credentials=true",
            "sallyport.cors.max-age=600",
            "sallyport.cors.enforce=cross-site",
            "sallyport.cors.mode=report-only",
            "sallyport.cors.public-origin=https://www.foo.com",
            "sallyport.cors.timing-allow-origin=true",
            "sallyport.cors.cross-origin-resource-policy=same-site",
            "sallyport.cors.dangerously-allow-public-suffix-subdomains=true")) {
      assertThat(context.getBean(CorsPolicy.class))
          .hasToString(
              "{allowOrigins=[https://blog.foo.com, https://*.github.io], allowMethods=[PUT, DELETE], "
                  + "allowHeaders=[content-type], exposeHeaders=[etag], allowCredentials=true, maxAge=600, "
                  + "enforce=cross-site, mode=report-only, publicOrigin=https://www.foo.com, "
                  + "timingAllowOrigin=true, crossOriginResourcePolicy=same-site, "
                  + "dangerouslyAllowPublicSuffixSubdomains=true}");
    }
  }

  @Test
  void theApplicationsOwnPolicyCounts() {
    try (ConfigurableApplicationContext context =
        start(WithItsOwnPolicy.class, "sallyport.cors.allow-origins=https://blog.foo.com")) {
      assertThat(context.getBean(LiveCorsPolicy.class).get().allowOrigins())
          .map(Object::toString)
          .containsExactly("https://mine.foo.com");
    }
  }

  @Test
  void refusesToStartOnABadPolicyAndSaysEverythingThatIsWrong() {
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      assertThatThrownBy(
              () ->
                  start(
                      Bare.class,
                      "logging.level.root=error",
                      "sallyport.cors.allow-origins=https://foo.com/,http://bar.com",
                      "sallyport.cors.allow-credentials=true",
                      "sallyport.cors.max-age=2d"))
          .hasRootCauseInstanceOf(InvalidPolicyException.class);
    } finally {
      System.setOut(out);
    }
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains(
            """
            The CORS policy cannot be built:

                sallyport.cors.allow-origins[0]: origin pattern "https://foo.com/" is not valid: an origin ends after host and port, without a slash or path. Did you mean https://foo.com?
                sallyport.cors.allow-origins[1]: origin pattern "http://bar.com" is not encrypted: whoever is on the way can write into the page, and credentials are on. Use https, or set dangerouslyAllowInsecureOrigins.
                sallyport.cors.max-age: maxAge "172800s" is longer than any browser keeps a preflight's answer. Write 86400 (24h) at most.
            """)
        .doesNotContain("\tat ");
  }

  @Test
  void refusesToStartOnAPropertyThatIsNone() {
    assertThatThrownBy(
            () ->
                start(
                    Bare.class,
                    "logging.level.root=off",
                    "sallyport.cors.allow-origins=https://foo.com",
                    "sallyport.cors.enforced=cross-site"))
        .hasStackTraceContaining("sallyport.cors.enforced");
  }

  @Test
  void editorsKnowTheProperties() throws IOException {
    try (InputStream metadata =
        StartTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      assertThat(metadata).as("the metadata").isNotNull();
      assertThat(new String(metadata.readAllBytes(), StandardCharsets.UTF_8))
          .contains(
              "sallyport.cors.allow-origins",
              "Origins whose pages may read answers, as patterns.",
              "sallyport.cors.dangerously-allow-null-origin",
              "Every host under foo.com.");
    }
  }
}
