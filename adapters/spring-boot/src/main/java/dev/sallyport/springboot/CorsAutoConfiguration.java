package dev.sallyport.springboot;

import dev.sallyport.cors.CorsPolicy;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.Ordered;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Makes the policy that stands in front of the application: from the {@code sallyport.cors}
 * properties, or the application's own bean. Without either nothing is opened.
 */
@AutoConfiguration
@EnableConfigurationProperties(CorsProperties.class)
public class CorsAutoConfiguration {
  /**
   * In front of Spring Security (-100), because preflights carry no credentials and a page has to
   * be able to read a 401; behind what tells the client's address and encoding.
   */
  static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 10;

  @Bean
  @ConditionalOnMissingBean
  @Conditional(OnProperties.class)
  CorsPolicy corsPolicy(CorsProperties properties) {
    return properties.policy();
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnBean(CorsPolicy.class)
  LiveCorsPolicy liveCorsPolicy(CorsPolicy policy) {
    System.Logger log = System.getLogger(CorsAutoConfiguration.class.getName());
    policy.warnings().forEach(warning -> log.log(Level.WARNING, warning.message()));
    return new LiveCorsPolicy(policy);
  }

  /** Whether any property of the policy is set: a list is no property of its own name. */
  static final class OnProperties extends SpringBootCondition {
    @Override
    public ConditionOutcome getMatchOutcome(
        ConditionContext context, AnnotatedTypeMetadata metadata) {
      boolean set =
          Binder.get(context.getEnvironment())
                  .bind(CorsProperties.PREFIX, Bindable.mapOf(String.class, Object.class))
                  .map(Map::size)
                  .orElse(0)
              > 0;
      ConditionMessage message =
          ConditionMessage.forCondition("Sallyport")
              .because((set ? "there are" : "there are no") + " properties sallyport.cors");
      return new ConditionOutcome(set, message);
    }
  }
}
