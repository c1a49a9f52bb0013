package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Mapping;
import dev.sallyport.gateway.config.Value.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code listen}: an address, a listener with TLS, or a list of both. */
final class ListenersReader {
  private static final Address DEFAULT = new Address("127.0.0.1", 8080);

  private final Reading reading;
  private final List<Placed> listeners = new ArrayList<>();
  private final ListenerClaims claims = new ListenerClaims();

  /** A listener and where it stands. */
  record Placed(Listener listener, Address address, Place place) {}

  private ListenersReader(Reading reading) {
    this.reading = reading;
  }

  /**
   * The listeners; the default one if {@code listen} is not written.
   *
   * @param file where the file as a whole stands
   */
  static List<Placed> read(Reading reading, Optional<Value> listen, Place file) {
    ListenersReader reader = new ListenersReader(reading);
    if (listen.isEmpty()) {
      reader.add(DEFAULT, Optional.empty(), file);
    } else if (listen.get() instanceof Sequence sequence) {
      reader.readAll(sequence);
    } else {
      reader.readOne(listen.get());
    }
    return reader.listeners;
  }

  private void readAll(Sequence sequence) {
    if (sequence.items().isEmpty()) {
      reading.error(
          sequence.place(),
          "listen is an empty list, so that nobody could connect. Write an address such as "
              + Address.EXAMPLE
              + ".");
    }
    sequence.items().forEach(this::readOne);
  }

  private void readOne(Value value) {
    if (value instanceof Mapping) {
      Fields.open(reading, value, Keys.LISTENER, "listen", Address.EXAMPLE)
          .ifPresent(this::readListener);
    } else {
      Address.read(reading, value, "listen")
          .ifPresent(address -> add(address, Optional.empty(), value.place()));
    }
  }

  private void readListener(Fields fields) {
    Optional<Value> address = fields.get("address");
    if (address.isEmpty()) {
      reading.error(
          fields.place(), "a listener has no address. Add address: " + Address.EXAMPLE + ".");
    }
    Optional<Listener.Tls> tls = fields.get("tls").flatMap(value -> TlsFiles.read(reading, value));
    address
        .flatMap(value -> Address.read(reading, value, "address"))
        .ifPresent(read -> add(read, tls, fields.valuePlace("address")));
  }

  private void add(Address address, Optional<Listener.Tls> tls, Place place) {
    Optional<String> collision = claims.claim(address, place);
    if (collision.isPresent()) {
      reading.error(place, collision.get());
    } else {
      listeners.add(new Placed(new Listener(address.host(), address.port(), tls), address, place));
    }
  }
}
