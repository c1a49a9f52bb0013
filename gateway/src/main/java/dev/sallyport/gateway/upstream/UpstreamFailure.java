package dev.sallyport.gateway.upstream;

import dev.sallyport.origin.Printable;

/**
 * Why an upstream did not answer, or not to the end.
 *
 * @param kind which of the ways that are told apart
 * @param detail a clause for the log: {@code connection refused by photos.bar.com/192.0.2.1:443}
 * @param stale whether the connection had been used before, and ended before anything was received
 *     for this request: the upstream had closed it while it was idle
 * @param unprocessed whether the upstream has said that it did nothing for this request
 */
public record UpstreamFailure(Kind kind, String detail, boolean stale, boolean unprocessed) {

  /** The ways to fail. */
  public enum Kind {
    /** No connection. */
    UNREACHABLE,
    /** No connection, because its address may not be called. */
    FORBIDDEN,
    /** No TLS connection that can be trusted. */
    TLS,
    /** No connection in time. */
    TIMEOUT,
    /** The answer is no HTTP that could be passed on. */
    BAD_ANSWER,
    /** The connection ended before the answer did. */
    CLOSED
  }

  static UpstreamFailure of(Kind kind, String detail) {
    return new UpstreamFailure(kind, detail, false, false);
  }

  /** What {@code cause} says, fit for a log. */
  static String text(Throwable cause) {
    return Printable.of(String.valueOf(cause.getMessage()));
  }
}
