package dev.sallyport.cli;

import dev.sallyport.cli.logging.LogLevel;
import dev.sallyport.cli.logging.Logging;
import dev.sallyport.gateway.Gateway;
import dev.sallyport.gateway.GatewayStartException;
import dev.sallyport.gateway.config.ConfigResult;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.config.QuickConfig;
import dev.sallyport.gateway.reload.ConfigSource;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sallyport serve}: runs the gateway until it is told to stop. */
@Command(
    name = "serve",
    customSynopsis = {
      "${COMMAND-FULL-NAME} --to URL --allow-origin ORIGIN [OPTION]...",
      "       ${COMMAND-FULL-NAME} --config FILE [OPTION]..."
    },
    header =
        "Run the gateway: pages call it, it calls the API, and its answers carry CORS headers.",
    description = {
      "With --to, one route is described by options. With --config, a file describes as many as there"
          + " are; see ${ROOT-COMMAND-NAME} schema and ${ROOT-COMMAND-NAME} validate.",
      "",
      "A file is read again when it, or a certificate or key that it names, has changed, and at SIGHUP. One"
          + " with an error is refused, and what served before serves on. A file that accessLog names is opened"
          + " again at SIGHUP in any case.",
      "",
      "SIGINT (Ctrl-C) and SIGTERM let what is under way finish; a second one ends at once."
    },
    footer = {
      "Let pages of one origin use an API that knows no CORS:",
      "  ${ROOT-COMMAND-NAME} serve --to https://photos.bar.com/api \\",
      "      --allow-origin https://blog.foo.com",
      "While developing: any port of this machine, methods that are preflighted, a header of its own:",
      "  ${ROOT-COMMAND-NAME} serve --to https://photos.bar.com/api \\",
      "      --allow-origin 'http://localhost:*' --allow-method PUT --allow-method DELETE \\",
      "      --allow-header content-type --expose-header etag",
      "With the page's cookies, and a key that the page never sees:",
      "  ${ROOT-COMMAND-NAME} serve --to https://photos.bar.com/api \\",
      "      --allow-origin https://blog.foo.com --allow-credentials --forward cookie \\",
      "      --set-header 'x-api-key: $${env:PHOTOS_KEY}'",
      "Many routes, from a file:",
      "  ${ROOT-COMMAND-NAME} serve --config sallyport.yaml"
    },
    exitCodeList = {
      "0:It was told to stop, and did.",
      "1:The configuration has errors, or where it should listen is taken.",
      "2:The command was called wrongly.",
      "130:A second Ctrl-C ended it at once; 143 after a second SIGTERM."
    })
final class ServeCommand implements Callable<Integer> {
  private final Environment environment;

  @SuppressWarnings("NullAway.Init") // set by picocli
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The configuration; instead of --to and the options that go with it.")
  private @Nullable Path file;

  @Mixin private QuickOptions quick;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      completionCandidates = Words.OfLogLevel.class,
      description = {
        "How much is logged, on standard error: ${COMPLETION-CANDIDATES}; info when absent: each"
            + " request, and why one was denied."
      })
  private @Nullable LogLevel logLevel;

  @Option(
      names = "--no-access-log",
      description = {
        "No line for each request on standard error; accessLog in a file is its own affair."
      })
  private boolean noAccessLog;

  @Option(
      names = {"-q", "--quiet"},
      description = "Only warnings and errors.")
  private boolean quiet;

  private @Nullable ConfigSource source;

  ServeCommand(Environment environment) {
    this.environment = environment;
    this.quick = new QuickOptions();
  }

  @Override
  public Integer call() {
    ConfigResult result = read();
    String prefix = file == null ? "sallyport: " : "";
    result.problems().forEach(problem -> environment.err().println(prefix + problem));
    if (result.config().isEmpty()) {
      environment
          .err()
          .println("sallyport: nothing is served: " + ProblemCount.of(result.problems()) + ".");
      return file == null ? Exit.USAGE : Exit.NO;
    }
    return serve(result.config().get());
  }

  private ConfigResult read() {
    Optional<OptionSpec> used =
        spec.commandLine().getParseResult().matchedOptions().stream()
            .filter(
                option ->
                    option.userObject() instanceof Field field
                        && field.getDeclaringClass() == QuickOptions.class)
            .findFirst();
    if (file != null && used.isPresent()) {
      throw usage(
          "--config and "
              + used.get().longestName()
              + " do not go together: the file says all there is to say. Write it there");
    }
    if (file != null) {
      ConfigSource read = new ConfigSource(file, environment.variables());
      source = read;
      return read.read();
    }
    QuickConfig config =
        quick
            .config()
            .orElseThrow(
                () ->
                    usage(
                        "it is not said what to relay. Name a server with --to and its pages with"
                            + " --allow-origin, or a file with --config"));
    return config.build(environment.variables());
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int serve(GatewayConfig config) {
    LogLevel standard = quiet ? LogLevel.WARN : LogLevel.INFO;
    Logging.start(logLevel == null ? standard : logLevel, !noAccessLog);
    CompletableFuture<Void> told = new CompletableFuture<>();
    environment.stopSignals().onFirst(() -> told.complete(null));
    try (Gateway gateway = start(config)) {
      talk(
          String.join(
              "\n",
              Banner.of(
                  config, gateway.addresses(), gateway.adminAddress(), environment.errColours())));
      told.join();
      talk(
          "sallyport: finishing what is under way, for "
              + config.limits().grace().toSeconds()
              + " s at most; another signal ends it at once.");
      gateway.stop().toCompletableFuture().join();
      talk("sallyport: stopped.");
      return Exit.FINE;
    } catch (GatewayStartException e) {
      environment.err().println("sallyport: " + e.getMessage());
      return Exit.NO;
    } finally {
      Logging.stop();
    }
  }

  private Gateway start(GatewayConfig config) throws GatewayStartException {
    ConfigSource read = source;
    if (read == null) {
      return Gateway.start(config);
    }
    Gateway gateway = Gateway.start(config, read);
    environment.stopSignals().onHangup(() -> gateway.reload("SIGHUP"));
    return gateway;
  }

  private void talk(String text) {
    if (!quiet) {
      environment.err().println(text);
      environment.err().flush();
    }
  }
}
