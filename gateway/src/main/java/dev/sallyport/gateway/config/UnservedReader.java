package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.gateway.config.Value.Sequence;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginPatternException;
import dev.sallyport.origin.Printable;
import java.util.Optional;

/**
 * Checks the keys that have their place in the configuration and that this version does not serve.
 * Each only ever opens something, so that ignoring it is safe; each is told, so that nobody waits
 * for it.
 */
final class UnservedReader {
  private static final String TARGET = "https://*.bar.com";

  private final Reading reading;
  private final CorsReader corsReader;

  UnservedReader(Reading reading, CorsReader corsReader) {
    this.reading = reading;
    this.corsReader = corsReader;
  }

  void check(Fields fields) {
    fields.get("admin").ifPresent(value -> checkAdmin(value, fields));
    fields
        .get("relay")
        .ifPresent(
            value -> {
              tell(fields, "relay");
              Fields.open(
                      reading,
                      value,
                      Keys.RELAY,
                      "relay",
                      "{path: /relay, targets: [\"https://*.bar.com\"]}")
                  .ifPresent(this::checkRelay);
            });
    fields
        .get("egress")
        .ifPresent(
            value -> {
              tell(fields, "egress");
              Fields.open(reading, value, Keys.EGRESS, "egress", "{allow: []}")
                  .ifPresent(
                      egress -> egress.texts("allow", Network.EXAMPLE).forEach(this::checkNetwork));
            });
  }

  private void checkAdmin(Value value, Fields fields) {
    boolean off =
        value instanceof Scalar scalar && scalar.kind() == Kind.TEXT && scalar.text().equals("off");
    if (!off && Address.read(reading, value, "admin").isPresent()) {
      tell(fields, "admin");
    }
  }

  private void tell(Fields fields, String key) {
    reading.warning(
        fields.keyPlace(key),
        key
            + " is not served by this version: nothing is opened. Remove it to be rid of this warning.");
  }

  private void checkRelay(Fields relay) {
    if (relay.get("path").isEmpty()) {
      reading.error(relay.place(), "relay has no path. Add path: /relay.");
    }
    if (relay.get("targets").isEmpty()) {
      reading.error(relay.place(), "relay has no targets. Add targets: [\"" + TARGET + "\"].");
    }
    relay.get("path").ifPresent(value -> RouteReader.path(reading, value));
    if (relay.get("targets").orElse(null) instanceof Sequence targets
        && targets.items().isEmpty()) {
      reading.error(
          targets.place(),
          "targets is an empty list, so that nothing could be called. List origins such as "
              + TARGET
              + ".");
    }
    for (Scalar target : relay.texts("targets", TARGET)) {
      checkTarget(target);
    }
    Optional<Value> cors = relay.get("cors");
    corsReader.read(cors);
  }

  private void checkNetwork(Scalar network) {
    try {
      Network.check(network.text());
    } catch (Fault fault) {
      reading.error(
          network.place(), "network \"" + Printable.of(network.text()) + "\" " + fault.text());
    }
  }

  private void checkTarget(Scalar target) {
    try {
      OriginPattern pattern = OriginPattern.parse(target.text());
      if (pattern instanceof OriginPattern.Any || target.text().equals("null")) {
        reading.error(
            target.place(),
            "target \""
                + Printable.of(target.text())
                + (pattern instanceof OriginPattern.Any
                    ? "\" would let pages call every server, and no switch allows that."
                    : "\" is no server.")
                + " List the origins that may be called, such as "
                + TARGET
                + ".");
      }
    } catch (OriginPatternException e) {
      reading.error(
          target.place(),
          "target \""
              + Printable.of(target.text())
              + "\" is not valid: "
              + e.why()
              + ". "
              + e.suggestion()
                  .map(suggestion -> "Did you mean " + suggestion + "?")
                  .orElse("Write it as https://foo.com or https://*.foo.com."));
    }
  }
}
