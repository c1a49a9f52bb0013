package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Route.Redirects;
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

/** Reads an element of {@code routes}. */
final class RouteReader {
  private static final Set<String> NORMALIZED =
      Set.of("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT");

  /** What the gateway never relays. */
  private static final Set<String> NEVER = Set.of("CONNECT", "TRACE", "TRACK");

  private final Reading reading;
  private final CorsReader corsReader;
  private final Fields fields;
  private final int errorsBefore;

  /**
   * A route and where its parts stand.
   *
   * @param reachKnown whether its path, host and methods are what was meant, so that it can be
   *     compared with others
   * @param place its path, or where it begins
   * @param upstream the place of its upstream
   * @param cors what was read of its policy
   * @param request what was read of its rules for requests
   */
  record Placed(
      Route route,
      boolean reachKnown,
      Place place,
      Place upstream,
      CorsSection cors,
      HeaderRulesReader.Request request) {

    /** {@code route /photos}, as a message names it. */
    String name() {
      return "route " + Printable.of(route.path());
    }
  }

  private RouteReader(Reading reading, CorsReader corsReader, Fields fields, int errorsBefore) {
    this.reading = reading;
    this.errorsBefore = errorsBefore;
    this.corsReader = corsReader;
    this.fields = fields;
  }

  /** The route that {@code value} is; empty only if it has no upstream to call. */
  static Optional<Placed> read(Reading reading, CorsReader corsReader, Value value) {
    int before = reading.problems().errors();
    return Fields.open(
            reading,
            value,
            Keys.ROUTE,
            "an element of routes",
            "{upstream: " + UpstreamReader.EXAMPLE + "}")
        .flatMap(fields -> new RouteReader(reading, corsReader, fields, before).read());
  }

  private Optional<Placed> read() {
    String path = fields.get("path").map(value -> path(reading, value)).orElse("/");
    Optional<String> host = fields.text("host", "photos.foo.com").flatMap(this::host);
    Set<String> methods = fields.get("methods").map(this::methods).orElse(Set.of());
    boolean reachKnown = errorsBefore == reading.problems().errors();
    Optional<Upstream> upstream = upstream();
    CorsSection cors = corsReader.read(fields.get("cors"));
    HeaderRulesReader.Request request = HeaderRulesReader.request(reading, fields.get("request"));
    ResponseRules response = HeaderRulesReader.response(reading, fields.get("response"));
    Redirects redirects = fields.get("redirects").map(this::redirects).orElse(Redirects.REWRITE);
    LimitsReader.OfRoute limits = LimitsReader.route(reading, fields.get("limits"));
    var timeout =
        fields.quantity("timeout", DurationQuantity.timeout("30s")).orElse(Route.DEFAULT_TIMEOUT);
    return upstream.map(
        each ->
            new Placed(
                new Route(
                    path,
                    host,
                    methods,
                    each,
                    cors.cors(),
                    request.rules(),
                    response,
                    redirects,
                    timeout,
                    limits.requestBody(),
                    limits.perClient(),
                    limits.perOrigin()),
                reachKnown,
                fields.valuePlace("path"),
                fields.valuePlace("upstream"),
                cors,
                request));
  }

  private Optional<Upstream> upstream() {
    if (fields.get("upstream").isEmpty()) {
      reading.error(
          fields.place(), "a route has no upstream. Add upstream: " + UpstreamReader.EXAMPLE + ".");
    }
    return fields.get("upstream").flatMap(value -> UpstreamReader.read(reading, value));
  }

  /** The path that {@code value} says; otherwise a problem and the root. */
  static String path(Reading reading, Value value) {
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

  private Redirects redirects(Value value) {
    if (value instanceof Scalar scalar && scalar.text().equals("follow")) {
      reading.error(
          value.place(),
          "redirects \"follow\" is not served by this version. Write rewrite, so that the page follows them through"
              + " the gateway, or refuse.");
      return Redirects.REWRITE;
    }
    return reading
        .choice(
            value, "redirects", Redirects.values(), each -> each.name().toLowerCase(Locale.ROOT))
        .orElse(Redirects.REWRITE);
  }
}
