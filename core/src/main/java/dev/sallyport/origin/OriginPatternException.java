package dev.sallyport.origin;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Thrown when a text is no origin pattern. */
public final class OriginPatternException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String why;
  private final @Nullable String suggestion;

  OriginPatternException(String pattern, String why, Optional<String> suggestion) {
    super("\"" + Printable.of(pattern) + "\" is not an origin pattern: " + why);
    this.why = why;
    this.suggestion = suggestion.orElse(null);
  }

  /**
   * What is wrong, as a clause: {@code an origin ends after host and port, without a slash or
   * path}.
   */
  public String why() {
    return why;
  }

  /** The pattern that was probably meant: {@code https://foo.com} for {@code https://foo.com/}. */
  public Optional<String> suggestion() {
    return Optional.ofNullable(suggestion);
  }
}
