package dev.sallyport.cli;

import dev.sallyport.gateway.config.QuickConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say all there is to say of a gateway with one route. */
final class QuickOptions {
  @Option(
      names = "--to",
      paramLabel = "URL",
      description = "The upstream: the server to relay to, with a path to begin at, if any.")
  private @Nullable String to;

  @Option(
      names = "--allow-origin",
      paramLabel = "ORIGIN",
      description = {
        "Whose pages may read the answers: https://blog.foo.com, https://*.foo.com for all hosts"
            + " under it, http://localhost:* for all ports, or * for everybody. Repeatable."
      })
  private List<String> allowOrigins = new ArrayList<>();

  @Option(
      names = "--allow-method",
      paramLabel = "METHOD",
      description = "A method they may use beside GET, HEAD and POST. Repeatable.")
  private List<String> allowMethods = new ArrayList<>();

  @Option(
      names = "--allow-header",
      paramLabel = "NAME",
      description = "A request header they may set. Repeatable.")
  private List<String> allowHeaders = new ArrayList<>();

  @Option(
      names = "--expose-header",
      paramLabel = "NAME",
      description = "A response header they may read. Repeatable.")
  private List<String> exposeHeaders = new ArrayList<>();

  @Option(
      names = "--allow-credentials",
      description = "They may read answers to requests with cookies; see --forward.")
  private boolean allowCredentials;

  @Option(
      names = "--max-age",
      paramLabel = "TIME",
      description = "How long browsers may keep the answer to a preflight: 600, 10m, 2h.")
  private @Nullable String maxAge;

  @Option(
      names = "--enforce",
      paramLabel = "WHAT",
      completionCandidates = Words.OfEnforcement.class,
      description = {
        "What is refused here, and not only kept from the page by its browser: unsafe methods from"
            + " other sites (cross-site, the default), all origins that are not allowed (origin), or"
            + " nothing (browser)."
      })
  private @Nullable String enforce;

  @Option(
      names = "--set-header",
      paramLabel = "HEADER",
      description = {
        "A header to add towards the upstream, \"name: value\"; $${env:NAME} in the value is the"
            + " environment variable NAME. Repeatable."
      })
  private List<String> setHeaders = new ArrayList<>();

  @Option(
      names = "--forward",
      paramLabel = "NAME",
      description = {
        "What is passed on only because it is named: cookie and authorization of the page,"
            + " set-cookie of the upstream. Repeatable."
      })
  private List<String> forward = new ArrayList<>();

  @Option(
      names = "--host",
      paramLabel = "NAME",
      description = "The only host by which the gateway is called; absent: any.")
  private @Nullable String host;

  @Option(
      names = "--listen",
      paramLabel = "ADDRESS",
      description = {
        "Where to listen; 127.0.0.1:8080 when absent. A port alone is one of this machine only, port"
            + " 0 any that is free. Repeatable."
      })
  private List<String> listen = new ArrayList<>();

  @Option(
      names = "--admin",
      paramLabel = "ADDRESS",
      description = "Where operators find /metrics, /healthz and /readyz; absent: nowhere.")
  private @Nullable String admin;

  @Option(
      names = "--transport",
      paramLabel = "KIND",
      completionCandidates = Words.OfTransport.class,
      description = {
        "Which interface of the operating system carries the connections: ${COMPLETION-CANDIDATES};"
            + " auto when absent."
      })
  private @Nullable String transport;

  /** The configuration that they make; empty without {@code --to}. */
  Optional<QuickConfig> config() {
    if (to == null) {
      return Optional.empty();
    }
    QuickConfig config =
        new QuickConfig(to)
            .listen(listen)
            .allowOrigins(allowOrigins)
            .allowMethods(allowMethods)
            .allowHeaders(allowHeaders)
            .exposeHeaders(exposeHeaders)
            .allowCredentials(allowCredentials)
            .forward(forward)
            .setHeaders(setHeaders);
    Optional.ofNullable(maxAge).ifPresent(config::maxAge);
    Optional.ofNullable(enforce).ifPresent(config::enforce);
    Optional.ofNullable(host).ifPresent(config::host);
    Optional.ofNullable(admin).ifPresent(config::admin);
    Optional.ofNullable(transport).ifPresent(config::transport);
    return Optional.of(config);
  }
}
