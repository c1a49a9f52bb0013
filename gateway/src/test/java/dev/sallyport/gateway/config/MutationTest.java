package dev.sallyport.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a file holds, reading it gives a configuration or says why not, each problem in one line
 * and at a place that is in the file.
 */
final class MutationTest {
  private static final int ROUNDS = 500;

  private static final List<String> SCRAPS =
      List.of(
          "*",
          "&a ",
          "*a",
          "$apps",
          "${env:KEY}",
          "${",
          "}",
          "{",
          "[",
          "]",
          ": ",
          "- ",
          "\t",
          "\n",
          "\r",
          "'",
          "\"",
          "#",
          "|",
          ">",
          "!!int ",
          "!x ",
          "%",
          "@",
          "null",
          "~",
          "true",
          "-1",
          "99999999999999999999",
          "0x10",
          "1e9",
          ".inf",
          "https://",
          "\u0000",
          "\u0007",
          "\u0085",
          "\u2028",
          "\ufeff",
          "\ud83d\ude00",
          "<<",
          "---\n",
          "...\n",
          "? ",
          "  ",
          "\\",
          "[::1]:80",
          "a: &a [*a]\n",
          "\u00e9",
          "\ud800");

  @TempDir Path directory;

  static List<String> files() {
    return Configurations.resources("good");
  }

  @ParameterizedTest
  @MethodSource("files")
  void nothingIsThrown(String name) {
    Configurations configurations = new Configurations(directory);
    String text = Configurations.resource("good/" + name);
    Random random = new Random(name.hashCode());
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] mutant = mutate(text, random);
      String shown = new String(mutant, StandardCharsets.UTF_8);
      ConfigResult result = configurations.read("mutant.yaml", mutant);
      long lines = shown.lines().count() + 1;
      boolean errors = result.problems().stream().anyMatch(ConfigProblem::error);
      assertThat(result.config().isPresent()).as(shown).isEqualTo(!errors);
      for (ConfigProblem problem : result.problems()) {
        assertThat(problem.message()).as(shown).matches("[\\x20-\\x7e\u2026]+").matches(".*[.?].*");
        assertThat(problem.line()).as(shown).isBetween(0, (int) lines);
        assertThat(problem.line() > 0).as(shown).isEqualTo(problem.column() > 0);
      }
      read += errors ? 0 : 1;
    }
    assertThat(read).isBetween(1, ROUNDS - 1);
  }

  private static byte[] mutate(String text, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    int times = 1 + random.nextInt(3);
    for (int i = 0; i < times; i++) {
      int at = random.nextInt(mutant.length() + 1);
      int end = Math.min(mutant.length(), at + random.nextInt(12));
      switch (random.nextInt(5)) {
        case 0 -> mutant.insert(at, scrap(random));
        case 1 -> mutant.delete(at, end);
        case 2 -> mutant.replace(at, end, scrap(random));
        case 3 -> swapLines(mutant, random);
        default -> mutant.insert(at, mutant.substring(at, end));
      }
    }
    byte[] bytes = mutant.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(50) == 0 && bytes.length > 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  private static String scrap(Random random) {
    return SCRAPS.get(random.nextInt(SCRAPS.size()));
  }

  private static void swapLines(StringBuilder mutant, Random random) {
    List<String> lines = new ArrayList<>(mutant.toString().lines().toList());
    if (!lines.isEmpty()) {
      String line = lines.remove(random.nextInt(lines.size()));
      lines.add(random.nextInt(lines.size() + 1), line);
      mutant.setLength(0);
      mutant.append(String.join("\n", lines)).append('\n');
    }
  }
}
