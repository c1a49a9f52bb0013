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

  private static final String NOT_PRESENT =
      "No 'Access-Control-Allow-Origin' header is present on the requested resource.";

  private final Ruling ruling;
  private final String origin;
  private final @Nullable OriginPattern rule;
  private final List<String> echoed;

  /** The last decision on a preflight of the same origin: most are alike, and so are a flood's. */
  private @Nullable CorsDecision preflight;

  /**
   * @param origin the value of {@code Access-Control-Allow-Origin} where the ruling grants it; else
   *     empty
   * @param rule the pattern that matched, where it is not the origin itself
   * @param echoed the names and values in turn of what depends on the names asked for
   */
  CorsDecision(Ruling ruling, String origin, @Nullable OriginPattern rule, List<String> echoed) {
    this.ruling = ruling;
    this.origin = origin;
    this.rule = rule;
    this.echoed = echoed;
  }

  /** A decision that grants nothing. */
  CorsDecision(Ruling ruling) {
    this(ruling, "", null, List.of());
  }

  /** The decision on a preflight of the same origin. */
  CorsDecision preflight(Ruling other, List<String> echoed) {
    CorsDecision last = preflight;
    if (last != null && last.reason() == other.reason() && last.echoed.equals(echoed)) {
      return last;
    }
    CorsDecision made = new CorsDecision(other, origin, rule, echoed);
    preflight = made;
    return made;
  }

  /** What kind of request it is, and how it fares. */
  public Outcome outcome() {
    return ruling.outcome();
  }

  /** Why. */
  public Reason reason() {
    return ruling.reason();
  }

  /**
   * Whether the request ends here, with {@link #status} and without a body that matters: every
   * preflight does, and what the policy's enforcement refuses. Never under a policy that only
   * reports.
   */
  public boolean isAnswered() {
    return !ruling.policy().isReportOnly() && (ruling.refused() || outcome().isPreflight());
  }

  /**
   * The status of an answer given here: 204 for a preflight whose origin is allowed, even if the
   * method or a header is not, because only from the headers of a successful answer can the
   * browser's console say which; otherwise 403.
   */
  public int status() {
    return ruling.refused() || outcome() == Outcome.PREFLIGHT_FAILS_CORS_CHECK ? 403 : 204;
  }

  /**
   * Whether the policy alone writes the response header {@code name}, in any case, so that the
   * application's own is left out: {@code Access-Control-…}, and what else the policy sets. Never
   * under a policy that only reports.
   */
  public boolean owns(String name) {
    CorsPolicy policy = ruling.policy();
    return !policy.isReportOnly()
        && (CorsHeaders.isAccessControl(name)
            || policy.timingAllowOrigin() && name.equalsIgnoreCase(CorsHeaders.TIMING_ALLOW_ORIGIN)
            || policy.crossOriginResourcePolicy().isPresent()
                && name.equalsIgnoreCase(CorsHeaders.CROSS_ORIGIN_RESOURCE_POLICY));
  }

  /** The pattern that allowed the origin; empty when none did. */
  public Optional<OriginPattern> rule() {
    if (!ruling.grants()) {
      return Optional.empty();
    }
    return Optional.of(rule == null ? OriginPattern.parse(origin) : rule);
  }

  /**
   * Writes the decision's headers: what the page may do, and {@code Vary} when another origin would
   * be answered otherwise. Writes nothing under a policy that only reports.
   */
  public void writeTo(CorsResponse response) {
    CorsPolicy policy = ruling.policy();
    if (policy.isReportOnly()) {
      return;
    }
    if (ruling.grants()) {
      response.setHeader(CorsHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      if (policy.timingAllowOrigin() && outcome() == Outcome.ACTUAL_ALLOWED) {
        response.setHeader(CorsHeaders.TIMING_ALLOW_ORIGIN, origin);
      }
    }
    write(ruling.headers(), response);
    write(echoed, response);
    if (policy.variesByOrigin()) {
      response.addVary("Origin");
    }
  }

  private static void write(List<String> headers, CorsResponse response) {
    for (int i = 0; i < headers.size(); i += 2) {
      response.setHeader(headers.get(i), headers.get(i + 1));
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
    StringBuilder line = new StringBuilder(reason().code()).append(": ").append(reason().summary());
    String subject = ruling.policy().subject(this, request);
    if (!subject.isEmpty()) {
      line.append(" \"").append(Printable.of(subject)).append('"');
    }
    rule().ifPresent(matched -> line.append("; matched ").append(matched));
    nearest(request)
        .ifPresent(
            nearest ->
                line.append(reason() == Reason.ORIGIN_EXCLUDED ? "; by " : "; nearest is ")
                    .append(nearest));
    return line.toString();
  }

  /**
   * The pattern that the request's origin was excluded by, or that it comes nearest to; empty when
   * it is allowed, and when nothing comes near.
   *
   * @param request the request that was decided, still as it was
   */
  public Optional<OriginPattern> nearest(CorsRequest request) {
    return ruling.policy().nearest(reason(), request);
  }

  /**
   * What the console of Chromium says of it, from "blocked by CORS policy:" on; empty when nothing
   * is blocked.
   *
   * @param request the request that was decided, still as it was
   */
  public Optional<String> browserSays(CorsRequest request) {
    return switch (outcome()) {
      case NOT_CORS, SAME_ORIGIN, PREFLIGHT_ALLOWED, ACTUAL_ALLOWED -> Optional.empty();
      case PREFLIGHT_FAILS_CORS_CHECK ->
          Optional.of(
              "Response to preflight request doesn't pass access control check: " + NOT_PRESENT);
      case ACTUAL_DENIED -> Optional.of(NOT_PRESENT);
      case PREFLIGHT_FAILS_AFTER_CORS_CHECK -> {
        String subject = Printable.of(ruling.policy().subject(this, request));
        yield Optional.of(
            reason() == Reason.METHOD_NOT_ALLOWED || reason() == Reason.METHOD_INVALID
                ? "Method "
                    + subject
                    + " is not allowed by Access-Control-Allow-Methods in preflight response."
                : "Request header field "
                    + subject
                    + " is not allowed by Access-Control-Allow-Headers in preflight response.");
      }
    };
  }

  @Override
  public String toString() {
    return outcome() + " " + reason().code();
  }
}
