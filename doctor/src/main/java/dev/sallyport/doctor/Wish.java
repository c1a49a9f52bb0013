package dev.sallyport.doctor;

import dev.sallyport.fetch.CredentialsMode;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.SentPreflight;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a server has to allow, so that a page gets its answer.
 *
 * @param origin the page's
 * @param methods beside GET, HEAD and POST
 * @param headers in lower case
 * @param server the origin that is asked
 */
record Wish(
    String origin, List<String> methods, List<String> headers, boolean credentials, Url server) {

  /** What {@code request} needs from where it goes first. */
  static Wish of(Url page, PageRequest request, Outcome outcome) {
    Set<String> methods = new TreeSet<>();
    Set<String> headers = new TreeSet<>();
    for (SentPreflight preflight : outcome.preflights()) {
      methods.add(preflight.accessControlRequestMethod());
      preflight
          .accessControlRequestHeaders()
          .ifPresent(names -> headers.addAll(List.of(names.split(","))));
    }
    methods.removeAll(Set.of("GET", "HEAD", "POST"));
    Url url = outcome.failure().map(failure -> failure.url()).orElse(page);
    return new Wish(
        page.origin().serialize(),
        List.copyOf(methods),
        List.copyOf(headers),
        request.credentials() == CredentialsMode.INCLUDE,
        url);
  }

  /** All methods, with those that are safelisted. */
  String allMethods() {
    return String.join(", ", methods.isEmpty() ? List.of("GET", "HEAD", "POST") : all());
  }

  private List<String> all() {
    Set<String> all = new TreeSet<>(methods);
    all.addAll(List.of("GET", "HEAD", "POST"));
    return List.copyOf(all);
  }

  String allHeaders() {
    return String.join(", ", headers);
  }

  /** The methods and headers as texts in quotes, with commas between. */
  static String quoted(List<String> texts, String quote) {
    return String.join(", ", texts.stream().map(text -> quote + text + quote).toList());
  }

  List<String> methodList() {
    return all();
  }
}
