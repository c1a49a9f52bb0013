package dev.sallyport.gateway.relay;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.gateway.http.ConnectionHeader;
import dev.sallyport.gateway.http.RequestHead;
import dev.sallyport.gateway.route.ServedRoute;
import dev.sallyport.gateway.route.UnroutedCors;
import dev.sallyport.netty.NettyCorsRequest;
import dev.sallyport.netty.NettyCorsResponse;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one way out of an exchange: every final answer, relayed or the gateway's own, leaves here,
 * with what the policy says of it, how its end is found, and a line in the log where it was denied.
 */
final class Door {
  /** As many as a long-running request may report with; more is a flood. */
  private static final int MOST_INTERIM = 32;

  private final ClientSide client;
  private final UnroutedCors unrouted;
  private final HttpRequest request;
  private final ExchangeLog log;
  private int interims;
  private int status;
  private boolean endsWithConnection;

  Door(ClientSide client, Rules rules, HttpRequest request, ExchangeLog log) {
    this.client = client;
    this.unrouted = rules.unrouted();
    this.request = request;
    this.log = log;
  }

  /**
   * Lets an answer's head out, and the body with it if it is a whole message.
   *
   * @param bodyLength as {@link dev.sallyport.gateway.http.BodyLength} says
   * @param head what is answered; null when it could not be read
   * @param route whose answer it is; null when none took the request
   * @param decision what the policy said; null when none was asked
   * @param couldLast whether the connection could be used again
   * @return whether it will be
   */
  boolean leave(
      HttpResponse answer,
      long bodyLength,
      @Nullable RequestHead head,
      @Nullable ServedRoute route,
      @Nullable CorsDecision decision,
      boolean couldLast) {
    status = answer.status().code();
    NettyCorsResponse headers = new NettyCorsResponse(answer.headers());
    if (decision != null) {
      decision.writeTo(headers);
    } else if (route == null) {
      unrouted.writeVary(headers);
    }
    if (!answer.headers().contains(HttpHeaderNames.DATE)) {
      answer.headers().set(HttpHeaderNames.DATE, client.worker().date().now());
    }
    endsWithConnection =
        head != null && AnswerFraming.endsWithConnection(answer, bodyLength, head.isHttp11());
    boolean lasts = AnswerFraming.write(answer, bodyLength, head, couldLast);
    if (decision != null && route != null) {
      log.decided(decision, route, status);
    }
    client.write(answer);
    return lasts;
  }

  /**
   * Lets an interim response out to a client that knows what that is.
   *
   * @return false when there are so many that they are a flood
   */
  boolean leaveInterim(
      HttpResponse interim,
      ConnectionHeader connection,
      @Nullable RequestHead head,
      @Nullable ServedRoute route) {
    if (++interims > MOST_INTERIM) {
      return false;
    }
    if (route != null && head != null && head.isHttp11() && !isPassed()) {
      route.responses().rewriteInterim(interim, connection);
      client.write(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1,
              interim.status(),
              Unpooled.EMPTY_BUFFER,
              interim.headers(),
              EmptyHttpHeaders.INSTANCE));
    }
    return true;
  }

  /** Whether an answer has left. */
  boolean isPassed() {
    return status != 0;
  }

  /** The status of the answer that has left; 0 before. */
  int status() {
    return status;
  }

  /** Whether the client finds the end of the answer that has left by the connection's end only. */
  boolean endsWithConnection() {
    return endsWithConnection;
  }

  /** What the policy of some route says of a request that has come to none. */
  Optional<CorsDecision> lendDecision(@Nullable RequestHead head) {
    return unrouted.decide(new NettyCorsRequest(request), head == null ? "" : head.host().host());
  }
}
