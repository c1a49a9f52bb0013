package dev.sallyport.gateway.accesslog;

import dev.sallyport.gateway.telemetry.Verdict;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that is over.
 *
 * @param time when its head had come
 * @param request what the client sent
 * @param status of its answer; 0 when there was none
 * @param bytes of the answer's body that were sent
 * @param nanos from the request's head to the end
 * @param route what the route that took it claims in the configuration; null when none did
 * @param verdict what kind of request it was to CORS, and what the policy said
 * @param reason the stable code that best says how it fared
 * @param ending how it ended: {@code answered}, {@code cut}, {@code gone}
 * @param upstream the call of the upstream; null when there was none
 */
public record AccessEntry(
    Instant time,
    Request request,
    int status,
    long bytes,
    long nanos,
    @Nullable String route,
    Verdict verdict,
    String reason,
    String ending,
    @Nullable Upstream upstream) {

  /**
   * What the client sent, as it came; a format escapes it.
   *
   * @param client the address that the request came from
   * @param path without the query and what else may be a secret
   * @param protocol {@code HTTP/1.1}
   * @param origin the {@code Origin} header; null without
   * @param referer the {@code Referer} header, without what may be a secret; null without
   * @param userAgent the {@code User-Agent} header; null without
   */
  public record Request(
      String client,
      String method,
      String path,
      String protocol,
      @Nullable String origin,
      @Nullable String referer,
      @Nullable String userAgent) {}

  /**
   * The last call of an upstream. Each time is in nanoseconds from its call; negative when it did
   * not come to that.
   *
   * @param name its origin, and the path that all of the route's requests begin with
   * @param connect until there was a connection
   * @param firstByte until the head of its answer
   * @param total until the end of its answer, sent on
   */
  public record Upstream(String name, long connect, long firstByte, long total) {}
}
