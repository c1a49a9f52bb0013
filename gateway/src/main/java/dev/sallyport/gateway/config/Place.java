package dev.sallyport.gateway.config;

/**
 * Where something was written.
 *
 * @param source the file, or the option of the command line
 * @param line from 1; 0 when there is no position
 * @param column from 1; 0 when there is no position
 */
record Place(String source, int line, int column) {

  /** The place of what was given by an option, or of a file as a whole. */
  static Place whole(String source) {
    return new Place(source, 0, 0);
  }

  /** As a message about something like it refers to it: {@code , first in line 12}. */
  String first() {
    return line > 0 ? ", first in line " + line : "";
  }

  /** As a message about something else refers to it: {@code the one in line 12}. */
  String one() {
    return line > 0 ? "the one in line " + line : "another";
  }
}
