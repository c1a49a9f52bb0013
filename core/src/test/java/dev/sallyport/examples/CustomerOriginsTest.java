package dev.sallyport.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.CorsDecision.Outcome;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CustomerOriginsTest {

  private record Get(String origin) implements CorsRequest {
    @Override
    public String method() {
      return "GET";
    }

    @Override
    public @Nullable String header(String name, int line) {
      return name.equals("origin") && line == 0 ? origin : null;
    }
  }

  @Test
  void looksDomainsUp() {
    CorsPolicy policy =
        CustomerOrigins.policy(
            host -> CompletableFuture.completedStage(host.equals("shop.customer.com")));
    assertThat(policy.decide(new Get("https://shop.customer.com")).outcome())
        .isEqualTo(Outcome.ACTUAL_ALLOWED);
    assertThat(policy.decide(new Get("https://evil.com")).outcome())
        .isEqualTo(Outcome.ACTUAL_DENIED);
  }

  @Test
  void theDocumentationShowsTheExampleAsItIs() throws IOException {
    String example =
        Files.readString(Path.of("src/test/java/dev/sallyport/examples/CustomerOrigins.java"))
            .replaceFirst("(?s)^package [^\n]*\n\n", "");
    assertThat(Files.readString(Path.of("../docs/library.md"))).contains(example);
  }
}
