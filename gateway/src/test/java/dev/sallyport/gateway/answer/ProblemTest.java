package dev.sallyport.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.cors.Reason;
import dev.sallyport.gateway.http.Fault;
import dev.sallyport.gateway.http.MalformedException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProblemTest {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @EnumSource(Reason.class)
  void tellsOfADeniedRequestWithoutItsRules(Reason reason) {
    JsonNode json = JSON.readTree(Problem.denied(reason).json());
    assertThat(json.propertyNames()).containsExactly("type", "title", "status", "detail", "code");
    assertThat(json.get("type").asString()).isEqualTo("tag:sallyport.dev,2026:" + reason.code());
    assertThat(json.get("code").asString()).isEqualTo(reason.code());
    assertThat(json.get("status").asInt()).isEqualTo(403);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void tellsOfEveryFaultByItsOwnCode(Fault fault) {
    assertThat(Arrays.stream(Fault.values()).filter(other -> other.code().equals(fault.code())))
        .containsExactly(fault);
    JsonNode json = JSON.readTree(Problem.malformed(new MalformedException(fault, "x")).json());
    assertThat(json.get("code").asString()).isEqualTo(fault.code());
    assertThat(json.get("status").asInt()).isEqualTo(fault.status()).isBetween(400, 505);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a\"b|\"a\\\"b\"",
        "a\\b|\"a\\\\b\"",
        "<a>&|\"\\u003ca\\u003e\\u0026\"",
        "ä€|\"\\u00e4\\u20ac\""
      })
  void escapes(String text, String json) {
    assertThat(JsonText.quote(text)).isEqualTo(json);
  }

  @Test
  void escapesEveryCharacter() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 0xd800; c++) {
      all.append(c);
    }
    String json = JsonText.quote(all.toString());
    assertThat(JSON.readTree(json).asString()).isEqualTo(all.toString());
    assertThat(json).matches("[ -~]*");
  }
}
