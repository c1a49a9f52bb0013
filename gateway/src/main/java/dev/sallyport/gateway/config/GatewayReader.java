package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Mapping;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.gateway.config.Value.Sequence;
import dev.sallyport.gateway.egress.Egress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a whole configuration. */
final class GatewayReader {
  private static final int MOST_WORKERS = 1_024;
  private static final String MINIMAL =
      "routes: [{upstream: "
          + UpstreamReader.EXAMPLE
          + ", cors: {allowOrigins: [\"https://blog.foo.com\"]}}]";

  private final Reading reading;

  GatewayReader(Reading reading) {
    this.reading = reading;
  }

  /** The configuration that {@code value} says; empty if there is any error. */
  ConfigResult read(Value value) {
    Optional<GatewayConfig> config = Optional.empty();
    if (value instanceof Mapping) {
      config = Fields.open(reading, value, Keys.FILE, "the file", MINIMAL).map(this::read);
    } else {
      reading.error(
          value.place(),
          "the file is "
              + value.describe()
              + "; it has to be a mapping that begins with keys such as listen and routes.");
    }
    return new ConfigResult(
        config.filter(read -> !reading.problems().hasErrors()), reading.problems().sorted());
  }

  /** What is said of a file that holds nothing. */
  static void tellEmpty(Problems problems, Place at) {
    problems.error(at, "the file is empty. Begin with a route: " + MINIMAL + ".");
  }

  private GatewayConfig read(Fields fields) {
    OriginSets sets = OriginSets.read(reading, fields.get("origins"));
    List<ListenersReader.Placed> listeners =
        ListenersReader.read(reading, fields.get("listen"), fields.place());
    CorsReader corsReader = new CorsReader(reading, sets);
    Egress egress = EgressReader.read(reading, fields.get("egress"));
    List<RouteReader.Placed> routes = routes(fields, corsReader, egress);
    fields
        .get("relay")
        .flatMap(value -> RelayReader.read(reading, corsReader, egress, value))
        .ifPresent(routes::add);
    new RouteTable(reading, routes, listeners).check();
    checkEgress(fields, egress, routes);
    sets.tellUnused();
    return new GatewayConfig(
        listeners.stream().map(ListenersReader.Placed::listener).toList(),
        AdminReader.read(reading, fields.get("admin"), listeners),
        AccessLogReader.read(reading, fields.get("accessLog")),
        fields.get("workers").map(this::workers).orElse(OptionalInt.empty()),
        fields
            .choice("transport", Transport.values(), each -> each.name().toLowerCase(Locale.ROOT))
            .orElse(Transport.AUTO),
        LimitsReader.connections(reading, fields.get("limits")),
        Networks.read(reading, fields.texts("trustedProxies", Networks.EXAMPLE)),
        routes.stream().map(RouteReader.Placed::route).toList());
  }

  private List<RouteReader.Placed> routes(Fields fields, CorsReader corsReader, Egress egress) {
    List<RouteReader.Placed> routes = new ArrayList<>();
    Optional<Value> list = fields.get("routes");
    if (list.isEmpty()) {
      reading.error(fields.place(), "there are no routes. Add one: " + MINIMAL + ".");
    } else if (list.get() instanceof Sequence sequence && sequence.items().isEmpty()) {
      reading.error(list.get().place(), "routes is an empty list. Add one: " + MINIMAL + ".");
    } else {
      for (Value item :
          reading.list(list.get(), "routes", "[{upstream: " + UpstreamReader.EXAMPLE + "}]")) {
        RouteReader.read(reading, corsReader, egress, item).ifPresent(routes::add);
      }
    }
    return routes;
  }

  /** Upstreams are called wherever they are: who wrote them down meant them. */
  private void checkEgress(Fields fields, Egress egress, List<RouteReader.Placed> routes) {
    boolean asked =
        routes.stream()
            .map(RouteReader.Placed::route)
            .anyMatch(
                route ->
                    route.destination() instanceof Targets
                        || !route.followTo().patterns().isEmpty());
    if (!egress.allow().isEmpty() && !asked) {
      reading.warning(
          fields.keyPlace("egress"),
          "egress does nothing: there is no relay and no followTo, and upstreams are called wherever they are."
              + " Remove it.");
    }
  }

  private OptionalInt workers(Value value) {
    if (value instanceof Scalar scalar
        && scalar.kind() == Kind.TEXT
        && scalar.text().equals("auto")) {
      return OptionalInt.empty();
    }
    if (value instanceof Scalar scalar && scalar.kind() == Kind.INTEGER) {
      return OptionalInt.of(reading.integer(value, "workers", 1, MOST_WORKERS, 2));
    }
    reading.wrongKind(value, "workers", "auto or a whole number from 1 to " + MOST_WORKERS, "2");
    return OptionalInt.empty();
  }
}
