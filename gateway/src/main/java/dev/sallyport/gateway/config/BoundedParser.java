package dev.sallyport.gateway.config;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * A YAML parser that gives up where lists and mappings nest too deep, and tells of tags.
 *
 * <p>Whoever composes lists and mappings does it by recursion, and a file of brackets would exhaust
 * the stack. A tag makes of a value what it does not look like: {@code !!bool yes} would be false.
 */
final class BoundedParser implements Parser {
  /** Five times what the configuration's form needs. */
  static final int DEEPEST = 32;

  private final Parser parser;
  private final BiConsumer<String, Optional<Mark>> tags;
  private int depth;

  /**
   * Reads what {@code parser} does.
   *
   * @param tags takes each tag and where its value begins
   */
  BoundedParser(Parser parser, BiConsumer<String, Optional<Mark>> tags) {
    this.parser = parser;
    this.tags = tags;
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public boolean hasNext() {
    return parser.hasNext();
  }

  @Override
  public Event next() {
    Event event = parser.next();
    tag(event).ifPresent(tag -> tags.accept(tag, event.getStartMark()));
    switch (event.getEventId()) {
      case SequenceStart, MappingStart -> {
        if (++depth > DEEPEST) {
          throw new TooDeepException(event.getStartMark());
        }
      }
      case SequenceEnd, MappingEnd -> depth--;
      default -> {}
    }
    return event;
  }

  /**
   * The tag that is written before a value: later, nobody can tell it from the one that the value's
   * looks give.
   */
  private static Optional<String> tag(Event event) {
    if (event instanceof ScalarEvent scalar) {
      return scalar.getTag();
    }
    return event instanceof CollectionStartEvent start ? start.getTag() : Optional.empty();
  }

  /** Thrown when the nesting is too deep. */
  @SuppressWarnings("serial") // never leaves the reader
  static final class TooDeepException extends YamlEngineException {
    private final transient Optional<Mark> mark;

    TooDeepException(Optional<Mark> mark) {
      super("too deep");
      this.mark = mark;
    }

    Optional<Mark> mark() {
      return mark;
    }
  }
}
