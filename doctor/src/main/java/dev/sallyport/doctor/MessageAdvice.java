package dev.sallyport.doctor;

import dev.sallyport.fetch.Failure;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.PageRequest;
import dev.sallyport.fetch.Reason;
import dev.sallyport.fetch.ResponseType;
import dev.sallyport.fetch.SentPreflight;
import dev.sallyport.url.Url;
import java.util.List;
import java.util.Optional;

/** What to change, as far as a message of a console alone can tell. */
public final class MessageAdvice {
  private static final Url ANY = Url.parse("https://api.example/");

  private MessageAdvice() {}

  /** What to change, the most likely first. */
  public static List<String> of(ConsoleMessage message) {
    Url url = message.url().flatMap(Url::tryParse).orElse(ANY);
    String origin = message.origin().orElse("https://the.page's.origin");
    String value = message.value().orElse("");
    boolean ofPreflight = message.preflight() || message.reason().code().startsWith("preflight");
    boolean quotesWhatIsWanted =
        switch (message.reason()) {
          case METHOD_NOT_ALLOWED, HEADER_NOT_ALLOWED -> true;
          default -> false;
        };
    Failure failure =
        new Failure(
            message.reason(),
            ofPreflight || quotesWhatIsWanted,
            url,
            "",
            quotesWhatIsWanted || value.isEmpty() ? Optional.empty() : Optional.of(value),
            quotesWhatIsWanted ? value : wanted(message.reason(), origin));
    Outcome outcome =
        new Outcome(
            ResponseType.ERROR,
            0,
            List.of(),
            Optional.of(failure),
            List.of(new SentPreflight(url, origin, "GET", Optional.empty())),
            List.of(),
            List.of());
    return Advice.of(PageRequest.get(url.href()), outcome).stream()
        .map(line -> line.replace(" of " + ANY, "").replace(" " + ANY, ""))
        .toList();
  }

  private static String wanted(Reason reason, String origin) {
    return switch (reason) {
      case ALLOW_METHODS_INVALID -> "PUT, DELETE";
      case ALLOW_HEADERS_INVALID -> "content-type, authorization";
      default -> origin;
    };
  }
}
