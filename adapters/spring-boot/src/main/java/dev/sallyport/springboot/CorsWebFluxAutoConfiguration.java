package dev.sallyport.springboot;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;

/** Puts the policy in front of a WebFlux application. */
@AutoConfiguration(after = CorsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
public class CorsWebFluxAutoConfiguration {

  @Bean
  @ConditionalOnBean(LiveCorsPolicy.class)
  SallyportCorsWebFilter sallyportCorsWebFilter(LiveCorsPolicy policy) {
    return new SallyportCorsWebFilter(policy);
  }
}
