package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sallyport validate}: every problem, for people and for programs. */
class ValidateCommandTest {
  private static final String FINE =
      """
      listen: [127.0.0.1:8080, "[::1]:8080"]
      routes:
        - path: /photos
          upstream: https://photos.bar.com/api
          cors: {allowOrigins: ["https://blog.foo.com"]}
      """;

  private static final String WARNED =
      """
      routes:
        - path: /photos
          upstream: https://photos.bar.com/api
          cors: {allowOrigins: ["https://*.github.io"]}
      """;

  private static final String WRONG =
      """
      lisen: 127.0.0.1:8080
      routes:
        - path: /photos
          upstream: https://photos.bar.com/api
          cors: {allowOrigins: [blog.foo.com]}
      """;

  @TempDir private Path directory;
  private String fine = "";
  private String warned = "";
  private String wrong = "";

  @BeforeEach
  void write() throws IOException {
    fine = Files.writeString(directory.resolve("fine.yaml"), FINE).toString();
    warned = Files.writeString(directory.resolve("warned.yaml"), WARNED).toString();
    wrong = Files.writeString(directory.resolve("wrong.yaml"), WRONG).toString();
  }

  @Test
  void aFileThatIsFineIsSaidToBe() {
    assertThat(Run.of("validate", fine))
        .isEqualTo(new Run(0, fine + " is fine: 1 route, 2 listeners.\n", ""));
  }

  @Test
  void aWarningIsShownAndTheFileIsFine() {
    Run run = Run.of("validate", warned);
    assertThat(run.exit()).isZero();
    assertThat(run.out())
        .startsWith(warned + ":4:27: warning: origin pattern \"https://*.github.io\"")
        .endsWith("\n" + warned + " is fine: 1 route, 1 listener, 1 warning.\n");
  }

  @Test
  void everyErrorIsShown() {
    Run run = Run.of("validate", wrong);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines()).hasSize(3);
    assertThat(run.out())
        .contains(wrong + ":1:1: ", wrong + ":5:27: origin pattern \"blog.foo.com\"")
        .endsWith("\n" + wrong + " cannot be used: 2 errors.\n");
  }

  @Test
  void severalFilesAreAllChecked() {
    Run run = Run.of("validate", wrong, fine, warned);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains(wrong + " cannot be", fine + " is fine", warned + " is fine");
  }

  @Test
  void aProgramGetsAList() {
    Run run = Run.of("validate", "--json", fine, wrong, warned);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .startsWith("[{\"file\":\"" + wrong + "\",\"line\":1,\"column\":1,\"severity\":\"error\",")
        .contains(
            "\"line\":5,\"column\":27,\"severity\":\"error\",\"message\":\"origin pattern \\\"")
        .contains("{\"file\":\"" + warned + "\",\"line\":4,\"column\":27,\"severity\":\"warning\",")
        .endsWith("}]\n")
        .containsOnlyOnce("\n");
    assertThat(Run.of("validate", "--json", fine)).isEqualTo(new Run(0, "[]\n", ""));
  }

  @Test
  void aFileThatIsNotThereIsAProblemWithoutAPosition() {
    String gone = directory.resolve("gone.yaml").toString();
    Run run = Run.of("validate", gone);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).startsWith(gone + ": there is no such file.");
    assertThat(Run.of("validate", "--json", gone).out())
        .startsWith("[{\"file\":\"" + gone + "\",\"line\":null,\"column\":null,\"severity\":");
  }

  @Test
  void standardInputIsAFileToo() {
    assertThat(Run.with(FINE, "validate", "-").out())
        .isEqualTo("- is fine: 1 route, 2 listeners.\n");
    assertThat(Run.with(WRONG, "validate", "-").out()).startsWith("-:1:1: ");
    assertThat(Run.with(FINE, "validate", "-", "-").exit()).isEqualTo(2);
  }
}
