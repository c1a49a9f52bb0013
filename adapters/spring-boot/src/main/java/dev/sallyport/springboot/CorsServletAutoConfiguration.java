package dev.sallyport.springboot;

import dev.sallyport.servlet.CorsFilter;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Puts the policy in front of an application of servlets. */
@AutoConfiguration(after = CorsAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
public class CorsServletAutoConfiguration {

  @Bean
  @ConditionalOnBean(LiveCorsPolicy.class)
  FilterRegistrationBean<CorsFilter> sallyportCorsFilter(LiveCorsPolicy policy) {
    FilterRegistrationBean<CorsFilter> filter =
        new FilterRegistrationBean<>(new CorsFilter(policy));
    filter.setOrder(CorsAutoConfiguration.ORDER);
    filter.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    filter.setAsyncSupported(true);
    return filter;
  }
}
