package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Mapping;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginSyntaxException;
import dev.sallyport.origin.Printable;
import dev.sallyport.origin.TupleOrigin;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code admin}: an address, {@code off}, or a mapping of address and hosts. */
final class AdminReader {
  private static final String EXAMPLE = "127.0.0.1:9901";

  private final Reading reading;
  private final List<ListenersReader.Placed> listeners;

  private AdminReader(Reading reading, List<ListenersReader.Placed> listeners) {
    this.reading = reading;
    this.listeners = listeners;
  }

  /** Where the admin listener is; empty for none. */
  static Optional<Admin> read(
      Reading reading, Optional<Value> value, List<ListenersReader.Placed> listeners) {
    return value.flatMap(each -> new AdminReader(reading, listeners).read(each));
  }

  private Optional<Admin> read(Value value) {
    if (value instanceof Scalar scalar
        && scalar.kind() == Kind.TEXT
        && scalar.text().equals("off")) {
      return Optional.empty();
    }
    if (value instanceof Mapping) {
      return Fields.open(reading, value, Keys.ADMIN, "admin", EXAMPLE).flatMap(this::read);
    }
    if (!(value instanceof Scalar scalar)
        || scalar.kind() != Kind.TEXT && scalar.kind() != Kind.INTEGER) {
      reading.wrongKind(value, "admin", "an address and a port, or off", EXAMPLE);
      return Optional.empty();
    }
    return Address.read(reading, value, "admin")
        .map(address -> admin(address, Set.of(), value.place()));
  }

  private Optional<Admin> read(Fields fields) {
    Optional<Value> address = fields.get("address");
    if (address.isEmpty()) {
      reading.error(fields.place(), "admin has no address. Add address: " + EXAMPLE + ".");
    }
    Set<String> hosts = new HashSet<>();
    for (Scalar host : fields.texts("hosts", "gate.foo.com")) {
      host(host).ifPresent(hosts::add);
    }
    return address
        .flatMap(value -> Address.read(reading, value, "address"))
        .map(read -> admin(read, hosts, fields.valuePlace("address")));
  }

  private Optional<String> host(Scalar written) {
    String host = written.text().toLowerCase(Locale.ROOT);
    try {
      if (Origin.parse("http://" + host) instanceof TupleOrigin origin
          && origin.serialize().equals("http://" + host)
          && !host.matches(".*:[0-9]+")) {
        return Optional.of(host);
      }
    } catch (OriginSyntaxException notOne) {
      // Said below.
    }
    reading.error(
        written.place(),
        "host \""
            + Printable.of(written.text())
            + "\" is not the name of a host. Write it without scheme and port, such as gate.foo.com.");
    return Optional.empty();
  }

  private Admin admin(Address address, Set<String> hosts, Place place) {
    for (ListenersReader.Placed listener : listeners) {
      Address other = listener.address();
      if (address.port() != 0
          && other.port() == address.port()
          && (other.isAny()
              || address.isAny()
              || other.host().equals(address.host())
              || other.isLocalName() && address.isLoopback()
              || address.isLocalName() && other.isLoopback())) {
        reading.error(
            place,
            "admin "
                + address
                + " is an address of listen "
                + other
                + " too, and what operators ask is kept apart from what pages ask. Choose another"
                + " port.");
        return new Admin(address.host(), address.port(), hosts);
      }
    }
    if (!address.isLoopback()) {
      reading.warning(
          place,
          "admin "
              + address
              + " can be reached from other machines, and asks nobody who they are: whoever reaches it"
              + " reads the metrics and may have the configuration read again. Keep it to a network of"
              + " operators, or write "
              + EXAMPLE
              + ".");
    }
    return new Admin(address.host(), address.port(), hosts);
  }
}
