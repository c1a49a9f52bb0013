package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Route.Cookies;
import dev.sallyport.gateway.config.Route.Redirects;
import dev.sallyport.gateway.egress.Egress;
import dev.sallyport.origin.Printable;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Reads what is in common to an element of {@code routes} and {@code relay}. */
final class RouteReader {
  private final Reading reading;
  private final CorsReader corsReader;
  private final Fields fields;
  private final ReachReader.Reach reach;

  /**
   * A route and where its parts stand.
   *
   * @param reachKnown whether its path, host and methods are what was meant, so that it can be
   *     compared with others
   * @param place its path, or where it begins
   * @param destination the place of its upstream or its targets
   * @param cors what was read of its policy
   * @param request what was read of its rules for requests
   */
  record Placed(
      Route route,
      boolean reachKnown,
      Place place,
      Place destination,
      CorsSection cors,
      HeaderRulesReader.Request request) {

    /** {@code route /photos}, as a message names it. */
    String name() {
      return "route " + Printable.of(route.path());
    }
  }

  /**
   * A reader of {@code fields}, which have been opened.
   *
   * @param errorsBefore how many errors there were before that
   */
  RouteReader(Reading reading, CorsReader corsReader, Fields fields, int errorsBefore) {
    this.reading = reading;
    this.corsReader = corsReader;
    this.fields = fields;
    this.reach = ReachReader.read(reading, fields, errorsBefore);
  }

  /**
   * The element of {@code routes} that {@code value} is; empty only if it has no upstream to call.
   */
  static Optional<Placed> read(Reading reading, CorsReader corsReader, Egress egress, Value value) {
    int before = reading.problems().errors();
    return Fields.open(
            reading,
            value,
            Keys.ROUTE,
            "an element of routes",
            "{upstream: " + UpstreamReader.EXAMPLE + "}")
        .flatMap(fields -> new RouteReader(reading, corsReader, fields, before).read(egress));
  }

  private Optional<Placed> read(Egress egress) {
    if (fields.get("upstream").isEmpty()) {
      reading.error(
          fields.place(), "a route has no upstream. Add upstream: " + UpstreamReader.EXAMPLE + ".");
    }
    Redirects redirects = redirects();
    Targets followTo =
        fields
            .get("followTo")
            .map(value -> new TargetsReader(reading, egress, "followTo").read(value, false))
            .orElse(Targets.NONE);
    if (fields.get("followTo").isPresent() && redirects != Redirects.FOLLOW) {
      reading.warning(
          fields.keyPlace("followTo"),
          "followTo does nothing, because redirects are not followed. Add redirects: follow, or remove it.");
    }
    Optional<Upstream> upstream =
        fields.get("upstream").flatMap(value -> UpstreamReader.read(reading, value));
    Placed placed =
        placed(
            upstream.orElse(UpstreamReader.NONE),
            redirects,
            followTo,
            fields
                .choice("cookies", Cookies.values(), each -> each.name().toLowerCase(Locale.ROOT))
                .orElse(Cookies.OFF),
            "upstream");
    return upstream.map(each -> placed);
  }

  /**
   * The route to {@code destination}.
   *
   * @param key that of the destination
   */
  Placed placed(
      Destination destination, Redirects redirects, Targets followTo, Cookies cookies, String key) {
    CorsSection cors = corsReader.read(fields.get("cors"));
    HeaderRulesReader.Request request = HeaderRulesReader.request(reading, fields.get("request"));
    ResponseRules response = HeaderRulesReader.response(reading, fields.get("response"));
    LimitsReader.OfRoute limits = LimitsReader.route(reading, fields.get("limits"));
    checkCookies(cookies, request, response);
    Duration timeout =
        fields.quantity("timeout", DurationQuantity.timeout("30s")).orElse(Route.DEFAULT_TIMEOUT);
    return new Placed(
        new Route(
            reach.path(),
            reach.host(),
            reach.methods(),
            destination,
            cors.cors(),
            request.rules(),
            response,
            redirects,
            followTo,
            cookies,
            timeout,
            limits.requestBody(),
            limits.perClient(),
            limits.perOrigin()),
        reach.known(),
        fields.valuePlace("path"),
        fields.valuePlace(key),
        cors,
        request);
  }

  private void checkCookies(
      Cookies cookies, HeaderRulesReader.Request request, ResponseRules response) {
    boolean forwards =
        request.rules().forward().contains("cookie") || response.forward().contains("set-cookie");
    if (cookies == Cookies.REWRITE && forwards) {
      reading.error(
          fields.keyPlace("cookies"),
          "cookies are rewritten, and forwarded as they are, too. Remove cookie from request.forward and"
              + " set-cookie from response.forward, or cookies here.");
    }
  }

  /** What {@code redirects} says. */
  Redirects redirects() {
    return fields
        .choice("redirects", Redirects.values(), each -> each.name().toLowerCase(Locale.ROOT))
        .orElse(Redirects.REWRITE);
  }
}
