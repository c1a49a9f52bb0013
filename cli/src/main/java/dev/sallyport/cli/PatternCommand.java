package dev.sallyport.cli;

import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginPatternException;
import dev.sallyport.origin.PatternReading;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JsonGenerator;

/** {@code sallyport pattern}: what an origin pattern matches, and what it does not. */
@Command(
    name = "pattern",
    header = "Explain an origin pattern by examples, or tell whether it matches origins.",
    description = {
      "A pattern is an origin (https://foo.com), all hosts under a domain (https://*.foo.com), hosts"
          + " that differ in a part of a label (https://pr-*.foo.com), any port (http://localhost:*),"
          + " or * for all. One behind ! takes out of the others what it matches."
    },
    footer = {
      "What does a pattern match, and what does it not?",
      "  ${ROOT-COMMAND-NAME} pattern 'https://*.foo.com'",
      "Does it match these? (exit code 1: not all of them)",
      "  ${ROOT-COMMAND-NAME} pattern 'https://*.foo.com' https://a.foo.com https://evilfoo.com",
      "The same for a program:",
      "  ${ROOT-COMMAND-NAME} pattern --json 'https://*.foo.com'"
    },
    exitCodeList = {
      "0:Fine; with origins: it matches all of them.",
      "1:It is no pattern; with origins: it does not match all of them.",
      "2:The command was called wrongly."
    })
final class PatternCommand implements Callable<Integer> {
  private final Environment environment;

  @Parameters(index = "0", paramLabel = "PATTERN", description = "The pattern, in quotes.")
  private String text = "";

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "ORIGIN",
      description = "Origins to try, as a browser sends them.")
  private List<String> origins = List.of();

  @Option(names = "--json", description = "Answer in JSON, in one line.")
  private boolean json;

  PatternCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    OriginPattern pattern;
    try {
      pattern = OriginPattern.parse(text);
    } catch (OriginPatternException e) {
      complain(e);
      return Exit.NO;
    }
    if (json) {
      Json.line(environment.out(), line -> write(line, pattern));
    } else if (origins.isEmpty()) {
      explain(PatternReading.of(pattern));
    } else {
      origins.forEach(
          origin -> environment.out().println((matches(pattern, origin) ? "✓ " : "✗ ") + origin));
    }
    return origins.stream().allMatch(origin -> matches(pattern, origin)) ? Exit.FINE : Exit.NO;
  }

  /** What is no origin is matched by {@code *} only, which allows whatever comes. */
  private static boolean matches(OriginPattern pattern, String origin) {
    return pattern instanceof OriginPattern.Any
        || Origin.tryParse(origin).filter(pattern::matches).isPresent();
  }

  private void explain(PatternReading reading) {
    PrintWriter out = environment.out();
    out.println(Colours.bold(environment.outColours(), reading.pattern().toString()));
    out.println(reading.meaning() + ".");
    reading.dangers().forEach(out::println);
    reading.matches().forEach(origin -> out.println("✓ " + origin));
    reading.misses().forEach(miss -> out.println("✗ " + miss.origin() + ": " + miss.why()));
  }

  private void write(JsonGenerator line, OriginPattern pattern) {
    PatternReading reading = PatternReading.of(pattern);
    line.writeStartObject();
    line.writeStringProperty("pattern", pattern.toString());
    line.writeStringProperty("meaning", reading.meaning());
    line.writeArrayPropertyStart("dangers");
    reading.dangers().forEach(line::writeString);
    line.writeEndArray();
    line.writeArrayPropertyStart("matches");
    reading.matches().forEach(line::writeString);
    line.writeEndArray();
    line.writeArrayPropertyStart("misses");
    for (PatternReading.Miss miss : reading.misses()) {
      line.writeStartObject();
      line.writeStringProperty("origin", miss.origin());
      line.writeStringProperty("why", miss.why());
      line.writeEndObject();
    }
    line.writeEndArray();
    if (!origins.isEmpty()) {
      line.writeObjectPropertyStart("origins");
      for (String origin : origins) {
        line.writeBooleanProperty(origin, matches(pattern, origin));
      }
      line.writeEndObject();
    }
    line.writeEndObject();
  }

  private void complain(OriginPatternException fault) {
    if (json) {
      Json.line(
          environment.out(),
          line -> {
            line.writeStartObject();
            line.writeStringProperty("pattern", text);
            line.writeStringProperty("error", fault.why());
            fault.suggestion().ifPresent(mended -> line.writeStringProperty("suggestion", mended));
            line.writeEndObject();
          });
      return;
    }
    String hint = fault.suggestion().map(mended -> ". Did you mean " + mended + "?").orElse(".");
    environment.err().println("sallyport: " + fault.getMessage() + hint);
  }
}
