package dev.sallyport.gateway.config;

import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.Parser;

/**
 * A YAML parser that gives up where lists and mappings nest too deep: whoever composes them does it
 * by recursion, and a file of brackets would exhaust the stack.
 */
final class BoundedParser implements Parser {
  /** Five times what the configuration's form needs. */
  static final int DEEPEST = 32;

  private final Parser parser;
  private int depth;

  BoundedParser(Parser parser) {
    this.parser = parser;
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
