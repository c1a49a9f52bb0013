package dev.sallyport.gateway.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of a request's headers on the way to the upstream. Names are in lower case.
 *
 * @param setHeaders written last, replacing what the page sent
 * @param setQuery parameters of the query, replacing what the page sent
 * @param removeHeaders not passed on
 * @param forward headers of the page that are passed on only because they are named here: {@code
 *     cookie}, {@code authorization}
 * @param announce which headers tell the upstream of the client and the gateway
 */
public record RequestRules(
    Map<String, HeaderValue> setHeaders,
    Map<String, HeaderValue> setQuery,
    Set<String> removeHeaders,
    Set<String> forward,
    Set<Announce> announce) {

  /** Nothing but what every route does. */
  public static final RequestRules NONE =
      new RequestRules(Map.of(), Map.of(), Set.of(), Set.of(), Set.of());

  /** A way to tell the upstream of the client and the gateway. */
  public enum Announce {
    /** {@code Via}, with the gateway added. */
    VIA,
    /** {@code Forwarded}, written afresh. */
    FORWARDED,
    /** {@code X-Forwarded-For}, {@code -Host}, {@code -Proto}, written afresh. */
    X_FORWARDED
  }

  /** Rules that set no parameters. */
  public RequestRules(
      Map<String, HeaderValue> setHeaders,
      Set<String> removeHeaders,
      Set<String> forward,
      Set<Announce> announce) {
    this(setHeaders, Map.of(), removeHeaders, forward, announce);
  }

  /** Copies the collections; the map keeps its order. */
  public RequestRules {
    setHeaders = Collections.unmodifiableMap(new LinkedHashMap<>(setHeaders));
    setQuery = Collections.unmodifiableMap(new LinkedHashMap<>(setQuery));
    removeHeaders = Set.copyOf(removeHeaders);
    forward = Set.copyOf(forward);
    announce = Set.copyOf(announce);
  }
}
