package dev.sallyport.gateway.relay;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsDecision.Outcome;
import dev.sallyport.gateway.answer.Problem;
import dev.sallyport.gateway.http.RequestHead;
import dev.sallyport.gateway.limits.ClientAddress;
import dev.sallyport.gateway.rewrite.LoopGuard;
import dev.sallyport.gateway.route.ServedRoute;
import dev.sallyport.gateway.telemetry.Limit;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a request that its route's policy lets through is within what the gateway serves. */
final class Admission {
  private Admission() {}

  /** Why it is not; empty when it is. */
  static Optional<Problem> problem(
      RequestHead request, ServedRoute route, ClientSide client, @Nullable CorsDecision decision) {
    if (client.worker().isStopping()) {
      return Optional.of(Problem.stopping());
    }
    if (route.isRelay() && LoopGuard.marks(request.request().headers())) {
      return Optional.of(Problem.relayLoop());
    }
    if (request.bodyLength() > mostBody(route)) {
      client.worker().relay().telemetry().hit(Limit.REQUEST_BODY);
      return Optional.of(Problem.bodyTooLarge(mostBody(route)));
    }
    return ofClient(route, client).or(() -> ofOrigin(request, route, client, decision));
  }

  /** The most bytes of a body that a route takes. */
  static long mostBody(ServedRoute route) {
    return route.route().requestBody().orElse(Long.MAX_VALUE);
  }

  private static Optional<Problem> ofClient(ServedRoute route, ClientSide client) {
    return route
        .perClient()
        .flatMap(quota -> quota.take(ClientAddress.of(client.address().getAddress())))
        .map(wait -> tooMany(client, Limit.PER_CLIENT, wait));
  }

  /** Only origins that are allowed have a quota: others could be made up without end. */
  private static Optional<Problem> ofOrigin(
      RequestHead request, ServedRoute route, ClientSide client, @Nullable CorsDecision decision) {
    if (decision == null || decision.outcome() != Outcome.ACTUAL_ALLOWED) {
      return Optional.empty();
    }
    return route
        .perOrigin()
        .flatMap(
            quota ->
                Optional.ofNullable(request.request().headers().get(HttpHeaderNames.ORIGIN))
                    .flatMap(quota::take))
        .map(wait -> tooMany(client, Limit.PER_ORIGIN, wait));
  }

  private static Problem tooMany(ClientSide client, Limit limit, Duration wait) {
    client.worker().relay().telemetry().hit(limit);
    return Problem.tooManyRequests(limit == Limit.PER_CLIENT ? "client" : "origin", wait);
  }
}
