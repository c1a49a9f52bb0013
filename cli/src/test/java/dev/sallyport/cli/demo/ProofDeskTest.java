package dev.sallyport.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cli.demo.LocalServer.Request;
import dev.sallyport.cli.demo.ProofDesk.Proof;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProofDeskTest {
  private final ProofDesk desk = new ProofDesk();

  @Test
  void takesWhatCameOfAClaim() throws Exception {
    assertThat(post("{\"claim\":\"put-direct\",\"seen\":\"works\",\"detail\":\"oh\",\"more\":{}}"))
        .isEqualTo(204);
    assertThat(desk.of(Claim.PUT_DIRECT).get())
        .isEqualTo(new Proof(Claim.PUT_DIRECT, Claim.Seen.WORKS, "oh"));
    assertThat(desk.of(Claim.PUT_GATEWAY).isDone()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"claim\":\"put-direct\"}",
        "{\"claim\":\"put-direct\",\"seen\":\"well\"}",
        "{\"claim\":\"other\",\"seen\":\"works\"}"
      })
  void whatIsNoReportIsRefused(String body) {
    assertThat(post(body)).isEqualTo(400);
  }

  private int post(String body) {
    return desk.answer(new Request("POST", "/proof", "", List.of(), body)).status();
  }
}
