package dev.sallyport.gateway.relay;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.cors.CorsRequest;
import dev.sallyport.gateway.accesslog.AccessEntry;
import dev.sallyport.gateway.accesslog.AccessLog;
import dev.sallyport.gateway.route.ServedRoute;
import dev.sallyport.gateway.telemetry.RouteMeters;
import dev.sallyport.gateway.telemetry.Verdict;
import dev.sallyport.origin.Printable;
import io.netty.handler.codec.http.HttpRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is logged and counted of an exchange: a line for each, and one more where the gateway denied
 * it or something failed.
 *
 * <p>Queries and header values are left out, because they hold secrets; what a stranger wrote is
 * escaped, so that a line stays a line.
 */
final class ExchangeLog {
  private static final Logger ACCESS = LoggerFactory.getLogger("sallyport.access");
  private static final Logger DECISION = LoggerFactory.getLogger("sallyport.decision");

  private static final int SWITCHING_PROTOCOLS = 101;

  private final String method;
  private final Rules rules;
  private final AccessLog accessLog;
  private final String path;
  private final AccessEntry.@Nullable Request asked;
  private final boolean asText;
  private final UpstreamTimes upstreamTimes = new UpstreamTimes();
  private final long began;
  private String called = "";
  private String reason = "-";
  private String denial = "";
  private @Nullable CorsDecision decision;
  private long bytes;

  /** The log of {@code request}, as it came. */
  ExchangeLog(ClientSide client, Caller caller, HttpRequest request, Rules rules) {
    this.method = request.method().name();
    this.rules = rules;
    this.accessLog = client.worker().relay().accessLog();
    this.path = request.uri();
    this.asked = accessLog.isOwn() ? LoggedRequest.of(client, caller, request) : null;
    this.asText = accessLog.isText();
    this.began = System.nanoTime();
  }

  /** Notes the code that best says how the request fared. */
  void reason(String code) {
    reason = code;
  }

  /** Notes that the upstream is called. */
  void upstreamCalled() {
    upstreamTimes.called();
  }

  /** Notes that there is a connection to the upstream. */
  void upstreamConnected() {
    upstreamTimes.connected();
  }

  /** Notes that the upstream has begun its answer. */
  void upstreamAnswered() {
    upstreamTimes.answered();
  }

  /** Notes that the upstream's answer has ended. */
  void upstreamEnded() {
    upstreamTimes.ended();
  }

  /** Notes that so much of the answer's body is sent. */
  void sent(int more) {
    bytes += more;
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
  void deciding(CorsDecision decided, CorsRequest view) {
    decision = decided;
    reason = decided.reason().code();
    if (decided.outcome().isDenied() && DECISION.isInfoEnabled()) {
      denial = decided.describe(view);
    }
  }

  /** Says what a route's policy denied, whether or not that changed the answer. */
  void decided(CorsDecision decided, ServedRoute route, int status) {
    if (!denial.isEmpty()) {
      decision(
          isReportOnly(route) ? "would deny" : "denied",
          denial,
          decided.isAnswered() ? "" + status : "relayed " + status);
    }
  }

  private static boolean isReportOnly(@Nullable ServedRoute route) {
    CorsPolicy policy = route == null ? null : route.policy();
    return policy != null && policy.isReportOnly();
  }

  /**
   * Says that the exchange is over: {@code GET /photos/1 200 /photos https://photos.bar.com/api
   * 12ms allowed}.
   *
   * @param ending how it ended
   * @param status of its answer; 0 when there was none
   * @param route which took it; null when none did
   */
  void end(Ending ending, int status, @Nullable ServedRoute route) {
    long nanos = System.nanoTime() - began;
    CorsDecision decided = decision;
    Verdict verdict = Verdict.of(decided == null ? null : decided.outcome(), isReportOnly(route));
    RouteMeters meters = rules.meters(route);
    meters.ended(
        verdict,
        ending == Ending.ANSWERED ? reason : ending.word(),
        status,
        // A tunnel is open for as long as its sides like.
        status == SWITCHING_PROTOCOLS ? -1 : nanos,
        upstreamTimes.firstByte());
    String upstream = called.isEmpty() ? upstream(route) : called;
    // A reload may have turned the log meanwhile: what can be told as it is now is, else as before.
    if (asked != null && accessLog.isOwn()) {
      accessLog.write(
          new AccessEntry(
              Instant.now().minusNanos(nanos),
              asked,
              status,
              bytes,
              nanos,
              route == null ? null : meters.route(),
              verdict,
              reason,
              ending.word(),
              upstreamTimes.of(upstream)));
    } else if ((asText || accessLog.isText()) && ACCESS.isInfoEnabled()) {
      ACCESS.info(
          "{} {} {} {} {}ms {}",
          requestLine(),
          ending.outcome(status),
          route == null ? "-" : route.route().path(),
          upstream,
          nanos / 1_000_000,
          reason);
    }
  }

  private static String upstream(@Nullable ServedRoute served) {
    return served == null || served.isRelay() ? "-" : served.route().destination().toString();
  }

  private String requestLine() {
    return Printable.of(method) + " " + LoggedPath.of(path);
  }
}
