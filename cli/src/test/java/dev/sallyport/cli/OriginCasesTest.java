package dev.sallyport.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sallyport origin -}: lines of cases, lines of answers. */
class OriginCasesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"id":1,"url":"http://foo.com"}                          | {"id":1,"url":"http://foo.com","origin":"http://foo.com","kind":"tuple","scheme":"http","host":"foo.com","port":null,"potentiallyTrustworthy":false,"href":"http://foo.com/"}
          {"url":"https://foo.com:99","id":"a"}                    | {"id":"a","url":"https://foo.com:99","origin":"https://foo.com:99","kind":"tuple","scheme":"https","host":"foo.com","port":99,"potentiallyTrustworthy":true,"href":"https://foo.com:99/"}
          {"id":-1.50e3,"url":"data:,"}                            | {"id":-1.50e3,"url":"data:,","origin":"null","kind":"opaque","scheme":"data","host":null,"port":null,"potentiallyTrustworthy":true,"href":"data:,"}
          {"id":12345678901234567890,"url":"data:,"}               | {"id":12345678901234567890,"url":"data:,"
          {"id":"","url":"data:,"}                                 | {"id":"","url":"data:,"
          {"id":2,"url":"/b","base":"https://foo.com/a"}           | {"id":2,"url":"/b","origin":"https://foo.com",
          {"id":2,"url":"//bar.com","base":"https://foo.com/a"}    | {"id":2,"url":"//bar.com","origin":"https://bar.com",
          {"id":2,"url":"data:,","base":null}                      | {"id":2,"url":"data:,","origin":"null",
          {"id":3,"url":"foo.com"}                                 | {"id":3,"url":"foo.com","error":"\\"foo.com\\" is not a URL:
          {"id":3,"url":"a","base":"b"}                            | {"id":3,"url":"a","error":"\\"b\\" is not a URL:
          {"id":3,"url":"http://\\ud800/"}                         | {"id":3,"url":"http://\\uD800/","error":"
          {"id":4,"url":"data:,","expected":{"origin":["null"]}}   | {"id":4,"url":"data:,","origin":"null",
          """)
  void aCaseIsAnswered(String line, String answer) {
    Run run = Run.with(line + "\n", "origin", "-");
    assertThat(run.out()).startsWith(answer.strip()).endsWith("}\n").containsOnlyOnce("\n");
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          not json                             | {"error":"not a case: Unrecognized token
          []                                   | {"error":"not a case: a case is an object, {\\"id\\":
          "http://foo.com"                     | {"error":"not a case: a case is an object, {\\"id\\":
          {"id":7}                             | {"id":7,"error":"not a case: it has no \\"url\\"; a case is
          {"url":"http://foo.com"}             | {"error":"not a case: it has no \\"id\\"; a case is
          {"id":true,"url":"http://foo.com"}   | {"error":"not a case: its \\"id\\" is not a string or a number"}
          {"id":[1],"url":"http://foo.com"}    | {"error":"not a case: its \\"id\\" is not a string or a number"}
          {"id":7,"url":null}                  | {"id":7,"error":"not a case: its \\"url\\" is not a string"}
          {"url":1,"id":7}                     | {"id":7,"error":"not a case: its \\"url\\" is not a string"}
          {"id":7,"url":"a:","base":{"b":1}}   | {"id":7,"error":"not a case: its \\"base\\" is not a string"}
          {"id":7,"url":"a:","url":"b:"}       | {"id":7,"error":"not a case: Duplicate
          {"id":7,"url":                       | {"id":7,"error":"not a case: Unexpected end-of-input
          {"id":7,"url":"a:"} {}               | {"id":7,"error":"not a case: there is more in the line than one object"}
          {"id":7,"url":"a:"},                 | {"id":7,"error":"not a case:
          """)
  void aLineThatIsNoCaseIsSaidToBeNone(String line, String answer) {
    Run run = Run.with(line + "\n{\"id\":1,\"url\":\"a:\"}\n", "origin", "--json", "-");
    List<String> answers = run.out().lines().toList();
    assertThat(answers).hasSize(2);
    assertThat(answers.get(0)).startsWith(answer.strip());
    assertThat(answers.get(1)).startsWith("{\"id\":1,\"url\":\"a:\",\"origin\":\"null\"");
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).isEqualTo(2);
  }

  @Test
  void bytesThatAreNotUtf8AreSaidToBeNone() {
    byte[] line = "{\"id\":1,\"url\":\"http://\u00e4\"}".getBytes(StandardCharsets.ISO_8859_1);
    Run run = Run.with(line, Map.of(), "origin", "-");
    assertThat(run.out()).startsWith("{\"id\":1,\"error\":\"not a case: Invalid UTF-8");
    assertThat(run.exit()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"''", "'\n\n'", "' \r\n\t\n'"})
  void blankLinesAreNoLines(String in) {
    assertThat(Run.with(in, "origin", "-")).isEqualTo(new Run(0, "", ""));
  }

  @Test
  void aLastLineNeedsNoEnd() {
    assertThat(Run.with("{\"id\":1,\"url\":\"a:\"}", "origin", "-").out()).startsWith("{\"id\":1,");
  }

  @Test
  void thousandsAreAnsweredInOrder() {
    String in =
        IntStream.range(0, 5000)
            .mapToObj("{\"id\":%1$d,\"url\":\"https://h%1$d.foo.com\"}\n"::formatted)
            .collect(Collectors.joining());
    List<String> answers = Run.with(in, "origin", "-").out().lines().toList();
    assertThat(answers).hasSize(5000);
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i)).contains("{\"id\":" + i + ",").contains("\"host\":\"h" + i + ".");
    }
  }

  @Test
  void whoWaitsForAnAnswerBeforeAskingAgainGetsIt() throws Exception {
    LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
    StringWriter written = new StringWriter();
    PrintWriter out =
        new PrintWriter(written) {
          @Override
          public void flush() {
            answers.add(written.toString());
            written.getBuffer().setLength(0);
          }
        };
    PipedInputStream in = new PipedInputStream();
    CompletableFuture<Integer> exit;
    try (PipedOutputStream questions = new PipedOutputStream(in)) {
      exit = CompletableFuture.supplyAsync(() -> answerAll(in, out));
      for (int id = 1; id <= 3; id++) {
        questions.write(("{\"id\":" + id + ",\"url\":\"a:\"}\n").getBytes(StandardCharsets.UTF_8));
        questions.flush();
        assertThat(answers.poll(1, TimeUnit.MINUTES)).startsWith("{\"id\":" + id + ",\"url\"");
      }
    }
    assertThat(exit.get(1, TimeUnit.MINUTES)).isZero();
  }

  private static int answerAll(InputStream in, PrintWriter out) {
    try {
      return CaseLines.answerAll(in, out, new OriginCases(out)::answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void standsAlone() {
    Run run = Run.of("origin", "-", "http://foo.com");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("- stands for all the cases on standard input");
  }
}
