package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.gateway.config.Value.Sequence;
import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginSyntaxException;
import dev.sallyport.origin.Printable;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads which requests a route takes: {@code path}, {@code host} and {@code methods}. */
final class ReachReader {
  private static final Set<String> NORMALIZED =
      Set.of("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT");

  /** What the gateway never relays. */
  private static final Set<String> NEVER = Set.of("CONNECT", "TRACE", "TRACK");

  private final Reading reading;

  /**
   * Which requests a route takes, as {@link Route} says it.
   *
   * @param known whether it is what was meant, so that it can be compared with others
   */
  record Reach(String path, Optional<String> host, Set<String> methods, boolean known) {}

  private ReachReader(Reading reading) {
    this.reading = reading;
  }

  /**
   * The reach that {@code fields} say.
   *
   * @param errorsBefore how many errors there were before these were opened
   */
  static Reach read(Reading reading, Fields fields, int errorsBefore) {
    ReachReader reader = new ReachReader(reading);
    String path = fields.get("path").map(reader::path).orElse("/");
    Optional<String> host = fields.text("host", "photos.foo.com").flatMap(reader::host);
    Set<String> methods =
        fields.knows("methods")
            ? fields.get("methods").map(reader::methods).orElse(Set.of())
            : Set.of();
    return new Reach(path, host, methods, errorsBefore == reading.problems().errors());
  }

  /** The path that {@code value} says; otherwise a problem and the root. */
  private String path(Value value) {
    Optional<Scalar> written = reading.text(value, "path", "/photos");
    if (written.isPresent()) {
      try {
        String path = UrlPath.parse(written.get().text());
        return path.isEmpty() ? "/" : path;
      } catch (Fault fault) {
        reading.error(
            value.place(), "path \"" + Printable.of(written.get().text()) + "\" " + fault.text());
      }
    }
    return "/";
  }

  private Optional<String> host(Scalar written) {
    String host = written.text().toLowerCase(Locale.ROOT);
    String fault = hostFault(host);
    if (fault.isEmpty()) {
      return Optional.of(host);
    }
    reading.error(written.place(), "host \"" + Printable.of(written.text()) + "\" " + fault);
    return Optional.empty();
  }

  private static String hostFault(String host) {
    if (host.contains("*")) {
      return "has \"*\", and a route names one host. Leave host out for every host.";
    }
    if (host.contains("://")) {
      return "is a URL, and only its host can stand here. Write one such as photos.foo.com.";
    }
    int colon = host.lastIndexOf(':');
    if (colon > host.lastIndexOf(']') && invalid(host.substring(0, colon)).isEmpty()) {
      return "has a port, and a route has none: every listener serves it. Write "
          + Printable.of(withoutDot(host.substring(0, colon)))
          + ".";
    }
    return invalid(host)
        .map(why -> "is not valid: " + why + ". Write one such as photos.foo.com.")
        .orElseGet(
            () ->
                host.endsWith(".")
                    ? "ends in a dot. Write " + Printable.of(withoutDot(host)) + "."
                    : "");
  }

  private static String withoutDot(String host) {
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** Why a host cannot stand in an origin; empty if it can. */
  private static Optional<String> invalid(String host) {
    try {
      Origin.parse("http://" + host);
      return Optional.empty();
    } catch (OriginSyntaxException e) {
      return Optional.of(e.why());
    }
  }

  private Set<String> methods(Value value) {
    if (value instanceof Sequence sequence && sequence.items().isEmpty()) {
      reading.error(
          value.place(),
          "methods is an empty list, so that the route would never be used. Leave it out for every method.");
    }
    Set<String> methods = new LinkedHashSet<>();
    for (Scalar written : reading.texts(value, "methods", "GET")) {
      String method = written.text();
      String fault = methodFault(method);
      if (!fault.isEmpty()) {
        reading.error(written.place(), "method \"" + Printable.of(method) + "\" " + fault);
      } else if (!methods.add(method)) {
        reading.warning(written.place(), "method \"" + method + "\" is listed twice. Remove one.");
      }
    }
    return methods;
  }

  private static String methodFault(String method) {
    String upper = method.toUpperCase(Locale.ROOT);
    if (method.equals("*")) {
      return "means every method, which is what a route without methods takes. Leave methods out.";
    }
    if (method.isEmpty() || HttpHeaderValidationUtil.validateToken(method) != -1) {
      return "is not one method name. Write each as a value of its own, such as PUT.";
    }
    if (NEVER.contains(upper)) {
      return "is never relayed. Remove it.";
    }
    if (NORMALIZED.contains(upper) && !upper.equals(method)) {
      return "never matches: methods are case-sensitive. Write " + upper + ".";
    }
    return "";
  }
}
