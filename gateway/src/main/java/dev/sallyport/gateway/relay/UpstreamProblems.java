package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.answer.Problem;
import dev.sallyport.gateway.upstream.UpstreamFailure;

/** What a client is told of an upstream's failure: less than the log, which names addresses. */
final class UpstreamProblems {
  private UpstreamProblems() {}

  static Problem of(UpstreamFailure failure) {
    return switch (failure.kind()) {
      case FORBIDDEN -> Problem.targetAddress();
      case UNREACHABLE -> Problem.upstreamUnreachable();
      case TLS -> Problem.upstreamTls();
      case TIMEOUT -> Problem.upstreamTimeout();
      case BAD_ANSWER -> Problem.upstreamBadAnswer(failure.detail());
      case CLOSED ->
          Problem.upstreamBadAnswer(
              "The server behind this route closed the connection before its answer was complete.");
    };
  }
}
