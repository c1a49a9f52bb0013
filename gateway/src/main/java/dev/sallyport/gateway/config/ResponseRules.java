package dev.sallyport.gateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of a response's headers on the way to the page. Names are in lower case.
 *
 * @param setHeaders written last, replacing what the upstream sent
 * @param removeHeaders not passed on
 * @param forward headers of the upstream that are passed on only because they are named here:
 *     {@code set-cookie}
 */
public record ResponseRules(
    Map<String, HeaderValue> setHeaders, Set<String> removeHeaders, Set<String> forward) {

  /** Nothing but what every route does. */
  public static final ResponseRules NONE = new ResponseRules(Map.of(), Set.of(), Set.of());

  /** Copies the collections; the map keeps its order. */
  public ResponseRules {
    setHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(setHeaders));
    removeHeaders = Set.copyOf(removeHeaders);
    forward = Set.copyOf(forward);
  }
}
