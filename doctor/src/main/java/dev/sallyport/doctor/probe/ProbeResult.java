package dev.sallyport.doctor.probe;

import dev.sallyport.fetch.Outcome;
import dev.sallyport.fetch.WireRequest;
import java.util.List;
import java.util.Optional;

/**
 * What a probe showed.
 *
 * @param outcome what the browser makes of it; a request that was not sent counts as unanswered
 * @param withheld the request that was not sent, because it may change something
 * @param exchanges all that went over the wire, in order
 * @param findings what was found, what matters most first
 * @param cookies each that the last answer sets
 * @param hidden names of the headers of the last answer that the page does not see
 * @param fixes of the failure, when the model has one
 */
public record ProbeResult(
    ProbeRequest probe,
    Outcome outcome,
    Optional<WireRequest> withheld,
    List<Exchange> exchanges,
    List<Finding> findings,
    List<CookieVerdict> cookies,
    List<String> hidden,
    List<String> fixes) {

  /** How it ends. */
  public enum Verdict {
    /** The page gets its answer, be it closed to it or not. */
    ALLOWED,
    /** It does not. */
    BLOCKED,
    /** All that was sent is well; the request itself was not sent. */
    NOT_SENT
  }

  public ProbeResult {
    exchanges = List.copyOf(exchanges);
    findings = List.copyOf(findings);
    cookies = List.copyOf(cookies);
    hidden = List.copyOf(hidden);
    fixes = List.copyOf(fixes);
  }

  /** How it ends. */
  public Verdict verdict() {
    if (findings.stream().anyMatch(finding -> finding.code().equals("csp-connect-src"))) {
      return Verdict.BLOCKED;
    }
    if (withheld.isPresent()) {
      return Verdict.NOT_SENT;
    }
    return outcome.allowed() ? Verdict.ALLOWED : Verdict.BLOCKED;
  }

  /** The last exchange of a kind that was answered. */
  Optional<Exchange> last(Exchange.Kind kind) {
    return exchanges.stream()
        .filter(exchange -> exchange.kind() == kind && exchange.answer().isPresent())
        .reduce((first, second) -> second);
  }

  Optional<LiveAnswer> lastAnswer(Exchange.Kind kind) {
    return last(kind).flatMap(Exchange::answer);
  }
}
