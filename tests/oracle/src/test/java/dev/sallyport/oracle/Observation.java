package dev.sallyport.oracle;

import dev.sallyport.fetch.Api;
import dev.sallyport.fetch.Header;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.SentPreflight;
import dev.sallyport.fetch.SentRequest;
import dev.sallyport.fetch.WireRequest;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What came of a case, as a browser shows it and as the model says.
 *
 * @param outcome {@code allowed} or {@code blocked}; {@code loaded} or {@code not loaded}
 * @param visible the names of the headers that the page sees, but for those of the connection; or
 *     what it can read of what it embeds
 * @param preflights what arrived of each: URL, origin, method and headers asked for
 * @param actuals what arrived of each: method, URL and origin
 */
record Observation(
    String outcome,
    String type,
    int status,
    Set<String> visible,
    List<String> preflights,
    List<String> actuals) {

  /** What a server adds to every answer by itself. */
  private static final Set<String> OF_CONNECTION =
      Set.of("cache-control", "connection", "content-length", "date", "keep-alive");

  Observation {
    visible = new TreeSet<>(visible);
    visible.removeAll(OF_CONNECTION);
  }

  /**
   * What the model says.
   *
   * @param api an {@code XMLHttpRequest} says nothing of the answer's type
   */
  static Observation of(Outcome outcome, Api api) {
    List<String> preflights = new ArrayList<>();
    for (SentPreflight sent : outcome.preflights()) {
      preflights.add(
          preflight(
              wire(sent.url()),
              sent.origin(),
              sent.accessControlRequestMethod(),
              sent.accessControlRequestHeaders().orElse("-")));
    }
    List<String> actuals = new ArrayList<>();
    for (SentRequest sent : outcome.actuals()) {
      actuals.add(actual(sent.method(), wire(sent.url()), sent.origin().orElse("-")));
    }
    return new Observation(
        outcome.allowed() ? "allowed" : "blocked",
        api == Api.FETCH ? outcome.type().keyword() : "",
        outcome.status(),
        new TreeSet<>(outcome.visibleHeaders()),
        preflights,
        actuals);
  }

  /** What is embedded, and what scripts can read of it. */
  static Observation ofEmbedding(boolean loaded, Set<String> readable) {
    return new Observation(loaded ? "loaded" : "not loaded", "", 0, readable, List.of(), List.of());
  }

  /** The same, with what was sent as far as it can be compared. */
  Observation with(Way way, Sent sent) {
    return way.isSeenByServers()
        ? new Observation(outcome, type, status, visible, sent.preflights(), sent.actuals())
        : this;
  }

  private static String wire(Url url) {
    return url.withoutCredentials().hrefWithoutFragment();
  }

  static String preflight(WireRequest request) {
    return preflight(
        wire(request.url()),
        header(request, "Origin"),
        header(request, "Access-Control-Request-Method"),
        header(request, "Access-Control-Request-Headers"));
  }

  static String actual(WireRequest request) {
    return actual(request.method(), wire(request.url()), header(request, "Origin"));
  }

  private static String header(WireRequest request, String name) {
    List<String> values =
        request.headers().stream()
            .filter(header -> header.name().equalsIgnoreCase(name))
            .map(Header::value)
            .toList();
    return values.isEmpty() ? "-" : String.join(", ", values);
  }

  private static String preflight(String url, String origin, String method, String headers) {
    return url + " from " + origin + " for " + method + " with " + headers;
  }

  private static String actual(String method, String url, String origin) {
    return method + " " + url + " from " + origin;
  }

  @Override
  public String toString() {
    return outcome
        + " "
        + type
        + " "
        + status
        + " sees "
        + visible
        + "\n    preflights "
        + preflights
        + "\n    actuals    "
        + actuals;
  }
}
