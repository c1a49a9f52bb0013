package dev.sallyport.gateway.testkit;

import dev.sallyport.gateway.Gateway;
import dev.sallyport.gateway.GatewayStartException;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.reload.ConfigSource;
import dev.sallyport.gateway.reload.ReloadOutcome;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Gateways that serve what a file says, without variables of the environment. */
public final class FromFile {
  private FromFile() {}

  /** Serves {@code file}, which is taken up again when it changes. */
  public static Gateway start(Path file) throws GatewayStartException {
    ConfigSource source = new ConfigSource(file, name -> Optional.empty());
    GatewayConfig config = source.read().config().orElseThrow();
    return Gateway.start(config, source);
  }

  /** Reads the file of {@code gateway} again, at once. */
  public static ReloadOutcome reload(Gateway gateway) throws Exception {
    return gateway.reload("a test").orElseThrow().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
