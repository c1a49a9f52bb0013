package dev.sallyport.fetch;

import dev.sallyport.cors.FetchNames;
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

  /**
   * Keeps what an answer to {@code request}'s preflight allows.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-cache-create-entry">Fetch, create a new
   *     cache entry</a>
   */
  void keep(
      Fetching fetching,
      Request request,
      List<String> methods,
      List<String> headers,
      Response response) {
    long now = nanoTime.getAsLong();
    entries.removeIf(entry -> entry.expires <= now);
    long seconds = Math.min(maxAge(fetching, response), mostSeconds);
    // DEVIATION TAINTED_PREFLIGHTS_NOT_KEPT
    boolean kept =
        seconds > 0
            && !(fetching.does(Deviation.TAINTED_PREFLIGHTS_NOT_KEPT)
                && request.hasRedirectTaint());
    if (kept) {
      entries.add(
          new Entry(
              RequestOrigin.ofPreflight(fetching, request),
              request.currentUrl().href(),
              request.credentials == CredentialsMode.INCLUDE,
              methods,
              headers,
              now + seconds * SECOND));
    }
  }

  /** For how many seconds the server says that its answer may be kept. */
  private static long maxAge(Fetching fetching, Response response) {
    List<String> lines = response.headers().values("Access-Control-Max-Age");
    // DEVIATION EMPTY_LINES_IGNORED
    if (fetching.does(Deviation.EMPTY_LINES_IGNORED) && lines.size() > 1) {
      lines.removeIf(String::isEmpty);
    }
    String value = lines.size() == 1 ? lines.get(0) : "";
    if (!value.isEmpty() && HeaderValues.isDigits(value)) {
      return seconds(value, 0);
    }
    boolean malformed = lines.size() > 1 || !value.isEmpty();
    // DEVIATION MAX_AGE_MALFORMED_NOT_KEPT
    if (malformed && fetching.does(Deviation.MAX_AGE_MALFORMED_NOT_KEPT)) {
      return 0;
    }
    // DEVIATION MAX_AGE_SIGNED
    if (isSigned(value) && fetching.does(Deviation.MAX_AGE_SIGNED)) {
      return value.charAt(0) == '-' ? 0 : seconds(value, 1);
    }
    return DEFAULT_SECONDS;
  }

  /** The number that the digits from {@code start} on are, or the largest. */
  private static long seconds(String digits, int start) {
    long seconds = 0;
    for (int i = start; i < digits.length(); i++) {
      seconds = Math.min(seconds * 10 + digits.charAt(i) - '0', Integer.MAX_VALUE);
    }
    return seconds;
  }

  /** DEVIATION MAX_AGE_SIGNED: whether it is a number of 64 bits with its sign. */
  private static boolean isSigned(String value) {
    return value.length() > 1
        && (value.charAt(0) == '+' || value.charAt(0) == '-')
        && HeaderValues.isDigits(value.substring(1))
        && !HeaderValues.hasNumberBeyond63Bits(value);
  }

  /** Whether answers are kept that allow {@code request}, so that it needs no preflight. */
  boolean allows(Fetching fetching, Request request) {
    // DEVIATION CONDITIONAL_ASKED_AGAIN
    if (entries.isEmpty()
        || fetching.does(Deviation.CONDITIONAL_ASKED_AGAIN) && isConditional(request)) {
      return false;
    }
    List<Entry> matching = matching(fetching, request);
    // What needs no permission is asked about by engines that deviate, and known from any answer.
    boolean allowed =
        !matching.isEmpty()
            && (isKnownWithoutEntry(fetching, request.method)
                || hasMethod(fetching, matching, request.method))
            && hasHeaders(fetching, matching, RequestHeaders.announced(fetching, request));
    // DEVIATION FORGOTTEN_WHERE_NOT_ENOUGH
    if (!allowed && fetching.does(Deviation.FORGOTTEN_WHERE_NOT_ENOUGH)) {
      clear(fetching, request);
    }
    return allowed;
  }

  private static boolean isConditional(Request request) {
    for (Header line : request.headers.lines()) {
      if (RequestHeaders.CONDITIONS.contains(line.lowerCaseName())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isKnownWithoutEntry(Fetching fetching, String method) {
    // DEVIATION KEPT_HEAD_HAS_TO_BE_LISTED
    return FetchNames.SAFELISTED_METHODS.contains(method)
        && !(method.equals("HEAD") && fetching.does(Deviation.KEPT_HEAD_HAS_TO_BE_LISTED));
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#concept-cache-match-method">method cache entry
   * match</a>.
   */
  private static boolean hasMethod(Fetching fetching, List<Entry> matching, String method) {
    for (Entry entry : matching) {
      if (entry.methods.contains(method) || hasWildcard(fetching, entry, entry.methods)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasHeaders(Fetching fetching, List<Entry> matching, List<String> names) {
    for (String name : names) {
      if (!hasHeader(fetching, matching, name)) {
        return false;
      }
    }
    return true;
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#concept-cache-match-header">header-name cache entry
   * match</a>.
   */
  private static boolean hasHeader(Fetching fetching, List<Entry> matching, String name) {
    // DEVIATION KEPT_WILDCARD_COVERS_AUTHORIZATION
    boolean coverable =
        !FetchNames.NON_WILDCARD_REQUEST_HEADERS.contains(name)
            || fetching.does(Deviation.KEPT_WILDCARD_COVERS_AUTHORIZATION);
    for (Entry entry : matching) {
      if (coverable && hasWildcard(fetching, entry, entry.headers)
          || entry.headers.stream().anyMatch(name::equalsIgnoreCase)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasWildcard(Fetching fetching, Entry entry, List<String> names) {
    // DEVIATION WILDCARDS_NOT_KEPT
    return !entry.credentials
        && names.contains("*")
        && !fetching.does(Deviation.WILDCARDS_NOT_KEPT);
  }

  /**
   * See <a href="https://fetch.spec.whatwg.org/#concept-cache-match">cache entry match</a>; what
   * has expired matches nothing.
   */
  private List<Entry> matching(Fetching fetching, Request request) {
    List<Entry> matching = new ArrayList<>(1);
    // DEVIATION TAINTED_PREFLIGHTS_NOT_KEPT
    if (request.hasRedirectTaint() && fetching.does(Deviation.TAINTED_PREFLIGHTS_NOT_KEPT)) {
      return matching;
    }
    long now = nanoTime.getAsLong();
    String origin = RequestOrigin.ofPreflight(fetching, request);
    String url = request.currentUrl().href();
    for (Entry entry : entries) {
      if (entry.expires > now
          && entry.origin.equals(origin)
          && entry.url.equals(url)
          && (entry.credentials || request.credentials != CredentialsMode.INCLUDE)) {
        matching.add(entry);
      }
    }
    return matching;
  }

  /**
   * Forgets what was kept for {@code request}.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#concept-cache-clear">Fetch, clear cache
   *     entries</a>
   */
  void clear(Fetching fetching, Request request) {
    if (!entries.isEmpty()) {
      String origin = RequestOrigin.ofPreflight(fetching, request);
      String url = request.currentUrl().href();
      entries.removeIf(entry -> entry.origin.equals(origin) && entry.url.equals(url));
    }
  }
}
