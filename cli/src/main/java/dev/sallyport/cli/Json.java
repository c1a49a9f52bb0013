package dev.sallyport.cli;

import java.io.PrintWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes JSON, a line at a time. */
final class Json {
  /**
   * Writes ASCII, so that no terminal, locale or half of a surrogate pair, which a URL may well be
   * given, comes between an answer and its reader.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
          .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
          .build();

  private Json() {}

  /** Writes what {@code value} does, and ends the line. */
  static void line(PrintWriter out, Consumer<JsonGenerator> value) {
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
      value.accept(json);
    }
    out.print('\n');
  }

  static JsonParser parser(byte[] line) {
    return FACTORY.createParser(ObjectReadContext.empty(), line);
  }

  /** What {@code text} holds, whole. */
  static JsonNode tree(byte[] text) {
    return Mapper.OF_TREES.readTree(text);
  }

  /** Made when a tree is asked for: most commands need none. */
  private static final class Mapper {
    static final JsonMapper OF_TREES = JsonMapper.builder(FACTORY).build();
  }
}
