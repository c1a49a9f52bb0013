package dev.sallyport.gateway.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where each request is written down when it is over, and how.
 *
 * @param format how
 * @param output where; of no meaning for {@link Format#OFF} and {@link Format#TEXT}
 * @param file the file, where {@code output} is one
 */
public record AccessLogging(Format format, Output output, Optional<Path> file) {
  /** A line for people, in the program's own log. */
  public static final AccessLogging TEXT =
      new AccessLogging(Format.TEXT, Output.STDERR, Optional.empty());

  /** How a request is written down. */
  public enum Format {
    /** A line for people, in the program's own log. */
    TEXT,
    /** Not at all. */
    OFF,
    /** A JSON object a line. */
    JSON,
    /** The Common Log Format of NCSA httpd. */
    COMMON,
    /** The same, with {@code Referer} and {@code User-Agent}. */
    COMBINED
  }

  /** What lines are written to. */
  public enum Output {
    /** Standard output. */
    STDOUT,
    /** Standard error. */
    STDERR,
    /** A file. */
    FILE
  }

  /** Whether there is an access log beside the program's own. */
  public boolean isOwn() {
    return format != Format.TEXT && format != Format.OFF;
  }
}
