package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.answer.Problem;
import dev.sallyport.gateway.call.Call;
import dev.sallyport.gateway.call.TargetException;
import dev.sallyport.gateway.http.RequestHead;
import dev.sallyport.gateway.http.WebSocketHandshake;
import dev.sallyport.gateway.relay.Redirection.Hop;
import dev.sallyport.gateway.relay.Redirection.ToPage;
import dev.sallyport.gateway.relay.Redirection.Verdict;
import dev.sallyport.gateway.rewrite.ClientView;
import dev.sallyport.gateway.route.ServedRoute;
import dev.sallyport.gateway.upstream.UpstreamFailure;
import dev.sallyport.gateway.upstream.UpstreamListener;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import java.util.Set;

/**
 * The calls of one request: the first one, the same again where that is harmless, and those that
 * redirects lead to. It writes the request for each.
 */
final class Outbound {
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  private final Worker worker;
  private final ServedRoute route;
  private final RequestHead head;
  private final Call first;
  private Call call;
  private boolean retried;
  private int hops;
  private boolean withoutBody;
  private boolean away;

  /**
   * Finds the first call, and writes the request for it.
   *
   * @throws TargetException when the request names what may not be called
   */
  Outbound(Worker worker, Caller caller, RequestHead head, ServedRoute route) {
    this.worker = worker;
    this.route = route;
    this.head = head;
    this.first = route.calls().of(head.target());
    this.call = first;
    this.withoutBody = !head.hasBody();
    route
        .requests()
        .rewrite(
            head.request(),
            first,
            head.connection(),
            head.bodyLength(),
            new ClientView(caller.address(), caller.secure(), head.host().authority()));
    if (head.webSocket().isPresent()) {
      WebSocketHandshake.write(head.request().headers());
    }
  }

  /**
   * Gets a connection to the server that is called.
   *
   * @param listener is told of it, now or later
   */
  void connect(UpstreamListener listener) {
    worker.pool().acquire(call.server(), listener, retried, head.webSocket().isPresent());
  }

  /** The request as it is sent. */
  HttpRequest request() {
    return head.request();
  }

  /** Whether it is sent without a body, even if the client sends one. */
  boolean isWithoutBody() {
    return withoutBody;
  }

  /** What is called. */
  Call call() {
    return call;
  }

  /** Whether the server that is called is another than the route's own; a relay has none. */
  boolean isForeign() {
    return route.isRelay() || !call.server().equals(first.server());
  }

  /**
   * Whether the same may be sent again on a fresh connection; then it is next.
   *
   * @param bodyBegun whether any of the client's body has been read
   */
  boolean retries(UpstreamFailure failure, boolean bodyBegun) {
    boolean harmless =
        failure.unprocessed() || failure.stale() && IDEMPOTENT.contains(request().method().name());
    if (!harmless || retried || bodyBegun && !withoutBody) {
      return false;
    }
    retried = true;
    return true;
  }

  /** What becomes of {@code answer}; a hop has been made ready, and {@link #connect} is next. */
  Verdict judge(HttpResponse answer, boolean bodyBegun) {
    if (head.webSocket().isPresent()) {
      // Browsers follow none in a handshake.
      return ToPage.SAME;
    }
    Verdict verdict =
        new Redirection(route)
            .judge(answer, call, request().method().name(), bodyBegun && !withoutBody, hops);
    if (verdict instanceof Hop hop) {
      hops++;
      retried = false;
      withoutBody |= hop.asGet();
      away |= !hop.call().server().equals(first.server());
      route.requests().redirect(request(), call, hop.call(), !away, hop.asGet());
      call = hop.call();
    }
    return verdict;
  }

  /** What the client is told of {@code failure}. */
  Problem problem(UpstreamFailure failure) {
    return hops > 0 && failure.kind() == UpstreamFailure.Kind.FORBIDDEN
        ? Problem.redirectRefused()
        : UpstreamProblems.of(failure);
  }
}
