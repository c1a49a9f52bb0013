package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Route.Cookies;
import dev.sallyport.gateway.config.Route.Redirects;
import dev.sallyport.gateway.config.RouteReader.Placed;
import dev.sallyport.gateway.egress.Egress;
import dev.sallyport.origin.OriginPattern;
import java.util.List;
import java.util.Optional;

/** Reads {@code relay}: the route to whatever URL the rest of the path names. */
final class RelayReader {
  private static final String SWITCH = "dangerouslyAllowAnyTarget";

  private final Reading reading;
  private final Fields fields;

  private RelayReader(Reading reading, Fields fields) {
    this.reading = reading;
    this.fields = fields;
  }

  /** The route that {@code value} says; empty when it is no mapping. */
  static Optional<Placed> read(Reading reading, CorsReader corsReader, Egress egress, Value value) {
    int before = reading.problems().errors();
    return Fields.open(
            reading,
            value,
            Keys.RELAY,
            "relay",
            "{path: /relay, targets: [\"" + TargetsReader.EXAMPLE + "\"]}")
        .map(
            fields -> {
              RelayReader relay = new RelayReader(reading, fields);
              relay.checkRequired();
              return relay.read(new RouteReader(reading, corsReader, fields, before), egress);
            });
  }

  private void checkRequired() {
    if (fields.get("path").isEmpty()) {
      reading.error(fields.place(), "relay has no path. Add path: /relay.");
    }
    if (fields.get("targets").isEmpty()) {
      reading.error(
          fields.place(),
          "relay has no targets. Add targets: [\"" + TargetsReader.EXAMPLE + "\"].");
    }
  }

  private Placed read(RouteReader route, Egress egress) {
    boolean any = fields.flag(SWITCH);
    Targets targets =
        fields
            .get("targets")
            .map(value -> new TargetsReader(reading, egress, "targets").read(value, any))
            .orElse(Targets.NONE);
    if (any && targets.patterns().stream().noneMatch(OriginPattern.Any.class::isInstance)) {
      reading.warning(
          fields.keyPlace(SWITCH), SWITCH + " does nothing: no target needs it. Remove it.");
    }
    Redirects redirects = route.redirects();
    Placed placed = route.placed(targets, redirects, Targets.NONE, Cookies.OFF, "targets");
    checkSecrets(placed);
    checkSandbox(placed.route().response());
    return placed;
  }

  /** A secret is bound to one server, and here whoever calls chooses the server. */
  private void checkSecrets(Placed placed) {
    RouteLint.secret(placed.route())
        .ifPresent(
            secret ->
                reading.error(
                    fields.valuePlace("request"),
                    secret
                        + " is secret, and relay would send it to every target. Make a route to the server that it"
                        + " is for."));
  }

  /**
   * What keeps scripts of others from the gateway's origin is not for the configuration to undo.
   */
  private void checkSandbox(ResponseRules response) {
    for (String header : List.of("content-security-policy", "x-content-type-options")) {
      if (response.setHeaders().containsKey(header) || response.removeHeaders().contains(header)) {
        reading.error(
            fields.valuePlace("response"),
            "header \""
                + header
                + "\" is written by relay itself, so that nothing of a target runs as the gateway's own. Remove it"
                + " here.");
      }
    }
  }
}
