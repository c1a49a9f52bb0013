package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.limits.QuotaStore;
import dev.sallyport.gateway.route.Router;
import dev.sallyport.gateway.route.ServedRoute;
import dev.sallyport.gateway.route.UnroutedCors;
import dev.sallyport.gateway.telemetry.RouteMeters;
import dev.sallyport.gateway.telemetry.Telemetry;
import dev.sallyport.gateway.tls.ShownCertificates;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one configuration makes of requests. It never changes; a reload puts another in its place,
 * and a request ends under the rules that it began under.
 */
public final class Rules {
  private final ConnectionLimits limits;
  private final Router router;
  private final UnroutedCors unrouted;
  private final List<Optional<ShownCertificates>> certificates;
  private final TrustedProxies trustedProxies;
  private final Telemetry telemetry;
  private final Map<ServedRoute, RouteMeters> meters;

  private Rules(
      GatewayConfig config,
      Router router,
      List<? extends Optional<ShownCertificates>> certificates,
      Telemetry telemetry) {
    this.limits = config.limits();
    this.router = router;
    this.unrouted = new UnroutedCors(router);
    this.certificates = List.copyOf(certificates);
    this.trustedProxies = new TrustedProxies(config.trustedProxies());
    this.telemetry = telemetry;
    this.meters =
        router.all().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), served -> telemetry.of(served.route())));
  }

  /**
   * The rules that a gateway begins with.
   *
   * @param certificates what each listener shows, in the order of the configuration
   * @param quotas keeps the counts of quotas
   */
  public static Rules of(
      GatewayConfig config,
      List<? extends Optional<ShownCertificates>> certificates,
      QuotaStore quotas,
      Telemetry telemetry) {
    return new Rules(config, new Router(config.routes(), quotas), certificates, telemetry);
  }

  /** The rules of {@code config} after these: quotas that did not change keep their counts. */
  public Rules next(GatewayConfig config, List<? extends Optional<ShownCertificates>> shown) {
    return new Rules(config, router.next(config.routes()), shown, telemetry);
  }

  /** What one connection of a client may cost. */
  public ConnectionLimits limits() {
    return limits;
  }

  Router router() {
    return router;
  }

  UnroutedCors unrouted() {
    return unrouted;
  }

  /** What is counted of a route; of requests that came to none, for null. */
  RouteMeters meters(@Nullable ServedRoute route) {
    RouteMeters known = route == null ? null : meters.get(route);
    return known == null ? telemetry.unrouted() : known;
  }

  TrustedProxies trustedProxies() {
    return trustedProxies;
  }

  /** What a listener shows to a connection that comes now; empty for clear text. */
  Optional<ShownCertificates> certificate(int listener) {
    return certificates.get(listener);
  }
}
