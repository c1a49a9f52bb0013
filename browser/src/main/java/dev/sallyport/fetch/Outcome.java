package dev.sallyport.fetch;

import java.util.List;
import java.util.Optional;

/**
 * What came of a request.
 *
 * @param type {@link ResponseType#ERROR} when the page got none
 * @param status 0 when the page does not see it
 * @param visibleHeaders the names that the page sees, in lower case, each once
 * @param failure empty when the page got an answer
 * @param preflights the CORS-preflight requests that were sent, in order
 * @param actuals the other requests that were sent, in order, redirects followed
 * @param trace what the browser looked at, in order
 */
public record Outcome(
    ResponseType type,
    int status,
    List<String> visibleHeaders,
    Optional<Failure> failure,
    List<SentPreflight> preflights,
    List<SentRequest> actuals,
    List<TraceStep> trace) {

  /** Whether the page's promise resolves, be the answer closed to it or not. */
  public boolean allowed() {
    return type != ResponseType.ERROR;
  }

  /** Why the page got no answer; empty when it got one. */
  public Optional<Reason> reason() {
    return failure.map(Failure::reason);
  }
}
