package dev.sallyport.gateway.config;

/**
 * One thing that is wrong with a configuration, or that its author would want to know.
 *
 * @param file the file as it was named, or the option of the command line: {@code --allow-origin}
 * @param line from 1; 0 when the problem has no position
 * @param column from 1, counting characters as an editor does; 0 when the problem has no position
 * @param error whether it keeps the configuration from being used
 * @param message what is wrong, why, and how to mend it
 */
public record ConfigProblem(String file, int line, int column, boolean error, String message) {

  /** {@code sallyport.yaml:12:22: message}, the form that editors and terminals make clickable. */
  @Override
  public String toString() {
    String position = line > 0 ? file + ":" + line + ":" + column : file;
    return position + (error ? ": " : ": warning: ") + message;
  }
}
