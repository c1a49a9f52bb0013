package dev.sallyport.gateway.rewrite;

import dev.sallyport.gateway.config.HeaderValue;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;

/**
 * Parameters of the query that a route sets for its upstream. A page can neither send its own in
 * their place, nor is it shown them.
 */
final class QueryParameters {
  private final Set<String> names;
  private final String written;

  QueryParameters(Map<String, HeaderValue> parameters) {
    this.names = Set.copyOf(parameters.keySet());
    StringBuilder text = new StringBuilder();
    parameters.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value.text())));
    this.written = text.toString();
  }

  private static String encoded(String text) {
    // Every server reads %20 as a blank, not every one the plus.
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** A path and query, or a whole URL, with the parameters behind what else its query has. */
  String set(String url) {
    if (isEmpty()) {
      return url;
    }
    String without = remove(url);
    return without + (without.indexOf('?') < 0 ? '?' : '&') + written;
  }

  /** The same without the parameters. */
  String remove(String url) {
    int query = url.indexOf('?');
    int fragment = url.indexOf('#');
    if (isEmpty() || query < 0 || fragment >= 0 && fragment < query) {
      return url;
    }
    int end = fragment < 0 ? url.length() : fragment;
    StringBuilder rest = new StringBuilder();
    for (String parameter : url.substring(query + 1, end).split("&", -1)) {
      if (!names.contains(name(parameter))) {
        rest.append(rest.isEmpty() ? "" : "&").append(parameter);
      }
    }
    return url.substring(0, query) + (rest.isEmpty() ? "" : "?" + rest) + url.substring(end);
  }

  private static String name(String parameter) {
    int equals = parameter.indexOf('=');
    String name = equals < 0 ? parameter : parameter.substring(0, equals);
    try {
      return URLDecoder.decode(name, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      return name;
    }
  }
}
