package dev.sallyport.fuzz;

import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.ConfigProblem;
import dev.sallyport.gateway.config.ConfigResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/** A configuration file. */
public final class ConfigurationTarget {
  private ConfigurationTarget() {}

  /** Called by the fuzzer. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    ConfigResult result =
        ConfigFile.read("fuzz.yaml", new ByteArrayInputStream(input), name -> Optional.empty());
    boolean wrong = result.problems().stream().anyMatch(ConfigProblem::error);
    Law.that(
        result.config().isPresent() != wrong,
        "there is a configuration or an error",
        Law.text(input));
  }
}
