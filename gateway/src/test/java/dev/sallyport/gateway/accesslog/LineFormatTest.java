package dev.sallyport.gateway.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.AccessLogging.Format;
import dev.sallyport.gateway.telemetry.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The row "logs" of the threats: a line stays a line, whoever wrote what is in it. */
class LineFormatTest {
  private static final String EVIL =
      "a\r\nb\"c\\d\u001b[2J\u0000\u007f\u009b\u2028\u202e\ud83d<script>\t";

  private static String line(Format format, AccessEntry entry) {
    StringBuilder text = new StringBuilder();
    LineFormat.of(format).append(entry, text);
    return text.toString();
  }

  private static AccessEntry entry(
      String path, @Nullable String header, int status, AccessEntry.@Nullable Upstream upstream) {
    return new AccessEntry(
        Instant.parse("2026-11-27T10:31:16.005Z"),
        new AccessEntry.Request("192.0.2.1", "GET", path, "HTTP/1.1", header, header, header),
        status,
        status == 0 ? 0 : 17,
        12_345_678,
        status == 0 ? null : "/photos",
        Verdict.UNDECIDED,
        "-",
        status == 0 ? "gone" : "answered",
        upstream);
  }

  @Test
  void anObjectHasEveryKeyAndNullForWhatThereIsNot() {
    assertThat(
            line(
                Format.JSON,
                entry(
                    "/photos/1",
                    "https://blog.foo.com",
                    200,
                    new AccessEntry.Upstream("http://a.com/api", 1_000, 2_010_000, -1))))
        .isEqualTo(
            """
            {"time":"2026-11-27T10:31:16.005Z","client":"192.0.2.1","method":"GET","path":"/photos/1",\
            "protocol":"HTTP/1.1","status":200,"bytes":17,"durationMs":12.345,"route":"/photos",\
            "category":"undecided","decision":"none","reason":"-","ending":"answered",\
            "origin":"https://blog.foo.com","upstream":"http://a.com/api","upstreamConnectMs":0.001,\
            "upstreamFirstByteMs":2.010,"upstreamTotalMs":null}
            """);
    assertThat(line(Format.JSON, entry("/", null, 0, null)))
        .contains("\"status\":null,\"bytes\":0,", "\"route\":null", "\"origin\":null")
        .contains("\"upstream\":null,\"upstreamConnectMs\":null");
  }

  @Test
  void theCommonFormatsAreThoseOfHttpd() {
    AccessEntry answered = entry("/photos/1", "https://blog.foo.com/", 200, null);
    String common = "192.0.2.1 - - [27/Nov/2026:10:31:16 +0000] \"GET /photos/1 HTTP/1.1\" 200 17";
    assertThat(line(Format.COMMON, answered)).isEqualTo(common + "\n");
    assertThat(line(Format.COMBINED, answered))
        .isEqualTo(common + " \"https://blog.foo.com/\" \"https://blog.foo.com/\"\n");
    assertThat(line(Format.COMBINED, entry("/", null, 0, null)))
        .isEqualTo(
            "192.0.2.1 - - [27/Nov/2026:10:31:16 +0000] \"GET / HTTP/1.1\" - - \"-\" \"-\"\n");
  }

  @ParameterizedTest
  @EnumSource(
      value = Format.class,
      names = {"JSON", "COMMON", "COMBINED"})
  void logs(Format format) {
    String line = line(format, entry("/" + EVIL, EVIL, 200, null));
    assertThat(line).matches("[ -~]+\n");
    if (format == Format.JSON) {
      JsonNode read = new ObjectMapper().readTree(line);
      assertThat(read.get("path").asString()).isEqualTo("/" + EVIL);
      assertThat(read.get("origin").asString()).isEqualTo(EVIL);
    } else {
      assertThat(line)
          .contains(
              "\"GET /a\\x0d\\x0ab\\\"c\\\\d\\x1b[2J\\x00\\x7f\\x9b\\u2028\\u202e\\ud83d<script>\\x09 HTTP/1.1\" 200");
    }
  }
}
