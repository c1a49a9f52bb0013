package dev.sallyport.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that cannot be read, and texts made to harm whoever reads them. */
final class ConfigFileTest {
  private static final String ROUTES = "routes: [{upstream: https://photos.bar.com}]\n";

  @TempDir Path directory;
  private Configurations configurations;

  @BeforeEach
  void fillDirectory() {
    configurations = new Configurations(directory);
  }

  static Stream<Arguments> texts() {
    String bomb =
        "a: &a [x]\n"
            + Stream.of("b:a", "c:b", "d:c", "e:d", "f:e", "g:f", "h:g", "i:h", "j:i")
                .map(
                    pair ->
                        pair.charAt(0)
                            + ": &"
                            + pair.charAt(0)
                            + " ["
                            + ("*" + pair.charAt(2) + ",").repeat(20)
                            + "]\n")
                .reduce("", String::concat);
    return Stream.of(
        arguments(
            "not UTF-8",
            bytes("listen: 8080\nroutes: \"caf\u00e9\"\n", true),
            "sallyport.yaml:2:13: the file is not UTF-8 from here on. Save it as UTF-8.\n"),
        arguments(
            "ends within a character",
            new byte[] {'a', (byte) 0xc3},
            "sallyport.yaml:1:2: the file is not UTF-8 from here on. Save it as UTF-8.\n"),
        arguments(
            "larger than 4 MiB",
            new byte[ConfigFile.MOST_BYTES + 1],
            "sallyport.yaml: the file is larger than 4 MiB, and no configuration is. Name the right file,"
                + " or split it over several gateways.\n"),
        arguments(
            "a character that YAML does not know",
            bytes("# \ud83d\ude00\nlisten: \ud83d\ude00\u0007\n", false),
            "sallyport.yaml:2:10: the character U+0007 cannot stand in YAML. Remove it.\n"),
        arguments(
            "brackets without end",
            bytes("[".repeat(1_000_000), false),
            "sallyport.yaml:1:33: lists and mappings nest deeper than 32 here, and no configuration does."
                + " Close what is left open before.\n"),
        arguments(
            "blocks without end",
            bytes("- ".repeat(100_000), false),
            "sallyport.yaml:1:65: lists and mappings nest deeper than 32 here, and no configuration does."
                + " Close what is left open before.\n"),
        arguments(
            "aliases that multiply",
            bytes("origins: {}\n" + ROUTES + "limits:\n  " + bomb.replace("\n", "\n  "), false),
            Stream.of("a:3", "b:4", "c:5", "d:6", "e:7", "f:8", "g:9", "h:10", "i:11", "j:12")
                .map(
                    pair ->
                        "sallyport.yaml:"
                            + (Integer.parseInt(pair.substring(2)) + 1)
                            + ":3: unknown key \""
                            + pair.charAt(0)
                            + "\" in limits at the top of the file. Known here: requestHead, headTimeout,"
                            + " leastBodyRate, idleTimeout, writeTimeout, webSocketIdleTimeout, connections,"
                            + " connectionsPerClient, grace.\n")
                .reduce("", String::concat)),
        arguments(
            "more aliases than a configuration has",
            bytes("a: &a [x]\nb: [" + "*a,".repeat(1_001) + "]\n", false),
            "sallyport.yaml: the file uses more than 1000 aliases of lists and mappings, and no configuration does."
                + " Write out what they stand for.\n"),
        arguments(
            "a version of YAML to come",
            bytes("%YAML 2.0\n---\n" + ROUTES, false),
            "sallyport.yaml: the file says that it is of a version of YAML other than 1. Write %YAML 1.2, or remove"
                + " the line.\n"));
  }

  private static byte[] bytes(String text, boolean latin1) {
    return text.getBytes(latin1 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void areToldAsProblems(String name, byte[] bytes, String problems) {
    ConfigResult result = configurations.read("sallyport.yaml", bytes);
    assertThat(configurations.shown(result)).isEqualTo(problems);
    assertThat(result.config()).isEmpty();
  }

  @Test
  void aFileThatIsNotThereIsAProblem() {
    ConfigResult result =
        ConfigFile.read(directory.resolve("other.yaml"), Configurations::variable);
    assertThat(configurations.shown(result))
        .isEqualTo(
            "other.yaml: there is no such file. Check the name; relative names begin in "
                + Path.of("").toAbsolutePath()
                + ".\n");
  }

  @Test
  void aDirectoryIsAProblem() {
    ConfigResult result = ConfigFile.read(directory.resolve("tls"), Configurations::variable);
    assertThat(configurations.shown(result))
        .isEqualTo("tls: this is a directory. Name the file in it, such as sallyport.yaml.\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void areToldAlikeOfWhatAnotherProgramWrites(String name, byte[] bytes, String problems)
      throws IOException {
    ConfigResult result =
        ConfigFile.read(
            "sallyport.yaml", new ByteArrayInputStream(bytes), Configurations::variable);
    assertThat(configurations.shown(result)).isEqualTo(problems);
    assertThat(result.config()).isEmpty();
  }

  @Test
  void aByteOrderMarkAndWindowsLineEndsAreNoProblem() {
    String text = "\uFEFFlisten: 127.0.0.1:8080\r\n" + ROUTES.replace("\n", "\r\n");
    assertThat(configurations.read("sallyport.yaml", text).config()).isPresent();
    assertThat(configurations.problems("sallyport.yaml", text.replace("listen", "listne")))
        .isEqualTo(
            "sallyport.yaml:1:1: unknown key \"listne\" at the top of the file. Did you mean listen?\n");
  }

  @Test
  void twoHundredProblemsAreToldAndErrorsBeforeWarnings() {
    StringBuilder text = new StringBuilder("routes:\n");
    for (int i = 0; i < 1_500; i++) {
      text.append("  - {path: /r")
          .append(i)
          .append(", upstream: \"https://photos.bar.com\", methods: [GET, GET], timeout: 0}\n");
    }
    List<ConfigProblem> problems =
        configurations.read("sallyport.yaml", text.toString()).problems();
    assertThat(problems).hasSize(Problems.MOST_TOLD + 1).allMatch(ConfigProblem::error);
    assertThat(problems.get(199).line()).isEqualTo(201);
    assertThat(problems.get(200).message()).isEqualTo("\u2026 and 2,800 more. Mend these first.");
    assertThat(problems.get(200).toString())
        .endsWith("sallyport.yaml: " + problems.get(200).message());
  }

  @Test
  void twoHundredWarningsKeepNothingFromBeingServed() {
    String methods = "[GET" + ", GET".repeat(201) + "]";
    ConfigResult result =
        configurations.read(
            "sallyport.yaml",
            "routes: [{upstream: https://photos.bar.com, methods: " + methods + "}]");
    assertThat(result.config()).isPresent();
    assertThat(result.problems()).hasSize(Problems.MOST_TOLD + 1).noneMatch(ConfigProblem::error);
    assertThat(result.problems().get(200).message())
        .isEqualTo("\u2026 and 1 more. Mend these first.");
  }

  @Test
  void whatWasMeantIsLookedForTwentyTimes() {
    StringBuilder keys = new StringBuilder();
    StringBuilder references = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      keys.append("listen").append((char) ('a' + i % 26)).append(": 1\n");
      references.append("$app").append((char) ('a' + i % 26)).append(", ");
    }
    String routes =
        "routes: [{upstream: https://photos.bar.com, cors: {allowOrigins: ["
            + references
            + "]}}]\n";
    String sets = "origins: {apps: [\"https://blog.foo.com\"]}\n";
    assertThat(configurations.problems("sallyport.yaml", keys + ROUTES).lines())
        .hasSize(30)
        .filteredOn(line -> line.endsWith("Did you mean listen?"))
        .hasSize(20);
    assertThat(configurations.problems("sallyport.yaml", sets + routes).lines())
        .filteredOn(line -> line.contains("is not defined"))
        .filteredOn(line -> line.endsWith("Did you mean $apps?"))
        .hasSize(20);
    assertThat(configurations.problems("sallyport.yaml", sets + routes))
        .contains("Define it under origins.");
  }

  @Test
  void theFaultsOfASetAreToldOnce() {
    StringBuilder text = new StringBuilder("origins:\n  a:\n");
    for (int i = 0; i < 2_000; i++) {
      text.append("    - http://w").append(i).append(".org\n");
    }
    text.append("routes:\n");
    for (String path : List.of("/a", "/b")) {
      text.append("  - {path: ")
          .append(path)
          .append(", upstream: \"https://photos.bar.com\", request: {forward: [cookie]}, ")
          .append("cors: {allowOrigins: [$a], allowCredentials: true}}\n");
    }
    assertThat(configurations.problems("sallyport.yaml", text.toString()).lines())
        .hasSize(2)
        .allMatch(
            line ->
                line.contains(
                    "in $a, origin pattern \"http://w0.org\" and 1,999 others are not encrypted: "));
  }

  @Test
  void columnsCountCharactersNotUnitsOfUtf16() {
    assertThat(
            configurations.problems(
                "sallyport.yaml", "{\"\ud83d\ude00\": 1, " + ROUTES.strip() + "}"))
        .startsWith("sallyport.yaml:1:2: unknown key")
        .hasLineCount(1);
    assertThat(configurations.problems("sallyport.yaml", "{\"\ud83d\ude00\": 1, b: 2}"))
        .contains("sallyport.yaml:1:10: unknown key \"b\"");
  }
}
