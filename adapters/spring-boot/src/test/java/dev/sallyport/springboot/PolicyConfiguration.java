package dev.sallyport.springboot;

import dev.sallyport.cors.CorsPolicy;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** A policy in code instead of properties. */
@Configuration
class PolicyConfiguration {

  @Bean
  CorsPolicy corsPolicy() {
    return CorsPolicy.builder()
        .allowOrigins("https://blog.foo.com", "https://*.preview.foo.com")
        .allowMethods("PUT")
        .allowCredentials(true)
        .build();
  }
}
