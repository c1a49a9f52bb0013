package dev.sallyport.fetch;

import dev.sallyport.url.Url;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What scripts ask for and servers answer, in few words. */
final class Scripted {
  static final Url PAGE = Url.parse("https://blog.foo.com/2026/");
  static final String API = "https://api.bar.com/v1";
  static final String OWN = "https://blog.foo.com/own";
  static final String ALLOW = "Access-Control-Allow-Origin: https://blog.foo.com";
  static final String ANY = "Access-Control-Allow-Origin: *";
  static final String CREDENTIALS = "Access-Control-Allow-Credentials: true";

  static PageRequest get(String url) {
    return PageRequest.get(url);
  }

  static PageRequest put(String url) {
    return get(url).withMethod("PUT");
  }

  static PageRequest include(PageRequest request) {
    return request.withCredentials(CredentialsMode.INCLUDE);
  }

  static RecordedExchange preflight(int status, String... headers) {
    return new RecordedExchange(true, Optional.empty(), answer(status, headers));
  }

  static RecordedExchange actual(int status, String... headers) {
    return new RecordedExchange(false, Optional.empty(), answer(status, headers));
  }

  static ServerAnswer answer(int status, String... headers) {
    List<Header> lines = new ArrayList<>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      lines.add(new Header(header.substring(0, colon), header.substring(colon + 1)));
    }
    return new ServerAnswer(status, lines);
  }

  /** {@code cors 200 [etag]}, or the reason's code. */
  static String said(Outcome outcome) {
    return outcome
        .reason()
        .map(Reason::code)
        .orElseGet(
            () ->
                outcome.type().keyword() + " " + outcome.status() + " " + outcome.visibleHeaders());
  }

  static String wire(Outcome outcome) {
    return Stream.concat(
            outcome.preflights().stream()
                .map(
                    sent ->
                        "OPTIONS "
                            + sent.accessControlRequestMethod()
                            + " "
                            + sent.accessControlRequestHeaders().orElse("-")
                            + " "
                            + sent.origin()),
            outcome.actuals().stream().map(sent -> sent.method() + " " + sent.origin().orElse("-")))
        .collect(Collectors.joining("; "));
  }

  private Scripted() {}
}
