package dev.sallyport.gateway.relay;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsPolicy;
import dev.sallyport.gateway.answer.Problem;
import dev.sallyport.gateway.call.TargetException;
import dev.sallyport.gateway.http.ConnectionHeader;
import dev.sallyport.gateway.http.DecodingFault;
import dev.sallyport.gateway.http.Fault;
import dev.sallyport.gateway.http.MalformedException;
import dev.sallyport.gateway.http.RequestHead;
import dev.sallyport.gateway.limits.BodyPace;
import dev.sallyport.gateway.relay.Redirection.Hop;
import dev.sallyport.gateway.relay.Redirection.Refusal;
import dev.sallyport.gateway.relay.Redirection.Verdict;
import dev.sallyport.gateway.route.ServedRoute;
import dev.sallyport.gateway.telemetry.Limit;
import dev.sallyport.gateway.upstream.UpstreamConnection;
import dev.sallyport.gateway.upstream.UpstreamFailure;
import dev.sallyport.gateway.upstream.UpstreamListener;
import dev.sallyport.gateway.upstream.UpstreamSide;
import dev.sallyport.netty.NettyCorsRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. The request walks the stages forward, the answer walks back:
 *
 * <pre>
 * understand ─ route ─ decide ─ admit ─ call the upstream ─┐
 *     └───────────┴───────┴───────┴─ refuse ─┐             │
 *                      leave, the one door ──┴── rewrite ──┘
 * </pre>
 */
final class Exchange implements UpstreamListener, Conversation {
  private final ClientSide client;
  private final Worker worker;
  private final Rules rules;
  private final HttpRequest request;
  private final Caller caller;
  private final ExchangeLog log;
  private final Door door;
  private final RequestBody body = new RequestBody();

  private @Nullable RequestHead head;
  private @Nullable ServedRoute route;
  private @Nullable CorsDecision decision;
  private @Nullable Outbound outbound;
  private @Nullable UpstreamSide upstream;

  private boolean awaitingQuota;
  private boolean keepAlive;
  private boolean ended;

  Exchange(ClientSide client, HttpRequest request) {
    this.client = client;
    this.worker = client.worker();
    this.rules = worker.relay().rules();
    this.request = request;
    this.caller = rules.trustedProxies().caller(client, request.headers());
    this.log = new ExchangeLog(client, caller, request, rules);
    this.door = new Door(client, rules, request, log);
  }

  // ── the stages, forward ──────────────────────────────────────────────────────────────────────

  /** Begins the walk, which goes on when the upstream answers, or ends here. */
  void start() {
    client.answering(request.method().equals(HttpMethod.HEAD));
    RequestHead understood = understand();
    if (understood != null && client.excess().isPresent()) {
      keepAlive = false;
      refuse(client.excess().get());
      return;
    }
    ServedRoute found = understood == null ? null : findRoute(understood);
    if (understood != null && found != null && isAllowed(understood, found)) {
      admit(understood, found);
    }
  }

  private @Nullable RequestHead understand() {
    try {
      RequestHead understood = RequestHead.read(request);
      head = understood;
      if (understood.hasBody()) {
        body.follows(new BodyPace(rules.limits().leastBodyRate(), client.idleNanos()));
      } else {
        body.none();
      }
      keepAlive = understood.isKeepAlive();
      return understood;
    } catch (MalformedException fault) {
      if (fault.fault() == Fault.HEAD_TOO_LARGE) {
        hit(Limit.REQUEST_HEAD);
      }
      refuse(Problem.malformed(fault));
      return null;
    }
  }

  private @Nullable ServedRoute findRoute(RequestHead understood) {
    String host = understood.host().host();
    Optional<ServedRoute> found;
    try {
      found = rules.router().find(host, understood.target(), understood.routedMethod());
    } catch (MalformedException fault) {
      keepAlive = false;
      refuse(Problem.malformed(fault));
      return null;
    }
    if (found.isPresent()) {
      route = found.get();
      return route;
    }
    Problem problem = rules.router().knows(host) ? Problem.noRoute() : Problem.misdirected();
    Optional<CorsDecision> lent = door.lendDecision(understood);
    if (understood.isPreflight() && lent.isPresent()) {
      // Only the answer to the request that follows can tell the page's script what is wrong.
      decision = lent.get();
      log.reason(problem.code());
      log.decision(
          "refused", problem.code() + ": " + problem.detail(), "204, and then the problem");
      answer(OwnAnswer.preflight(lent.get().status()));
    } else {
      refuse(problem);
    }
    return null;
  }

  private boolean isAllowed(RequestHead understood, ServedRoute found) {
    CorsPolicy policy = found.policy();
    if (policy == null) {
      boolean isOfAPage = request.headers().contains(HttpHeaderNames.ORIGIN);
      boolean needsPolicy =
          understood.isPreflight() || understood.webSocket().isPresent() && isOfAPage;
      if (found.isClosed() && needsPolicy) {
        refuse(Problem.closed());
        return false;
      }
      return true;
    }
    NettyCorsRequest view = new NettyCorsRequest(request);
    CorsDecision decided = policy.decide(view);
    decision = decided;
    log.deciding(decided, view);
    if (!decided.isAnswered()) {
      return true;
    }
    answer(
        decided.status() == 403
            ? OwnAnswer.of(Problem.denied(decided.reason()), understood.isHead())
            : OwnAnswer.preflight(decided.status()));
    return false;
  }

  private void admit(RequestHead understood, ServedRoute found) {
    Optional<Problem> problem = Admission.problem(understood, found, client);
    if (problem.isPresent()) {
      refuse(problem.get());
      return;
    }
    CompletableFuture<Optional<Problem>> quotas =
        Admission.quotas(understood, found, caller, decision, worker.relay().telemetry());
    if (quotas.isDone()) {
      admitted(understood, found, quotas);
      return;
    }
    awaitingQuota = true;
    client.deadline().in(found.timeoutNanos());
    var unused =
        quotas.whenComplete(
            (answer, fault) -> worker.loop().execute(() -> admitted(understood, found, quotas)));
  }

  private void admitted(
      RequestHead understood, ServedRoute found, CompletableFuture<Optional<Problem>> quotas) {
    awaitingQuota = false;
    if (ended) {
      return;
    }
    if (quotas.isCompletedExceptionally()) {
      refuse(Problem.quotaUnavailable(), "failed", Admission.fault(quotas));
      return;
    }
    quotas.join().ifPresentOrElse(this::refuse, () -> setOut(understood, found));
  }

  private void setOut(RequestHead understood, ServedRoute found) {
    try {
      Outbound out = new Outbound(worker, caller, understood, found);
      outbound = out;
      call(found, out);
    } catch (TargetException fault) {
      refuse(Problem.target(fault));
    }
  }

  private void call(ServedRoute found, Outbound out) {
    log.calls(out.isForeign() ? out.call().server().toString() : "");
    body.pause();
    client.deadline().in(found.timeoutNanos());
    log.upstreamCalled();
    out.connect(this);
  }

  @Override
  public boolean isWaiting() {
    return !ended;
  }

  @Override
  public void connected(UpstreamSide connection) {
    Outbound out = outbound;
    if (ended || out == null) {
      connection.release();
      return;
    }
    log.upstreamConnected();
    upstream = connection;
    body.refused(out.isWithoutBody());
    connection.send(
        this, request, !body.isWanted(), head == null ? Optional.empty() : head.webSocket());
    watch();
    if (!body.isComplete()) {
      client.resumeRequest();
    }
    if (!client.isReading()) {
      connection.flush();
    }
  }

  // ── the request's body, forward ──────────────────────────────────────────────────────────────

  /** A piece of the request's body has come. */
  void requestContent(HttpContent content) {
    ServedRoute found = route;
    if (body.isComplete() || found == null) {
      content.release();
      return;
    }
    if (content.decoderResult().isFailure()) {
      content.release();
      failBody(Problem.malformed(DecodingFault.ofBody(content.decoderResult().cause())));
      return;
    }
    body.received(content.content().readableBytes());
    if (body.received() > Admission.mostBody(found)) {
      content.release();
      hit(Limit.REQUEST_BODY);
      failBody(Problem.bodyTooLarge(Admission.mostBody(found)));
      return;
    }
    if (content instanceof LastHttpContent last) {
      body.complete();
      client.pauseRequest();
      found.requestTrailers().rewrite(last);
    }
    pass(content);
    if (!body.isRefused()) {
      watch();
    }
  }

  private void pass(HttpContent content) {
    UpstreamSide connection = upstream;
    if (connection == null || body.isRefused()) {
      // Its sender may read the answer only when all is sent.
      content.release();
      return;
    }
    connection.send(content);
    if (!body.isComplete() && !connection.isWritable()) {
      client.pauseRequest();
    }
  }

  private void failBody(Problem problem) {
    keepAlive = false;
    if (door.isPassed()) {
      cut(problem.code() + ": " + problem.detail());
    } else {
      refuse(problem);
    }
  }

  @Override
  public void clientReadComplete() {
    if (upstream != null) {
      upstream.flush();
    }
  }

  @Override
  public void writable() {
    if (!body.isComplete()) {
      client.resumeRequest();
      watch();
    }
  }

  @Override
  public void bodyRefused() {
    body.refused(true);
    if (!body.isComplete()) {
      client.resumeRequest();
      watch();
    }
  }

  // ── the answer, back ─────────────────────────────────────────────────────────────────────────

  @Override
  public void interim(HttpResponse interim, ConnectionHeader connection) {
    if (!door.leaveInterim(interim, connection, head, route)) {
      String flood = "The upstream sends interim responses without end.";
      refuse(Problem.upstreamBadAnswer(flood), "failed", flood);
    }
  }

  @Override
  public void switched(HttpResponse answer, ConnectionHeader connection) {
    ServedRoute found = route;
    Outbound out = outbound;
    // A stream of HTTP/2 cannot ask for it: its head has no Upgrade.
    if (found == null
        || out == null
        || !(upstream instanceof UpstreamConnection upgraded)
        || !(client instanceof ClientConnection http1)) {
      return;
    }
    log.upstreamAnswered();
    found.responses().rewrite(answer, connection, out.call(), out.isForeign());
    keepAlive = true;
    leave(answer, 0);
    ended = true;
    upstream = null;
    new Tunnel(http1, upgraded, log, found).begin();
  }

  @Override
  public void head(HttpResponse answer, ConnectionHeader connection, long bodyLength) {
    log.upstreamAnswered();
    Outbound out = outbound;
    if (route == null || out == null) {
      return;
    }
    Verdict verdict = out.judge(answer, body.isBegun());
    if (verdict instanceof Refusal refusal) {
      refuse(Problem.redirectRefused(), "refused", refusal.why());
      return;
    }
    if (verdict instanceof Hop) {
      follow(route, out);
      return;
    }
    route.responses().rewrite(answer, connection, out.call(), out.isForeign());
    leave(answer, bodyLength);
    watch();
  }

  /** Leaves the redirect where it is, and calls where it leads. */
  private void follow(ServedRoute found, Outbound out) {
    UpstreamSide left = upstream;
    upstream = null;
    if (left != null) {
      left.abandon();
    }
    client.pauseRequest();
    call(found, out);
  }

  @Override
  public void content(HttpContent content) {
    log.sent(content.content().readableBytes());
    client.write(content);
    if (!client.isWritable() && upstream != null) {
      upstream.setReading(false);
    }
    watch();
  }

  @Override
  public void end(LastHttpContent last) {
    log.sent(last.content().readableBytes());
    log.upstreamEnded();
    upstream = null;
    if (route != null) {
      route.responses().rewriteTrailers(last);
    }
    client.write(last);
    finish();
  }

  @Override
  public void readComplete() {
    client.flush();
  }

  @Override
  public void clientWritable() {
    if (upstream != null) {
      upstream.setReading(true);
      watch();
    }
  }

  private void leave(HttpResponse answer, long bodyLength) {
    boolean couldLast = keepAlive && body.isComplete() && !worker.isStopping();
    keepAlive = door.leave(answer, bodyLength, head, route, decision, couldLast);
  }

  // ── the gateway's own answers ────────────────────────────────────────────────────────────────

  private void refuse(Problem problem) {
    refuse(problem, "refused", problem.detail());
  }

  /** Answers with a problem, whatever the upstream is doing. */
  private void refuse(Problem problem, String what, String why) {
    cancelUpstream();
    if (route == null) {
      decision = door.lendDecision(head).orElse(null);
    }
    log.reason(problem.code());
    log.decision(what, problem.code() + ": " + why, Integer.toString(problem.status()));
    answer(OwnAnswer.of(problem, request.method().equals(HttpMethod.HEAD)));
  }

  private void answer(FullHttpResponse own) {
    log.sent(own.content().readableBytes());
    leave(own, own.content().readableBytes());
    finish();
  }

  private void finish() {
    ended = true;
    log.end(Ending.ANSWERED, door.status(), route);
    client.completed(keepAlive, body.isComplete());
  }

  // ── what goes wrong ──────────────────────────────────────────────────────────────────────────

  @Override
  public void failed(UpstreamFailure failure) {
    upstream = null;
    Outbound out = outbound;
    if (ended || route == null || out == null) {
      return;
    }
    if (door.isPassed()) {
      cut(UpstreamProblems.of(failure).code() + ": " + failure.detail());
    } else if (out.retries(failure, body.isBegun())) {
      client.pauseRequest();
      call(route, out);
    } else {
      refuse(out.problem(failure), "failed", failure.detail());
    }
  }

  /** The answer was begun and cannot be finished: what was sent must not look like all of it. */
  private void cut(String why) {
    ended = true;
    cancelUpstream();
    log.decision("failed", why, "cut off");
    log.end(Ending.CUT, door.status(), route);
    client.abort(door.endsWithConnection());
  }

  @Override
  public void clientGone() {
    if (!ended) {
      ended = true;
      cancelUpstream();
      log.end(Ending.GONE, 0, route);
    }
  }

  private void cancelUpstream() {
    UpstreamSide connection = upstream;
    upstream = null;
    if (connection != null) {
      connection.cancel();
    }
  }

  // ── time ─────────────────────────────────────────────────────────────────────────────────────

  /** Something has moved: gives whoever has to move next their time. */
  private void watch() {
    if (!ended && route != null) {
      client.deadline().in(patience(route));
    }
  }

  private long patience(ServedRoute found) {
    if (door.isPassed()) {
      return client.isWritable() ? client.idleNanos() : client.untilStalled();
    }
    if (awaitsClient()) {
      return body.await();
    }
    body.pause();
    return found.timeoutNanos();
  }

  /** Whether the rest of the request has to come before the upstream can answer. */
  private boolean awaitsClient() {
    boolean held = head != null && head.expectsContinue() && !body.isBegun();
    return body.isWanted() && !held && upstream != null && upstream.isWritable();
  }

  /** Nothing has moved for too long, or not enough. */
  @Override
  public void timedOut() {
    if (door.isPassed()) {
      answerTimedOut();
    } else if (awaitingQuota) {
      refuse(Problem.quotaUnavailable(), "failed", "no answer within the route's timeout");
    } else if (!awaitsClient()) {
      refuse(Problem.upstreamTimeout());
    } else if (client.maySend()) {
      hit(body.isStall() ? Limit.IDLE_TIMEOUT : Limit.LEAST_BODY_RATE);
      refuse(Problem.requestTimeout());
    } else {
      clientMaySendAgain();
    }
  }

  /** What comes from now on of the body is the client's to send, as it was not before. */
  void clientMaySendAgain() {
    if (awaitsClient() && !door.isPassed()) {
      body.renew();
      watch();
    }
  }

  private void answerTimedOut() {
    if (client.isWritable()) {
      hit(Limit.IDLE_TIMEOUT);
      cut("stalled: neither side moved for the idle timeout");
    } else if (client.untilStalled() > 0) {
      watch();
    } else {
      hit(Limit.WRITE_TIMEOUT);
      cut("stalled: the client read nothing of the answer for the write timeout");
    }
  }

  private void hit(Limit limit) {
    worker.relay().telemetry().hit(limit);
  }
}
