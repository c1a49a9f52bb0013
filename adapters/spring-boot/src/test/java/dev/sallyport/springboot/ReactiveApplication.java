package dev.sallyport.springboot;

import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.firewall.StrictServerWebExchangeFirewall;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/** WebFlux behind Spring Security, which lets nobody in without credentials but under /open. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class ReactiveApplication {
  static final AtomicInteger CALLS = new AtomicInteger();

  @Bean
  SecurityWebFilterChain security(ServerHttpSecurity http) {
    return http.authorizeExchange(
            exchanges ->
                exchanges
                    .pathMatchers("/open", "/api/**")
                    .permitAll()
                    .anyExchange()
                    .authenticated())
        .csrf(csrf -> csrf.disable())
        .httpBasic(basic -> {})
        .build();
  }

  /** The shared cases have methods that Spring Security takes for an attack. */
  @Bean
  StrictServerWebExchangeFirewall firewall() {
    StrictServerWebExchangeFirewall firewall = new StrictServerWebExchangeFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    firewall.setAllowedHeaderValues(value -> true);
    firewall.setAllowedHostnames(host -> true);
    return firewall;
  }

  /** Answers the shared cases behind all other filters, so that Spring's own CORS is not asked. */
  @Bean
  WebFilter vectors() {
    return (exchange, chain) -> {
      if (!exchange.getRequest().getPath().value().equals("/open")) {
        return chain.filter(exchange);
      }
      CALLS.incrementAndGet();
      exchange.getResponse().getHeaders().add("Vary", "Accept-Encoding");
      exchange.getResponse().setStatusCode(HttpStatus.NO_CONTENT);
      return exchange.getResponse().setComplete();
    };
  }

  @RestController
  static final class Controller {
    @CrossOrigin("*")
    @GetMapping("/api/annotated")
    Mono<String> annotated() {
      return Mono.just("a");
    }

    @GetMapping("/api/throws")
    Mono<String> fails() {
      return Mono.error(new IllegalStateException("the controller failed"));
    }

    @GetMapping("/api/status")
    Mono<String> hasStatus() {
      return Mono.error(new ResponseStatusException(HttpStatus.CONFLICT));
    }
  }
}
