package dev.sallyport.springboot;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.bind.annotation.CrossOrigin;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Spring MVC behind Spring Security, which lets nobody in without credentials but under /open. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class MvcApplication {
  static final AtomicInteger CALLS = new AtomicInteger();

  @Bean
  SecurityFilterChain security(HttpSecurity http) {
    return http.authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/open/**", "/api/**", "/error")
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .csrf(csrf -> csrf.disable())
        .httpBasic(basic -> {})
        .build();
  }

  /** The shared cases have methods that Spring Security takes for an attack. */
  @Bean
  StrictHttpFirewall firewall() {
    StrictHttpFirewall firewall = new StrictHttpFirewall();
    firewall.setUnsafeAllowAnyHttpMethod(true);
    firewall.setAllowedHeaderValues(value -> true);
    firewall.setAllowedHostnames(host -> true);
    return firewall;
  }

  @Bean
  ServletRegistrationBean<HttpServlet> vectors() {
    return new ServletRegistrationBean<>(
        new HttpServlet() {
          private static final long serialVersionUID = 1L;

          @Override
          protected void service(HttpServletRequest request, HttpServletResponse response) {
            CALLS.incrementAndGet();
            response.addHeader("Vary", "Accept-Encoding");
            response.setStatus(204);
          }
        },
        "/open/*");
  }

  @RestController
  @SuppressWarnings("DoNotCallSuggester") // Spring calls them.
  static final class Controller {
    @CrossOrigin("*")
    @GetMapping("/api/annotated")
    Map<String, String> annotated() {
      return Map.of("a", "b");
    }

    @GetMapping("/api/throws")
    String fails() {
      throw new IllegalStateException("the controller failed");
    }

    @GetMapping("/api/handled")
    String isHandled() {
      throw new UnsupportedOperationException("not yet");
    }

    @GetMapping("/api/status")
    String hasStatus() {
      throw new ResponseStatusException(HttpStatus.CONFLICT);
    }

    @ExceptionHandler
    @ResponseStatus(HttpStatus.NOT_IMPLEMENTED)
    String handle(UnsupportedOperationException e) {
      return "handled";
    }
  }
}
