package dev.sallyport.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void reasonsHaveTheNamesOfBrowsers() {
    assertThat(Reason.METHOD_NOT_ALLOWED.chromium())
        .contains("MethodDisallowedByPreflightResponse");
    assertThat(Reason.METHOD_NOT_ALLOWED.firefox()).contains("CORSMethodNotFound");
    assertThat(Reason.METHOD_NOT_ALLOWED.code()).isEqualTo("method-not-allowed");
    assertThat(Stream.of(Reason.values()).flatMap(reason -> reason.chromium().stream()).distinct())
        .as("all live values of Network.CorsError")
        .hasSize(26);
  }
}
