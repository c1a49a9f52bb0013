package dev.sallyport.gateway.relay;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsRequest;
import dev.sallyport.gateway.route.ServedRoute;
import dev.sallyport.origin.Printable;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is logged of an exchange: a line for each, and one more where the gateway denied it or
 * something failed.
 *
 * <p>Queries and header values are left out, because they hold secrets; what a stranger wrote is
 * escaped, so that a line stays a line.
 */
final class ExchangeLog {
  private static final Logger ACCESS = LoggerFactory.getLogger("sallyport.access");
  private static final Logger DECISION = LoggerFactory.getLogger("sallyport.decision");

  private final String method;
  private final String path;
  private final long began;
  private String called = "";
  private String reason = "-";
  private String denial = "";

  /** The log of {@code request}, as it came. */
  ExchangeLog(HttpRequest request) {
    this.method = request.method().name();
    this.path = request.uri();
    this.began = System.nanoTime();
  }

  /** Notes the code that best says how the request fared. */
  void reason(String code) {
    reason = code;
  }

  /**
   * Notes which server is called where that is not the route's own; the last of several counts.
   *
   * @param server its origin; empty for the route's own
   */
  void calls(String server) {
    called = server;
  }

  /**
   * Says that something is not as the client wanted it: {@code denied GET /photos/1
   * origin-not-allowed: … → 403}.
   *
   * @param what {@code denied}, {@code refused}, {@code failed}
   * @param why code and clause, printable
   * @param done what the gateway did
   */
  void decision(String what, String why, String done) {
    if (DECISION.isInfoEnabled()) {
      DECISION.info("{} {} {} → {}", what, requestLine(), why, done);
    }
  }

  /** Notes what a policy said of the request, before the request is written afresh. */
  void deciding(CorsDecision decision, CorsRequest view) {
    reason = decision.reason().code();
    if (decision.outcome().isDenied() && DECISION.isInfoEnabled()) {
      denial = decision.describe(view);
    }
  }

  /** Says what a route's policy denied, whether or not that changed the answer. */
  void decided(CorsDecision decision, ServedRoute route, int status) {
    if (!denial.isEmpty()) {
      CorsPolicy policy = route.policy();
      boolean reported = policy != null && policy.isReportOnly();
      decision(
          reported ? "would deny" : "denied",
          denial,
          decision.isAnswered() ? "" + status : "relayed " + status);
    }
  }

  /**
   * Says that the exchange is over: {@code GET /photos/1 200 /photos https://photos.bar.com/api
   * 12ms allowed}.
   *
   * @param outcome the status, or how it ended without one
   */
  void end(String outcome, Optional<ServedRoute> route) {
    if (ACCESS.isInfoEnabled()) {
      ACCESS.info(
          "{} {} {} {} {}ms {}",
          requestLine(),
          outcome,
          route.map(served -> served.route().path()).orElse("-"),
          called.isEmpty() ? route.map(ExchangeLog::upstream).orElse("-") : called,
          (System.nanoTime() - began) / 1_000_000,
          reason);
    }
  }

  private static String upstream(ServedRoute served) {
    return served.isRelay() ? "-" : served.route().destination().toString();
  }

  private String requestLine() {
    return Printable.of(method) + " " + LoggedPath.of(path);
  }
}
