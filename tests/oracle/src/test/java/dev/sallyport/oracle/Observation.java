package dev.sallyport.oracle;

import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.SentPreflight;
import dev.sallyport.fetch.SentRequest;
import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What came of a case, as a browser shows it and as the model says.
 *
 * @param outcome {@code allowed} or {@code blocked}
 * @param visible the names of the headers that the page sees, but for those of the connection
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

  /** What the model says. */
  static Observation of(Outcome outcome) {
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
        outcome.type().keyword(),
        outcome.status(),
        new TreeSet<>(outcome.visibleHeaders()),
        preflights,
        actuals);
  }

  private static String wire(Url url) {
    return url.withoutCredentials().hrefWithoutFragment();
  }

  static String preflight(String url, String origin, String method, String headers) {
    return url + " from " + origin + " for " + method + " with " + headers;
  }

  static String actual(String method, String url, String origin) {
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
