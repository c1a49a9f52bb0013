package dev.sallyport.cors;

import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_CREDENTIALS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_HEADERS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_METHODS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_ALLOW_ORIGIN;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_EXPOSE_HEADERS;
import static dev.sallyport.cors.CorsHeaders.ACCESS_CONTROL_MAX_AGE;
import static dev.sallyport.cors.CorsHeaders.CROSS_ORIGIN_RESOURCE_POLICY;
import static dev.sallyport.cors.CorsHeaders.TIMING_ALLOW_ORIGIN;

import dev.sallyport.cors.CorsDecision.Outcome;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that a policy ever says, made when it is built: which headers each kind of answer
 * carries, and the decisions that grant no origin.
 */
final class Rulings implements OriginSet.Answers<CorsDecision> {
  private final CorsPolicy policy;
  private final Ruling allowed;
  private final CorsDecision notCors;
  private final CorsDecision sameOrigin;
  private final Map<Reason, Ruling> preflights = new EnumMap<>(Reason.class);
  private final Map<Reason, CorsDecision> deniedPreflights = new EnumMap<>(Reason.class);
  private final Map<Reason, CorsDecision> denied = new EnumMap<>(Reason.class);
  private final Map<Reason, CorsDecision> refused = new EnumMap<>(Reason.class);

  /**
   * @param policy whose values are all there
   * @param methods the value of {@code Access-Control-Allow-Methods}; empty when there is none, or
   *     none that is always the same
   * @param headers the value of {@code Access-Control-Allow-Headers}, alike
   */
  Rulings(CorsPolicy policy, String methods, String headers) {
    this.policy = policy;
    String credentials = policy.allowCredentials() ? "true" : "";
    String exposed = String.join(",", policy.exposeHeaders());
    String resource = policy.crossOriginResourcePolicy().map(ResourcePolicy::keyword).orElse("");
    this.allowed =
        new Ruling(
            policy,
            Outcome.ACTUAL_ALLOWED,
            Reason.ALLOWED,
            false,
            true,
            new HeaderPairs()
                .add(ACCESS_CONTROL_ALLOW_CREDENTIALS, credentials)
                .add(ACCESS_CONTROL_EXPOSE_HEADERS, exposed)
                .add(CROSS_ORIGIN_RESOURCE_POLICY, resource)
                .list());
    HeaderPairs always = new HeaderPairs().add(CROSS_ORIGIN_RESOURCE_POLICY, resource);
    if (!policy.variesByOrigin()) {
      // Under "*" without credentials, all that an allowed origin's answer carries.
      always
          .add(ACCESS_CONTROL_ALLOW_ORIGIN, "*")
          .add(ACCESS_CONTROL_EXPOSE_HEADERS, exposed)
          .add(TIMING_ALLOW_ORIGIN, policy.timingAllowOrigin() ? "*" : "");
    }
    List<String> forAll = always.list();
    this.notCors = granting(Outcome.NOT_CORS, Reason.NO_ORIGIN, false, forAll);
    this.sameOrigin = granting(Outcome.SAME_ORIGIN, Reason.SAME_ORIGIN, false, forAll);
    String maxAge = policy.maxAge().map(age -> Long.toString(age.toSeconds())).orElse("");
    for (Reason reason : Reason.values()) {
      boolean passed = reason == Reason.ALLOWED;
      preflights.put(
          reason,
          new Ruling(
              policy,
              passed ? Outcome.PREFLIGHT_ALLOWED : Outcome.PREFLIGHT_FAILS_AFTER_CORS_CHECK,
              reason,
              false,
              true,
              new HeaderPairs()
                  .add(ACCESS_CONTROL_ALLOW_CREDENTIALS, credentials)
                  .add(ACCESS_CONTROL_ALLOW_METHODS, methods)
                  .add(ACCESS_CONTROL_ALLOW_HEADERS, headers)
                  .add(ACCESS_CONTROL_MAX_AGE, passed ? maxAge : "")
                  .list()));
      deniedPreflights.put(
          reason, granting(Outcome.PREFLIGHT_FAILS_CORS_CHECK, reason, false, List.of()));
      denied.put(reason, granting(Outcome.ACTUAL_DENIED, reason, false, forAll));
      refused.put(reason, granting(Outcome.ACTUAL_DENIED, reason, true, forAll));
    }
  }

  /** A decision that grants no origin anything beyond what {@code headers} grant all. */
  private CorsDecision granting(
      Outcome outcome, Reason reason, boolean refused, List<String> headers) {
    return new CorsDecision(new Ruling(policy, outcome, reason, refused, false, headers));
  }

  @Override
  public CorsDecision of(OriginPattern pattern, String origin) {
    return new CorsDecision(allowed, origin, pattern, List.of());
  }

  @Override
  public CorsDecision ofOrigin(String origin) {
    return new CorsDecision(allowed, origin, null, List.of());
  }

  /** What is said of origins that the policy's patterns do not allow. */
  OriginSet.Misses<CorsDecision> misses() {
    return new OriginSet.Misses<>(
        denied(Reason.ORIGIN_NOT_ALLOWED),
        denied(Reason.ORIGIN_EXCLUDED),
        denied(Reason.ORIGIN_NULL),
        denied(Reason.ORIGIN_INVALID));
  }

  CorsDecision notCors() {
    return notCors;
  }

  CorsDecision sameOrigin() {
    return sameOrigin;
  }

  /** On a preflight of an allowed origin. */
  Ruling preflight(Reason reason) {
    return made(preflights, reason);
  }

  CorsDecision deniedPreflight(Reason reason) {
    return made(deniedPreflights, reason);
  }

  /** On an actual request whose answer the browser keeps from the page. */
  CorsDecision denied(Reason reason) {
    return made(denied, reason);
  }

  /** On an actual request that is answered 403. */
  CorsDecision refused(Reason reason) {
    return made(refused, reason);
  }

  /** There is one for every reason. */
  private static <T> T made(Map<Reason, T> all, Reason reason) {
    return Objects.requireNonNull(all.get(reason));
  }
}
