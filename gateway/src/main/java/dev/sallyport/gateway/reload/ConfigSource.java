package dev.sallyport.gateway.reload;

import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.ConfigResult;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** A file that a configuration is read from, again and again. */
public final class ConfigSource {
  private final Path file;
  private final Function<String, Optional<String>> env;
  private final FileStamp stamp;

  /**
   * The source that {@code file} is. It is made before the file is read for the first time: what
   * changes between then and the moment that it is watched is a change.
   *
   * @param file the file, as it is named in problems
   * @param env the value of an environment variable, empty when it is not set
   */
  public ConfigSource(Path file, Function<String, Optional<String>> env) {
    this.file = file;
    this.env = env;
    this.stamp = FileStamp.of(file);
  }

  /** The file, as it is named in problems. */
  public Path file() {
    return file;
  }

  /** The value of an environment variable, empty when it is not set. */
  public Function<String, Optional<String>> env() {
    return env;
  }

  /** What the file was like before it was read for the first time. */
  FileStamp stamp() {
    return stamp;
  }

  /** Reads it as it is now. */
  public ConfigResult read() {
    return ConfigFile.read(file, env);
  }
}
