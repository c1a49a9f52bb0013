package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginSyntaxException;
import dev.sallyport.origin.Printable;
import java.util.Locale;
import java.util.Optional;

/**
 * An address to listen on: {@code 127.0.0.1:8080}, {@code [::1]:8080}, {@code localhost:8080}, or a
 * port, which means this machine only.
 *
 * @param host without brackets
 * @param port 0 to 65535
 */
record Address(String host, int port) {
  static final String EXAMPLE = "127.0.0.1:8080";
  private static final String LOOPBACK = "127.0.0.1";

  /** The address that a scalar says; otherwise a problem. */
  static Optional<Address> read(Reading reading, Value value, String name) {
    Optional<Scalar> scalar =
        reading.scalar(value, name, "an address and a port", EXAMPLE, Kind.TEXT, Kind.INTEGER);
    if (scalar.isEmpty()) {
      return Optional.empty();
    }
    String text = scalar.get().text();
    try {
      return Optional.of(parse(text));
    } catch (Fault fault) {
      reading.error(value.place(), name + " \"" + Printable.of(text) + "\" " + fault.text());
      return Optional.empty();
    }
  }

  /** Whether only this machine can connect. */
  boolean isLoopback() {
    return host.equals("localhost")
        || host.endsWith(".localhost")
        || host.equals("::1")
        || host.startsWith("127.");
  }

  /** Whether every interface of the machine is meant. */
  boolean isAny() {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  private static Address parse(String text) throws Fault {
    if (text.contains("://")) {
      throw new Fault(
          "is a URL, and only an address and a port can stand here. Write one such as "
              + EXAMPLE
              + ".");
    }
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? LOOPBACK : text.substring(0, colon);
    String port = text.substring(colon + 1);
    if (colon < 0 && !isNumber(text) || text.endsWith("]")) {
      throw new Fault("has no port. Write " + Printable.of(text) + ":8080.");
    }
    if ((host.isEmpty() || host.equals("*")) && isNumber(port)) {
      throw new Fault(
          "does not say on which interface. Write 127.0.0.1:"
              + port
              + " for this machine only, or 0.0.0.0:"
              + port
              + " for every interface.");
    }
    if (!isNumber(port) || port.length() > 5 || Integer.parseInt(port) > 65_535) {
      throw new Fault("has no port from 0 to 65535. Write one such as " + EXAMPLE + ".");
    }
    return parse(host.toLowerCase(Locale.ROOT), Integer.parseInt(port));
  }

  private static Address parse(String host, int port) throws Fault {
    if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
      throw new Fault(
          "is an IPv6 address without brackets. Write \"["
              + Printable.of(host)
              + "]:"
              + port
              + "\".");
    }
    try {
      Origin.parse("http://" + host);
    } catch (OriginSyntaxException e) {
      throw new Fault("is not an address: " + e.why() + ". Write one such as " + EXAMPLE + ".");
    }
    return new Address(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && !text.startsWith("-") && Quantity.numberEnd(text) == text.length();
  }
}
