package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Kind;
import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginSyntaxException;
import dev.sallyport.origin.Printable;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

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

  /** Not every name that begins so: whoever owns foo.com says where 127.foo.com leads. */
  private static final Pattern LOOPBACK_IPV4 = Pattern.compile("127(\\.[0-9]{1,3}){3}");

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
    return isLocalName() || host.equals("::1") || LOOPBACK_IPV4.matcher(host).matches();
  }

  /**
   * Whether this is a name that means this machine wherever it is looked up.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc6761#section-6.3">RFC 6761, localhost</a>
   */
  boolean isLocalName() {
    return host.equals("localhost") || host.endsWith(".localhost");
  }

  boolean isIpv6() {
    return host.indexOf(':') >= 0;
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
      throw new Fault("has no port. Write " + withPort(text) + ".");
    }
    if (!isNumber(port) || port.length() > 5 || Integer.parseInt(port) > 65_535) {
      throw new Fault("has no port from 0 to 65535. Write one such as " + EXAMPLE + ".");
    }
    if (host.isEmpty() || host.equals("*")) {
      throw new Fault(
          "does not say on which interface. Write 127.0.0.1:"
              + port
              + " for this machine only, or 0.0.0.0:"
              + port
              + " for every interface.");
    }
    if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
      throw withoutBrackets(text, host, port);
    }
    return parse(host.toLowerCase(Locale.ROOT), Integer.parseInt(port));
  }

  private static Fault withoutBrackets(String text, String host, String port) {
    return accepted("[" + host + "]:" + port)
        .or(() -> accepted("[" + text + "]:8080"))
        .map(fix -> new Fault("is an IPv6 address without brackets. Write \"" + fix + "\"."))
        .orElseGet(
            () -> new Fault("is not an address and a port. Write one such as " + EXAMPLE + "."));
  }

  /**
   * What to write for an address without a port; for a mere word, which is rarely one, the example.
   */
  private static String withPort(String text) {
    boolean likely = text.indexOf('.') > 0 || text.startsWith("[") || text.equals("localhost");
    Optional<String> fix = likely ? accepted(text + ":8080") : Optional.empty();
    // A bracket begins a list in YAML.
    return fix.map(each -> each.startsWith("[") ? "\"" + each + "\"" : each).orElse(EXAMPLE);
  }

  /** A suggestion, if it would be read itself. */
  private static Optional<String> accepted(String suggestion) {
    try {
      parse(suggestion);
      return Optional.of(Printable.of(suggestion));
    } catch (Fault fault) {
      return Optional.empty();
    }
  }

  private static Address parse(String host, int port) throws Fault {
    try {
      Origin.parse("http://" + host);
    } catch (OriginSyntaxException e) {
      throw new Fault("is not an address: " + e.why() + ". Write one such as " + EXAMPLE + ".");
    }
    return new Address(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
  }

  /** As it is written: {@code [::1]:8080}. */
  @Override
  public String toString() {
    return (isIpv6() ? "[" + host + "]" : host) + ":" + port;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && !text.startsWith("-") && Quantity.numberEnd(text) == text.length();
  }
}
