package dev.sallyport.cors;

import dev.sallyport.cors.CorsDecision.Outcome;
import java.util.List;

/**
 * What a policy says alike of many requests: everything about a decision but the origin and the
 * names that were asked for. A policy makes its rulings when it is built.
 *
 * @param refused whether the policy's enforcement answers the actual request 403
 * @param grants whether the answer names the origin as one that may read it
 * @param headers the names and values in turn that every answer of this kind carries
 */
record Ruling(
    CorsPolicy policy,
    Outcome outcome,
    Reason reason,
    boolean refused,
    boolean grants,
    List<String> headers) {}
