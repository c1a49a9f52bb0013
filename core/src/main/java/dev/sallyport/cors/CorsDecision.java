package dev.sallyport.cors;

import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.Printable;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says of one request: how it is classified, why, and which headers the answer
 * carries.
 *
 * <p>An adapter does three things with it: when {@link #isAnswered} it answers with {@link #status}
 * itself; otherwise it lets the application answer; and every answer leaves through {@link
 * #writeTo}.
 */
public final class CorsDecision {

  /** What kind of request it is, and how it fares. */
  public enum Outcome {
    /** No {@code Origin}: not a request that CORS is about. */
    NOT_CORS,
    /** A page of the server's own origin sent an {@code Origin}, as it does with POST. */
    SAME_ORIGIN,
    /** The browser will send the actual request. */
    PREFLIGHT_ALLOWED,
    /** The origin is not allowed: the browser stops at the CORS check. */
    PREFLIGHT_FAILS_CORS_CHECK,
    /**
     * The origin is allowed, the method or a header is not: the browser stops after the CORS check.
     */
    PREFLIGHT_FAILS_AFTER_CORS_CHECK,
    /** The page may read the answer. */
    ACTUAL_ALLOWED,
    /** The page may not read the answer. */
    ACTUAL_DENIED;

    /** Whether it is a CORS-preflight request. */
    public boolean isPreflight() {
      return this == PREFLIGHT_ALLOWED
          || this == PREFLIGHT_FAILS_CORS_CHECK
          || this == PREFLIGHT_FAILS_AFTER_CORS_CHECK;
    }

    /** Whether the browser will keep the page from what it asked for. */
    public boolean isDenied() {
      return this == PREFLIGHT_FAILS_CORS_CHECK
          || this == PREFLIGHT_FAILS_AFTER_CORS_CHECK
          || this == ACTUAL_DENIED;
    }
  }

  private final CorsPolicy policy;
  private final Outcome outcome;
  private final Reason reason;
  private final boolean refused;
  private final List<String> headers;
  private final String subject;
  private final @Nullable OriginPattern rule;

  /**
   * @param refused whether the policy's enforcement answers the actual request 403
   * @param headers names and values in turn
   * @param subject what the reason is about: the origin, method or header that is not allowed
   * @param rule the pattern that matched
   */
  CorsDecision(
      CorsPolicy policy,
      Outcome outcome,
      Reason reason,
      boolean refused,
      List<String> headers,
      String subject,
      @Nullable OriginPattern rule) {
    this.policy = policy;
    this.outcome = outcome;
    this.reason = reason;
    this.refused = refused;
    this.headers = headers;
    this.subject = subject;
    this.rule = rule;
  }

  /** What kind of request it is, and how it fares. */
  public Outcome outcome() {
    return outcome;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }

  /**
   * Whether the request ends here, with {@link #status} and without a body that matters: every
   * preflight does, and what the policy's enforcement refuses. Never under a policy that only
   * reports.
   */
  public boolean isAnswered() {
    return !policy.isReportOnly() && (refused || outcome.isPreflight());
  }

  /**
   * The status of an answer given here: 204 for a preflight whose origin is allowed, even if the
   * method or a header is not, because only from the headers of a successful answer can the
   * browser's console say which; otherwise 403.
   */
  public int status() {
    return refused || outcome == Outcome.PREFLIGHT_FAILS_CORS_CHECK ? 403 : 204;
  }

  /** Names and values in turn, for decisions that are built from this one. */
  List<String> headers() {
    return headers;
  }

  /** The pattern that matched the origin; empty when none did. */
  public Optional<OriginPattern> rule() {
    return Optional.ofNullable(rule);
  }

  /**
   * Writes the decision's headers: what the page may do, and {@code Vary} when another origin would
   * be answered otherwise. Writes nothing under a policy that only reports.
   */
  public void writeTo(CorsResponse response) {
    if (policy.isReportOnly()) {
      return;
    }
    for (int i = 0; i < headers.size(); i += 2) {
      response.setHeader(headers.get(i), headers.get(i + 1));
    }
    if (policy.variesByOrigin()) {
      response.addVary("Origin");
    }
  }

  /**
   * The decision on {@code request} in one line for the server's own log, never for the wire:
   * {@code origin-not-allowed: no pattern of the policy matches the origin "http://blog.foo.com";
   * nearest is https://blog.foo.com}.
   *
   * @param request the request that was decided, still as it was
   */
  public String describe(CorsRequest request) {
    StringBuilder line = new StringBuilder(reason.code()).append(": ").append(reason.summary());
    if (!subject.isEmpty()) {
      line.append(" \"").append(Printable.of(subject)).append('"');
    }
    if (rule != null) {
      line.append("; matched ").append(rule);
    } else if (reason == Reason.ORIGIN_NOT_ALLOWED || reason == Reason.ORIGIN_INVALID) {
      policy.nearestTo(subject).ifPresent(nearest -> line.append("; nearest is ").append(nearest));
    }
    return line.toString();
  }

  /**
   * What the console of Chromium says of it, from "blocked by CORS policy:" on; empty when nothing
   * is blocked.
   *
   * @param request the request that was decided, still as it was
   */
  public Optional<String> browserSays(CorsRequest request) {
    return switch (outcome) {
      case NOT_CORS, SAME_ORIGIN, PREFLIGHT_ALLOWED, ACTUAL_ALLOWED -> Optional.empty();
      case PREFLIGHT_FAILS_CORS_CHECK ->
          Optional.of(
              "Response to preflight request doesn't pass access control check: No 'Access-Control-Allow-Origin' header is"
                  + " present on the requested resource.");
      case ACTUAL_DENIED ->
          Optional.of(
              "No 'Access-Control-Allow-Origin' header is present on the requested resource.");
      case PREFLIGHT_FAILS_AFTER_CORS_CHECK ->
          Optional.of(
              reason == Reason.METHOD_NOT_ALLOWED
                  ? "Method "
                      + Printable.of(subject)
                      + " is not allowed by Access-Control-Allow-Methods in preflight response."
                  : "Request header field "
                      + Printable.of(subject)
                      + " is not allowed by Access-Control-Allow-Headers in preflight response.");
    };
  }

  @Override
  public String toString() {
    return outcome + " " + reason.code();
  }
}
