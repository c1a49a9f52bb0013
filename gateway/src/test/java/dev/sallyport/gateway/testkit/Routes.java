package dev.sallyport.gateway.testkit;

import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsPolicyBuilder;
import dev.sallyport.cors.Enforcement;
import dev.sallyport.gateway.config.AccessLogging;
import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.config.Destination;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.config.Listener;
import dev.sallyport.gateway.config.RequestRules;
import dev.sallyport.gateway.config.ResponseRules;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.Route.Cookies;
import dev.sallyport.gateway.config.Route.Rate;
import dev.sallyport.gateway.config.Route.Redirects;
import dev.sallyport.gateway.config.RouteCors;
import dev.sallyport.gateway.config.Targets;
import dev.sallyport.gateway.config.Transport;
import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.egress.Egress;
import dev.sallyport.gateway.egress.Network;
import dev.sallyport.origin.OriginPattern;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Makes routes: one that differs from the common one in what a test is about. */
public final class Routes {
  /** The origin that the common route allows. */
  public static final String BLOG = "https://blog.foo.com";

  /** Where the upstreams of tests are. */
  public static final Egress LOOPBACK =
      new Egress(List.of(new Network(new byte[] {127, 0, 0, 0}, 8)));

  private String path = "/";
  private Optional<String> host = Optional.empty();
  private Set<String> methods = Set.of();
  private Destination destination;
  private RouteCors cors = policy(builder -> builder);
  private RequestRules request = RequestRules.NONE;
  private ResponseRules response = ResponseRules.NONE;
  private Redirects redirects = Redirects.REWRITE;
  private Targets followTo = Targets.NONE;
  private Cookies cookies = Cookies.OFF;
  private Duration timeout = Duration.ofSeconds(15);
  private OptionalLong requestBody = OptionalLong.empty();
  private Optional<Rate> perClient = Optional.empty();
  private Optional<Rate> perOrigin = Optional.empty();

  private Routes(Destination destination) {
    this.destination = destination;
  }

  /** A route of everything to {@code upstream}. */
  public static Routes to(FaultyUpstream upstream) {
    return to(upstream.port());
  }

  /** A route of everything to a port of loopback. */
  public static Routes to(int port) {
    return new Routes(new Upstream(false, "127.0.0.1", OptionalInt.of(port), ""));
  }

  /** A route of everything to {@code upstream}. */
  public static Routes to(Upstream upstream) {
    return new Routes(upstream);
  }

  /** A relay at {@code /relay} to whatever of these targets the path names. */
  public static Routes relay(Egress egress, String... targets) {
    return new Routes(targets(egress, targets)).path("/relay");
  }

  /** A relay at {@code /relay} to what is at loopback, whatever of these targets the path names. */
  public static Routes relay(String... targets) {
    return relay(LOOPBACK, targets);
  }

  private static Targets targets(Egress egress, String... targets) {
    return new Targets(Stream.of(targets).map(OriginPattern::parse).toList(), egress);
  }

  /** The policy that allows {@link #BLOG}, enforced as routes do, changed by {@code change}. */
  public static RouteCors policy(UnaryOperator<CorsPolicyBuilder> change) {
    return new RouteCors.Policy(
        change
            .apply(CorsPolicy.builder().allowOrigins(BLOG).enforce(Enforcement.CROSS_SITE))
            .build());
  }

  public Routes path(String value) {
    path = value;
    return this;
  }

  public Routes basePath(String value) {
    Upstream upstream = (Upstream) destination;
    destination =
        new Upstream(upstream.tls(), upstream.host(), upstream.port(), value)
            .with(upstream.protocol(), upstream.ownTls());
    return this;
  }

  public Routes host(String value) {
    host = Optional.of(value);
    return this;
  }

  public Routes methods(String... values) {
    methods = Set.of(values);
    return this;
  }

  public Routes cors(RouteCors value) {
    cors = value;
    return this;
  }

  public Routes request(RequestRules value) {
    request = value;
    return this;
  }

  public Routes response(ResponseRules value) {
    response = value;
    return this;
  }

  public Routes redirects(Redirects value) {
    redirects = value;
    return this;
  }

  /** Redirects are followed, beside the upstream itself to these. */
  public Routes follow(Egress egress, String... targets) {
    redirects = Redirects.FOLLOW;
    followTo = targets(egress, targets);
    return this;
  }

  public Routes cookies(Cookies value) {
    cookies = value;
    return this;
  }

  public Routes timeout(Duration value) {
    timeout = value;
    return this;
  }

  public Routes requestBody(long value) {
    requestBody = OptionalLong.of(value);
    return this;
  }

  public Routes perClient(long requests, Duration per) {
    perClient = Optional.of(new Rate(requests, per));
    return this;
  }

  public Routes perOrigin(long requests, Duration per) {
    perOrigin = Optional.of(new Rate(requests, per));
    return this;
  }

  /** The route. */
  public Route build() {
    return new Route(
        path,
        host,
        methods,
        destination,
        cors,
        request,
        response,
        redirects,
        followTo,
        cookies,
        timeout,
        requestBody,
        perClient,
        perOrigin);
  }

  /** A gateway of these routes on loopback. */
  public static GatewayConfig config(ConnectionLimits limits, Routes... routes) {
    return new GatewayConfig(
        List.of(new Listener("127.0.0.1", 0, Optional.empty())),
        Optional.empty(),
        AccessLogging.TEXT,
        OptionalInt.of(1),
        Transport.AUTO,
        limits,
        List.of(),
        List.of(routes).stream().map(Routes::build).toList());
  }

  /** A gateway of these routes on loopback. */
  public static GatewayConfig config(Route... routes) {
    return new GatewayConfig(
        List.of(new Listener("127.0.0.1", 0, Optional.empty())),
        Optional.empty(),
        AccessLogging.TEXT,
        OptionalInt.of(1),
        Transport.AUTO,
        ConnectionLimits.DEFAULT,
        List.of(),
        List.of(routes));
  }

  /** A gateway of these routes on loopback, with the limits that are common. */
  public static GatewayConfig config(Routes... routes) {
    return config(ConnectionLimits.DEFAULT, routes);
  }
}
