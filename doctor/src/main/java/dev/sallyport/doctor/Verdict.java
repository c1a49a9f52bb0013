package dev.sallyport.doctor;

import dev.sallyport.fetch.Failure;
import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.SentPreflight;
import dev.sallyport.fetch.SentRequest;
import dev.sallyport.origin.Printable;

/** An outcome in a sentence, and what was sent in a line each. */
public final class Verdict {
  private Verdict() {}

  /** {@code allowed} or {@code blocked}. */
  public static String word(Outcome outcome) {
    return outcome.allowed() ? "allowed" : "blocked";
  }

  /** What the page gets, or why it gets nothing. */
  public static String of(Outcome outcome) {
    if (outcome.failure().isPresent()) {
      Failure failure = outcome.failure().get();
      String found =
          failure.found().isPresent() && !failure.header().isEmpty()
              ? " (" + failure.header() + ": " + Printable.of(failure.found().get()) + ")"
              : "";
      return failure.reason().summary() + found;
    }
    return switch (outcome.type()) {
      case BASIC ->
          "the page reads the answer, " + outcome.status() + ", which is of its own origin";
      case CORS ->
          "the page reads the answer, "
              + outcome.status()
              + ", and of its headers "
              + (outcome.visibleHeaders().isEmpty()
                  ? "none"
                  : String.join(", ", outcome.visibleHeaders()));
      case OPAQUE -> "the promise resolves, but the page sees neither status nor headers nor body";
      case OPAQUE_REDIRECT -> "the page sees that there is a redirect, and not where it leads";
      case ERROR -> "the page gets nothing";
    };
  }

  /** A preflight as it is sent. */
  public static String line(SentPreflight preflight) {
    return "OPTIONS "
        + preflight.url().hrefWithoutFragment()
        + "  Origin: "
        + preflight.origin()
        + "  Access-Control-Request-Method: "
        + preflight.accessControlRequestMethod()
        + preflight
            .accessControlRequestHeaders()
            .map(names -> "  Access-Control-Request-Headers: " + names)
            .orElse("");
  }

  /** Any other request as it is sent. */
  public static String line(SentRequest request) {
    return request.method()
        + " "
        + request.url().hrefWithoutFragment()
        + request.origin().map(origin -> "  Origin: " + origin).orElse("");
  }
}
