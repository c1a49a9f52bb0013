package dev.sallyport.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Replays what the fuzzer was begun with and what it found. */
class CorpusTest {
  private static final Path CORPUS = Path.of("corpus");

  /** What a fuzzer calls. */
  private interface Target {
    void run(byte[] input) throws IOException;
  }

  private static final Map<String, Target> TARGETS =
      Map.of(
          "origin", OriginTarget::fuzzerTestOneInput,
          "pattern", PatternTarget::fuzzerTestOneInput,
          "request", RequestTarget::fuzzerTestOneInput,
          "policy", PolicyTarget::fuzzerTestOneInput,
          "configuration", ConfigurationTarget::fuzzerTestOneInput,
          "case", CaseTarget::fuzzerTestOneInput,
          "url", UrlTarget::fuzzerTestOneInput,
          "relay", RelayTarget::fuzzerTestOneInput);

  static Stream<Arguments> inputs() throws IOException {
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files
          .filter(Files::isRegularFile)
          .sorted()
          .map(file -> Arguments.of(CORPUS.relativize(file).getName(0).toString(), file))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("inputs")
  void holdsItsLaws(String target, Path input) throws IOException {
    Target called = TARGETS.get(target);
    assertThat(called).as("a target for the directory %s", target).isNotNull();
    called.run(Files.readAllBytes(input));
  }

  @Test
  void everyTargetHasACorpus() throws IOException {
    for (String target : TARGETS.keySet()) {
      try (Stream<Path> files = Files.list(CORPUS.resolve(target))) {
        assertThat(files).as(target).hasSizeGreaterThan(3);
      }
    }
  }
}
