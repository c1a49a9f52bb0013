package dev.sallyport.gateway.config;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.Enforcement;
import dev.sallyport.gateway.config.Route.Cookies;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.Printable;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Warns of what a route says in one part and undoes in another. */
final class RouteLint {
  private static final String COOKIE = "cookie";
  private static final String AUTHORIZATION = "authorization";

  private final Reading reading;
  private final RouteReader.Placed placed;
  private final RequestRules rules;

  private RouteLint(Reading reading, RouteReader.Placed placed) {
    this.reading = reading;
    this.placed = placed;
    this.rules = placed.route().request();
  }

  static void check(Reading reading, RouteReader.Placed placed) {
    new RouteLint(reading, placed).check();
  }

  private void check() {
    Optional<String> secret = secret(placed.route());
    if (placed.route().cors() instanceof RouteCors.Policy policy) {
      checkAuthorization(policy.policy());
      checkCookies(policy.policy());
      secret.ifPresent(header -> checkSecret(header, policy.policy()));
    } else if (placed.route().cors() instanceof RouteCors.Passthrough) {
      secret.ifPresent(
          header ->
              reading.warning(
                  at("cors"),
                  "cors: passthrough enforces nothing here, and this route adds the secret "
                      + header
                      + " to every page's requests. Write a policy instead, which refuses what it denies."));
    }
  }

  /** The first that carries a secret to the upstream: {@code header "x-api-key"}. */
  static Optional<String> secret(Route route) {
    return Stream.concat(
            secrets("header", route.request().setHeaders()),
            secrets("query parameter", route.request().setQuery()))
        .findFirst();
  }

  private static Stream<String> secrets(String kind, Map<String, HeaderValue> values) {
    return values.entrySet().stream()
        .filter(each -> each.getValue().secret())
        .map(each -> kind + " \"" + Printable.of(each.getKey()) + "\"");
  }

  private void checkAuthorization(CorsPolicy policy) {
    boolean reaches =
        rules.forward().contains(AUTHORIZATION) || rules.setHeaders().containsKey(AUTHORIZATION);
    if (policy.allowHeaders().contains(AUTHORIZATION) && !reaches) {
      reading.warning(
          placed.cors().element("allowHeaders", AUTHORIZATION).orElse(at("allowHeaders")),
          "pages may send authorization, and it is dropped on the way. Add it to request.forward if the upstream is"
              + " to see it.");
    }
  }

  private void checkCookies(CorsPolicy policy) {
    if (placed.route().cookies() == Cookies.REWRITE) {
      if (!policy.allowCredentials()) {
        reading.warning(
            placed.place(),
            "cookies are rewritten, and no page of another origin may read an answer to a request with cookies. Set"
                + " cors.allowCredentials to true, or remove cookies.");
      }
      return;
    }
    boolean forwarded = rules.forward().contains(COOKIE);
    if (policy.allowCredentials() && !forwarded && !rules.forward().contains(AUTHORIZATION)) {
      reading.warning(
          at("allowCredentials"),
          "allowCredentials is on, and the cookies of pages are dropped on the way. Add cookie to request.forward"
              + " if the upstream is to see them, or set allowCredentials to false.");
    }
    if (forwarded && !policy.allowCredentials()) {
      reading.warning(
          placed.request().forward().getOrDefault(COOKIE, placed.place()),
          "cookie is forwarded, and no page of another origin may read an answer to a request with cookies. Set"
              + " cors.allowCredentials to true, or remove it here.");
    }
  }

  private void checkSecret(String header, CorsPolicy policy) {
    if (policy.isReportOnly()) {
      reading.warning(at("mode"), unenforced("mode: report-only", header));
    } else if (policy.enforcement() == Enforcement.BROWSER) {
      reading.warning(at("enforce"), unenforced("enforce: browser", header));
    } else if (policy.allowOrigins().stream().anyMatch(OriginPattern.Any.class::isInstance)) {
      reading.warning(
          at("allowOrigins"),
          "origin pattern \"*\" lets every site use this route, and with it the secret "
              + header
              + ". List the origins of your pages.");
    }
  }

  private static String unenforced(String what, String header) {
    return what
        + " lets the requests of denied pages through, and this route adds the secret "
        + header
        + " to them: such a page cannot read the answer, but what it asks for is done. Write enforce: cross-site"
        + " or origin"
        + (what.startsWith("mode") ? ", with mode: enforce." : ".");
  }

  private Place at(String key) {
    return placed.cors().place(key, placed.place());
  }
}
