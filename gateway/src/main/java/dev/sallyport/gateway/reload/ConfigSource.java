package dev.sallyport.gateway.reload;

import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.ConfigResult;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * A file that a configuration is read from, again and again.
 *
 * @param file the file, as it is named in problems
 * @param env the value of an environment variable, empty when it is not set
 */
public record ConfigSource(Path file, Function<String, Optional<String>> env) {

  /** Reads it as it is now. */
  ConfigResult read() {
    return ConfigFile.read(file, env);
  }
}
