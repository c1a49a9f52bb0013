package dev.sallyport.vectors;

import java.util.List;
import java.util.Map;

/**
 * One case: a policy, a request, and what has to come out.
 *
 * @param name the file's name and the case's own, by which a failure is found
 * @param policy the policy in the form of the configuration's {@code cors} key
 * @param request the request
 * @param expected what has to come out
 */
public record VectorCase(
    String name, Map<String, Object> policy, Request request, Expected expected) {

  /**
   * A request.
   *
   * @param method as on the wire
   * @param headers name and value of each line, in order
   */
  public record Request(String method, List<List<String>> headers) {}

  /**
   * What has to come out.
   *
   * @param outcome {@code preflight-allowed}, as the engine's outcomes are named
   * @param reason the engine's reason code
   * @param refused whether the door answers an actual request 403 itself
   * @param headers every CORS header of the answer, by lower-case name, and no other
   * @param vary whether {@code Vary} names {@code Origin}
   */
  public record Expected(
      String outcome, String reason, boolean refused, Map<String, String> headers, boolean vary) {}

  /** Whether the policy only reports, so that no answer may show that it is there. */
  public boolean isReportOnly() {
    return "report-only".equals(policy.get("mode"));
  }

  /** Whether the door answers the request itself, so that the application does not see it. */
  public boolean isAnsweredByDoor() {
    return !isReportOnly() && (expected.outcome().startsWith("preflight") || expected.refused());
  }

  /** The status of the answer, of an application that answers {@code applicationStatus}. */
  public int status(int applicationStatus) {
    if (!isAnsweredByDoor()) {
      return applicationStatus;
    }
    return expected.refused() || expected.outcome().equals("preflight-fails-cors-check")
        ? 403
        : 204;
  }

  /**
   * Whether the request has a control character, so that a server refuses it as no HTTP message,
   * before any door.
   */
  public boolean hasControlCharacter() {
    return request.headers().stream()
        .flatMapToInt(line -> line.get(1).chars())
        .anyMatch(c -> c < ' ' && c != '\t' || c == 0x7f);
  }

  @Override
  public String toString() {
    return name;
  }
}
