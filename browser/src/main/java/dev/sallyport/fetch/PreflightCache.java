package dev.sallyport.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Keeps what the answers to preflights allowed, as long as they said.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-cache">Fetch, CORS-preflight cache</a>
 */
final class PreflightCache {
  private static final long SECOND = 1_000_000_000L;
  private static final long DEFAULT_SECONDS = 5;

  private final List<Entry> entries = new ArrayList<>();
  private final LongSupplier nanoTime;
  private final long mostSeconds;

  /** What one answer allowed for requests of an origin to a URL. */
  private record Entry(
      String origin,
      String url,
      boolean credentials,
      List<String> methods,
      List<String> headers,
      long expires) {}

  /**
   * @param mostSeconds for how long an answer is kept at most
   */
  PreflightCache(LongSupplier nanoTime, long mostSeconds) {
    this.nanoTime = nanoTime;
    this.mostSeconds = mostSeconds;
  }

  void keep(Request request, List<String> methods, List<String> headers, Response response) {
    long seconds = Math.min(maxAge(response), mostSeconds);
    if (seconds > 0) {
      entries.add(
          new Entry(
              request.serializeOrigin(),
              request.currentUrl().href(),
              request.credentials == CredentialsMode.INCLUDE,
              // A method that needed no permission is known to be fine all the same.
              methods.isEmpty() ? List.of(request.method) : methods,
              headers,
              nanoTime.getAsLong() + seconds * SECOND));
    }
  }

  /** Steps 8.12 to 8.14 of CORS-preflight fetch. */
  private static long maxAge(Response response) {
    List<String> lines = response.headers().values("Access-Control-Max-Age");
    if (lines.size() != 1 || lines.get(0).isEmpty()) {
      return DEFAULT_SECONDS;
    }
    long seconds = 0;
    for (char c : lines.get(0).toCharArray()) {
      if (c < '0' || c > '9') {
        return DEFAULT_SECONDS;
      }
      seconds = Math.min(seconds * 10 + c - '0', Integer.MAX_VALUE);
    }
    return seconds;
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#concept-cache-match-method">method cache entry
   * match</a>.
   */
  boolean hasMethod(Request request, String method) {
    for (Entry entry : entries) {
      if (isFor(entry, request)
          && (entry.methods.contains(method)
              || !entry.credentials && entry.methods.contains("*"))) {
        return true;
      }
    }
    return false;
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#concept-cache-match-header">header-name cache entry
   * match</a>.
   */
  boolean hasHeader(Request request, String name) {
    for (Entry entry : entries) {
      boolean byWildcard =
          !entry.credentials && entry.headers.contains("*") && !name.equals("authorization");
      if (isFor(entry, request)
          && (byWildcard || entry.headers.stream().anyMatch(name::equalsIgnoreCase))) {
        return true;
      }
    }
    return false;
  }

  private boolean isFor(Entry entry, Request request) {
    return entry.expires > nanoTime.getAsLong()
        && entry.origin.equals(request.serializeOrigin())
        && entry.url.equals(request.currentUrl().href())
        && (entry.credentials || request.credentials != CredentialsMode.INCLUDE);
  }
}
