package dev.sallyport.gateway.accesslog;

import dev.sallyport.gateway.config.AccessLogging.Format;

/** How a request is written as a line that nothing in the request can break or forge. */
@FunctionalInterface
interface LineFormat {
  /** Appends {@code entry} and the end of the line. */
  void append(AccessEntry entry, StringBuilder text);

  /** The one that {@code format} names. */
  static LineFormat of(Format format) {
    return switch (format) {
      case JSON -> new JsonLine()::append;
      case COMMON -> new CommonLine(false)::append;
      case COMBINED -> new CommonLine(true)::append;
      case TEXT, OFF -> throw new IllegalArgumentException("no lines of an access log: " + format);
    };
  }
}
