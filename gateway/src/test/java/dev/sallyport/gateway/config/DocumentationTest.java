package dev.sallyport.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The examples of {@code README.md} and {@code docs/configuration.md}: each is served, or said of
 * what the document says.
 */
final class DocumentationTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "")).resolve("..");
  private static final String CONFIGURATION = "docs/configuration.md";
  private static final String ROUTES = "routes: [{upstream: https://photos.bar.com/api}]\n";

  /**
   * An example.
   *
   * @param document the document, from the root
   * @param line where it begins in the document
   * @param told the text below it; empty if there is none
   */
  record Example(String document, int line, String yaml, Optional<String> told) {
    /** The example as a whole file. */
    String file() {
      return yaml.contains("routes:") ? yaml : yaml + ROUTES;
    }
  }

  static List<Example> examples() {
    return Stream.of("README.md", CONFIGURATION)
        .flatMap(document -> examples(document).stream())
        .toList();
  }

  private static List<Example> examples(String document) {
    List<String> lines = lines(document);
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).equals("```yaml")) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
        boolean told = end + 2 < lines.size() && lines.get(end + 2).equals("```text");
        examples.add(
            new Example(
                document,
                i + 1,
                block(lines, i),
                told ? Optional.of(block(lines, end + 2)) : Optional.empty()));
      }
    }
    return examples;
  }

  private static String block(List<String> lines, int fence) {
    StringBuilder block = new StringBuilder();
    for (int i = fence + 1; !lines.get(i).equals("```"); i++) {
      block.append(lines.get(i)).append('\n');
    }
    return block.toString();
  }

  private static List<String> lines(String document) {
    try {
      return Files.readAllLines(ROOT.resolve(document));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isServedOrSaidOfWhatTheDocumentSays(Example example, @TempDir Path directory) {
    Configurations configurations = new Configurations(directory);
    assertThat(configurations.problems("sallyport.yaml", example.file()))
        .isEqualTo(example.told().orElse(""));
  }

  @Test
  void examplesWereFound() {
    assertThat(examples("README.md")).isNotEmpty();
    assertThat(examples(CONFIGURATION)).hasSizeGreaterThan(6);
    assertThat(examples()).anyMatch(example -> example.told().isPresent());
  }

  static Stream<String> keys() {
    return Arrays.stream(Keys.values()).flatMap(keys -> keys.names().stream()).distinct();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void everyKeyIsDescribed(String key) {
    assertThat(lines(CONFIGURATION))
        .as(key)
        .anyMatch(line -> line.matches(".*`([a-z]+\\.)?" + key + "(: .*)?`.*"));
  }
}
