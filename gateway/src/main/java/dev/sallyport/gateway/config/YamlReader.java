package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Entry;
import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Mapping;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.gateway.config.Value.Sequence;
import dev.sallyport.origin.Printable;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Turns the text of a YAML 1.2 file into values that know where they stand.
 *
 * <p>A value that an alias repeats is one object and stands where its anchor does, so that a
 * document whose aliases multiply costs no more than it is long.
 */
final class YamlReader {
  /** Aliases of lists and mappings; each is one part of the file used again. */
  private static final int MOST_ALIASES = 1_000;

  private final String source;
  private final Problems problems;
  private final IdentityHashMap<Node, Value> converted = new IdentityHashMap<>();

  private YamlReader(String source, Problems problems) {
    this.source = source;
    this.problems = problems;
  }

  /**
   * The value that {@code text} holds; empty if there is none or it is not YAML, with a problem.
   */
  static Optional<Value> read(String source, String text, Problems problems) {
    return new YamlReader(source, problems).read(text);
  }

  private Optional<Value> read(String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(source)
            .setUseMarks(true)
            .setAllowNonScalarKeys(true)
            .setMaxAliasesForCollections(MOST_ALIASES)
            .setCodePointLimit(Integer.MAX_VALUE)
            .build();
    try {
      BoundedParser parser =
          new BoundedParser(
              new ParserImpl(settings, new StreamReader(settings, text)), this::refuseTag);
      Optional<Value> value = new Composer(settings, parser).getSingleNode().map(this::value);
      // What was said of tags and aliases says all there is of the values they spoil.
      return value.filter(read -> !problems.hasErrors());
    } catch (BoundedParser.TooDeepException e) {
      problems.error(
          place(e.mark()),
          "lists and mappings nest deeper than "
              + BoundedParser.DEEPEST
              + " here, and no configuration does. Close what is left open before.");
    } catch (MarkedYamlEngineException e) {
      SyntaxFault fault = SyntaxFault.of(e, text.lines().toList());
      problems.error(new Place(source, fault.line(), fault.column()), fault.message());
    } catch (ReaderException e) {
      reportUnprintable(text);
    } catch (YamlEngineException e) {
      problems.error(Place.whole(source), unmarked(e));
    }
    return Optional.empty();
  }

  /** What is said of the few faults that the parser gives no place. */
  private static String unmarked(YamlEngineException e) {
    String message = String.valueOf(e.getMessage());
    if (e instanceof YamlVersionException) {
      return "the file says that it is of a version of YAML other than 1. Write %YAML 1.2, or remove the line.";
    }
    if (message.startsWith("Number of aliases")) {
      return "the file uses more than "
          + MOST_ALIASES
          + " aliases of lists and mappings, and no configuration does. Write out what they stand for.";
    }
    return "this is not YAML: " + Printable.of(message) + ".";
  }

  private void reportUnprintable(String text) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (!StreamReader.isPrintable(c)) {
        problems.error(
            new Place(source, line, column),
            String.format("the character U+%04X cannot stand in YAML. Remove it.", c));
        return;
      }
      column = c == '\n' ? 1 : column + 1;
      line += c == '\n' ? 1 : 0;
    }
  }

  private Value value(Node node) {
    Value known = converted.get(node);
    if (known != null) {
      return known;
    }
    Place place = place(node.getStartMark());
    // Stands in for the value while its parts are read: one that contains itself ends there.
    converted.put(node, new Scalar(place, Kind.NULL, ""));
    checkRecursion(node, place);
    Value value = convert(node, place);
    converted.put(node, value);
    return value;
  }

  private Value convert(Node node, Place place) {
    if (node instanceof SequenceNode sequence) {
      return new Sequence(place, sequence.getValue().stream().map(this::value).toList());
    }
    if (node instanceof MappingNode mapping) {
      return new Mapping(place, entries(mapping));
    }
    ScalarNode scalar = (ScalarNode) node;
    return new Scalar(place, kind(scalar.getTag()), scalar.getValue());
  }

  private List<Entry> entries(MappingNode mapping) {
    List<Entry> entries = new ArrayList<>();
    for (NodeTuple tuple : mapping.getValue()) {
      if (value(tuple.getKeyNode()) instanceof Scalar key) {
        entries.add(new Entry(key, value(tuple.getValueNode())));
      } else {
        problems.error(
            place(tuple.getKeyNode().getStartMark()),
            "a list or mapping stands where a key is expected. If { or [ is meant as text, write it in quotes.");
      }
    }
    return entries;
  }

  private void checkRecursion(Node node, Place place) {
    if (node.isRecursive()) {
      problems.error(place, "this value contains itself by an alias. Write out what is meant.");
    }
  }

  private void refuseTag(String tag, Optional<Mark> mark) {
    String written = tag.startsWith(Tag.PREFIX) ? "!!" + tag.substring(Tag.PREFIX.length()) : tag;
    problems.error(
        place(mark),
        "the tag \""
            + Printable.of(written)
            + "\" is not known here. Remove it, or write the value in quotes.");
  }

  private static Kind kind(Tag tag) {
    if (tag.equals(Tag.INT)) {
      return Kind.INTEGER;
    }
    if (tag.equals(Tag.FLOAT)) {
      return Kind.DECIMAL;
    }
    if (tag.equals(Tag.BOOL)) {
      return Kind.BOOLEAN;
    }
    return tag.equals(Tag.NULL) ? Kind.NULL : Kind.TEXT;
  }

  private Place place(Optional<Mark> mark) {
    return mark.map(at -> new Place(source, at.getLine() + 1, at.getColumn() + 1))
        .orElseGet(() -> Place.whole(source));
  }
}
