package dev.sallyport.cli;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.config.Listener;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.RouteCors;
import dev.sallyport.gateway.config.Targets;
import dev.sallyport.origin.OriginPattern;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Help.Ansi;

/**
 * What a gateway says of itself when it begins: where it listens, what it relays, for whom, and a
 * line of JavaScript that shows it.
 */
final class Banner {
  private final GatewayConfig config;
  private final List<InetSocketAddress> addresses;
  private final Optional<InetSocketAddress> admin;
  private final Ansi colours;
  private final List<String> lines = new ArrayList<>();

  private Banner(
      GatewayConfig config,
      List<InetSocketAddress> addresses,
      Optional<InetSocketAddress> admin,
      Ansi colours) {
    this.config = config;
    this.addresses = addresses;
    this.admin = admin;
    this.colours = colours;
  }

  /**
   * The lines to print.
   *
   * @param addresses where the listeners of {@code config} really listen, in their order
   * @param admin where its admin listener really listens
   */
  static List<String> of(
      GatewayConfig config,
      List<InetSocketAddress> addresses,
      Optional<InetSocketAddress> admin,
      Ansi colours) {
    Banner banner = new Banner(config, addresses, admin, colours);
    banner.listeners();
    config.routes().forEach(banner::route);
    banner.lines.add("");
    config.routes().stream()
        .flatMap(route -> banner.invitation(route).stream())
        .findFirst()
        .ifPresent(banner.lines::addAll);
    banner.lines.add("Ctrl-C ends it, once what is under way is done.");
    return banner.lines;
  }

  private void listeners() {
    List<String> where = new ArrayList<>();
    for (int i = 0; i < addresses.size(); i++) {
      boolean everywhere = addresses.get(i).getAddress().isAnyLocalAddress();
      String url = base(i, config.listeners().get(i).host());
      where.add(bold(url) + (everywhere ? " (every address of this machine)" : ""));
    }
    lines.add("Sallyport " + Versions.sallyport() + " listens on " + String.join(", ", where));
    admin.ifPresent(
        address ->
            lines.add(
                "Operators find /metrics, /healthz and /readyz at "
                    + bold("http://" + NetUtil.toSocketAddressString(address))));
  }

  /** {@code http://127.0.0.1:8080}. */
  private String base(int listener, String host) {
    boolean tls = config.listeners().get(listener).tls().isPresent();
    int port = addresses.get(listener).getPort();
    String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
    return (tls ? "https://" : "http://")
        + bracketed
        + (port == (tls ? 443 : 80) ? "" : ":" + port);
  }

  /** What a page on this machine calls: {@code http://127.0.0.1:8080/photos}. */
  private String callable(Route route) {
    Listener first = config.listeners().get(0);
    String reachable =
        addresses.get(0).getAddress().isAnyLocalAddress() ? "localhost" : first.host();
    return base(0, route.host().orElse(reachable)) + route.path();
  }

  /** What stands before the URL in a call of a relay: {@code http://127.0.0.1:8080/relay/}. */
  private String below(Route relay) {
    return callable(relay) + (relay.path().endsWith("/") ? "" : "/");
  }

  /** A URL that a page can call to see the route work; empty for a relay to no one server. */
  private Optional<String> example(Route route) {
    if (!(route.destination() instanceof Targets targets)) {
      return Optional.of(callable(route));
    }
    return targets.patterns().stream()
        .filter(OriginPattern.Exact.class::isInstance)
        .findFirst()
        .map(target -> below(route) + target + "/");
  }

  private void route(Route route) {
    lines.add("");
    if (route.destination() instanceof Targets targets) {
      String of =
          targets.patterns().stream().anyMatch(OriginPattern.Any.class::isInstance)
              ? "any server"
              : targets.toString();
      lines.add("  " + bold(below(route) + "URL") + "  ->  " + bold("URL") + ", of " + bold(of));
    } else {
      lines.add("  " + bold(callable(route)) + "  ->  " + bold(route.destination().toString()));
    }
    if (!route.methods().isEmpty()) {
      row("only for", sorted(route.methods()));
    }
    if (route.cors() instanceof RouteCors.Policy policy) {
      policy(policy.policy());
    } else if (route.cors() instanceof RouteCors.Passthrough) {
      row("for pages of", "those whom the upstream allows, by CORS headers of its own");
    } else {
      row("for pages of", "nobody: the route has no cors");
    }
    if (!route.request().setHeaders().isEmpty()) {
      row(
          "adds",
          String.join(", ", route.request().setHeaders().keySet()) + ", towards the upstream");
    }
    if (!route.request().forward().isEmpty()) {
      row("passes on", sorted(route.request().forward()));
    }
  }

  private void policy(CorsPolicy policy) {
    row(
        "for pages of",
        String.join(", ", policy.allowOrigins().stream().map(Banner::who).toList()));
    Set<String> methods = new LinkedHashSet<>(List.of("GET", "HEAD", "POST"));
    methods.addAll(policy.allowMethods());
    row("methods", methods.contains("*") ? "all" : String.join(", ", methods));
    rowIfAny("headers", policy.allowHeaders(), "all but authorization");
    rowIfAny("exposes", policy.exposeHeaders(), "all");
    if (policy.allowCredentials()) {
      row("credentials", "allowed");
    }
    if (policy.isReportOnly()) {
      row("mode", "report-only: the policy is logged, and not applied");
    }
  }

  private static String who(OriginPattern pattern) {
    return pattern instanceof OriginPattern.Any ? "any origin" : pattern.toString();
  }

  private void rowIfAny(String name, List<String> values, String all) {
    if (!values.isEmpty()) {
      String named = String.join(", ", values.stream().filter(v -> !v.equals("*")).toList());
      row(name, values.contains("*") ? named.isEmpty() ? all : all + "; " + named : named);
    }
  }

  private void row(String name, String value) {
    lines.add("    " + name + " ".repeat(14 - name.length()) + value);
  }

  private static String sorted(Collection<String> names) {
    return String.join(", ", names.stream().sorted().toList());
  }

  /** What to paste where, to see the route work; empty when no page can do that with a GET. */
  private Optional<List<String>> invitation(Route route) {
    if (!(route.cors() instanceof RouteCors.Policy cors)
        || !route.methods().isEmpty() && !route.methods().contains("GET")
        || example(route).isEmpty()) {
      return Optional.empty();
    }
    CorsPolicy policy = cors.policy();
    String credentials = policy.allowCredentials() ? ", {credentials: \"include\"}" : "";
    return policy.allowOrigins().stream()
        .filter(pattern -> !(pattern instanceof OriginPattern.Null))
        .findFirst()
        .map(
            pattern ->
                List.of(
                    "Open " + page(pattern) + " in a browser, its console with F12, and paste:",
                    "",
                    bold(
                        "  await (await fetch(\""
                            + example(route).orElseThrow()
                            + "\""
                            + credentials
                            + ")).text()"),
                    ""));
  }

  private static String page(OriginPattern pattern) {
    if (pattern instanceof OriginPattern.Exact exact) {
      return "a page of " + exact;
    }
    return pattern instanceof OriginPattern.Any ? "any page" : "a page of any " + pattern;
  }

  private String bold(String text) {
    return Colours.bold(colours, text);
  }
}
