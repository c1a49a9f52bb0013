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

  @Override
  public String toString() {
    return name;
  }
}
