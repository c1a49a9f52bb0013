package dev.sallyport.gateway.config;

import java.util.List;
import java.util.Optional;

/**
 * What came of reading a configuration.
 *
 * @param config empty when any problem is an error
 * @param problems errors and warnings, in the order of the file
 */
public record ConfigResult(Optional<GatewayConfig> config, List<ConfigProblem> problems) {

  /** Copies the list. */
  public ConfigResult {
    problems = List.copyOf(problems);
  }
}
