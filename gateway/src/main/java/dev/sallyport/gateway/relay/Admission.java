package dev.sallyport.gateway.relay;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsDecision.Outcome;
import dev.sallyport.gateway.answer.Problem;
import dev.sallyport.gateway.http.RequestHead;
import dev.sallyport.gateway.limits.ClientAddress;
import dev.sallyport.gateway.limits.Quota;
import dev.sallyport.gateway.rewrite.LoopGuard;
import dev.sallyport.gateway.route.ServedRoute;
import dev.sallyport.gateway.telemetry.Limit;
import dev.sallyport.gateway.telemetry.Telemetry;
import dev.sallyport.origin.Printable;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Whether a request that its route's policy lets through is within what the gateway serves. */
final class Admission {
  private static final CompletableFuture<Optional<Problem>> ADMITTED =
      CompletableFuture.completedFuture(Optional.empty());

  private Admission() {}

  /** What stands against it at once; empty when only {@link #quotas} have still to be asked. */
  static Optional<Problem> problem(RequestHead request, ServedRoute route, ClientSide client) {
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
    return Optional.empty();
  }

  /** The most bytes of a body that a route takes. */
  static long mostBody(ServedRoute route) {
    return route.route().requestBody().orElse(Long.MAX_VALUE);
  }

  /**
   * What quotas say of it, now or later and on any thread; empty when it is within them. That of
   * the origin is asked only when that of the client has let it through.
   */
  static CompletableFuture<Optional<Problem>> quotas(
      RequestHead request,
      ServedRoute route,
      Caller caller,
      @Nullable CorsDecision decision,
      Telemetry telemetry) {
    Optional<Quota> perClient = route.perClient();
    Optional<Quota> perOrigin = isAllowed(decision) ? route.perOrigin() : Optional.empty();
    Optional<String> origin =
        perOrigin.map(quota -> request.request().headers().get(HttpHeaderNames.ORIGIN));
    if (perClient.isEmpty()) {
      return take(perOrigin, origin, Limit.PER_ORIGIN, telemetry);
    }
    String address = ClientAddress.of(caller.address()).key();
    return take(perClient, Optional.of(address), Limit.PER_CLIENT, telemetry)
        .thenCompose(
            problem ->
                problem.isPresent()
                    ? CompletableFuture.completedFuture(problem)
                    : take(perOrigin, origin, Limit.PER_ORIGIN, telemetry));
  }

  /** Why quotas that failed did, for the log. */
  static String fault(CompletableFuture<?> failed) {
    String why = failed.handle((answer, thrown) -> String.valueOf(rootOf(thrown))).join();
    return Printable.of(why);
  }

  /** What the stages in between have wrapped. */
  private static Throwable rootOf(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof CompletionException && cause != null ? cause : thrown;
  }

  /** Only origins that are allowed have a quota: others could be made up without end. */
  private static boolean isAllowed(@Nullable CorsDecision decision) {
    return decision != null && decision.outcome() == Outcome.ACTUAL_ALLOWED;
  }

  private static CompletableFuture<Optional<Problem>> take(
      Optional<Quota> quota, Optional<String> caller, Limit limit, Telemetry telemetry) {
    return quota.isEmpty() || caller.isEmpty()
        ? ADMITTED
        : quota
            .get()
            .take(caller.get())
            .toCompletableFuture()
            .thenApply(wait -> wait.map(each -> tooMany(telemetry, limit, each)));
  }

  private static Problem tooMany(Telemetry telemetry, Limit limit, Duration wait) {
    telemetry.hit(limit);
    return Problem.tooManyRequests(limit == Limit.PER_CLIENT ? "client" : "origin", wait);
  }
}
