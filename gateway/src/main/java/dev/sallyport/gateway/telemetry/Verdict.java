package dev.sallyport.gateway.telemetry;

import dev.sallyport.cors.CorsDecision.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What kind of request it was to CORS, and what its route's policy said.
 *
 * @param category {@code preflight}, {@code actual}, {@code same-origin}, {@code no-origin}, or
 *     {@code undecided} where no policy was asked
 * @param decision {@code allowed}, {@code denied}, {@code reported} (denied by a policy that only
 *     reports), or {@code none}
 */
public record Verdict(String category, String decision) {
  /** No policy was asked. */
  public static final Verdict UNDECIDED = new Verdict("undecided", "none");

  private static final Verdict NO_ORIGIN = new Verdict("no-origin", "none");
  private static final Verdict SAME_ORIGIN = new Verdict("same-origin", "allowed");
  private static final Verdict PREFLIGHT_ALLOWED = new Verdict("preflight", "allowed");
  private static final Verdict PREFLIGHT_DENIED = new Verdict("preflight", "denied");
  private static final Verdict PREFLIGHT_REPORTED = new Verdict("preflight", "reported");
  private static final Verdict ACTUAL_ALLOWED = new Verdict("actual", "allowed");
  private static final Verdict ACTUAL_DENIED = new Verdict("actual", "denied");
  private static final Verdict ACTUAL_REPORTED = new Verdict("actual", "reported");

  /**
   * The verdict that an outcome comes to.
   *
   * @param outcome null when no policy was asked
   * @param reportOnly whether the policy only reports
   */
  public static Verdict of(@Nullable Outcome outcome, boolean reportOnly) {
    if (outcome == null) {
      return UNDECIDED;
    }
    return switch (outcome) {
      case NOT_CORS -> NO_ORIGIN;
      case SAME_ORIGIN -> SAME_ORIGIN;
      case PREFLIGHT_ALLOWED -> PREFLIGHT_ALLOWED;
      case PREFLIGHT_FAILS_CORS_CHECK, PREFLIGHT_FAILS_AFTER_CORS_CHECK ->
          reportOnly ? PREFLIGHT_REPORTED : PREFLIGHT_DENIED;
      case ACTUAL_ALLOWED -> ACTUAL_ALLOWED;
      case ACTUAL_DENIED -> reportOnly ? ACTUAL_REPORTED : ACTUAL_DENIED;
    };
  }
}
