package dev.sallyport.cli;

import dev.sallyport.gateway.config.ConfigSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sallyport schema}: the JSON Schema of the configuration file. */
@Command(
    name = "schema",
    header = "Print the JSON Schema of the configuration, which editors use to complete and check.",
    footer = {
      "Write it beside the configuration:",
      "  ${ROOT-COMMAND-NAME} schema > sallyport.schema.json",
      "then let the first line of sallyport.yaml name it, for editors with a YAML language server:",
      "  # yaml-language-server: $schema=sallyport.schema.json"
    })
final class SchemaCommand implements Callable<Integer> {
  private final Environment environment;

  SchemaCommand(Environment environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() {
    environment.out().println(ConfigSchema.json().stripTrailing());
    return Exit.FINE;
  }
}
