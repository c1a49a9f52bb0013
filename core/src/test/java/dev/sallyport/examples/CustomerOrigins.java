package dev.sallyport.examples;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.DynamicOrigins;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A service whose customers register domains of their own. */
final class CustomerOrigins {

  /** Where the domains are looked up. */
  interface Domains {
    CompletionStage<Boolean> isRegistered(String host);
  }

  static CorsPolicy policy(Domains domains) {
    DynamicOrigins customers =
        DynamicOrigins.from(origin -> domains.isRegistered(origin.host()))
            .timeout(Duration.ofSeconds(1))
            .keepAllowed(Duration.ofMinutes(5))
            .keepDenied(Duration.ofSeconds(30))
            .build();
    return CorsPolicy.builder()
        .allowOrigins("https://www.foo.com")
        .allowOriginsFrom(customers)
        .build();
  }

  private CustomerOrigins() {}
}
