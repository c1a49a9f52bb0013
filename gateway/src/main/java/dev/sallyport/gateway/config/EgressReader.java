package dev.sallyport.gateway.config;

import dev.sallyport.gateway.egress.Egress;
import java.util.Optional;

/** Reads {@code egress}: the networks that may be called beside globally routable addresses. */
final class EgressReader {
  private EgressReader() {}

  static Egress read(Reading reading, Optional<Value> value) {
    return value
        .flatMap(each -> Fields.open(reading, each, Keys.EGRESS, "egress", "{allow: []}"))
        .map(fields -> new Egress(Networks.read(reading, fields.texts("allow", Networks.EXAMPLE))))
        .orElse(Egress.GLOBAL);
  }
}
