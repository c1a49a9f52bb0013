package dev.sallyport.fetch;

import dev.sallyport.cors.FetchNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a request's headers mean to the CORS protocol. */
final class RequestHeaders {
  private static final int LONGEST_SAFELISTED_VALUES = 1024;

  /** See <a href="https://fetch.spec.whatwg.org/#request-body-header-name">Fetch</a>. */
  static final List<String> BODY_NAMES =
      List.of("content-encoding", "content-language", "content-location", "content-type");

  private RequestHeaders() {}

  /**
   * The names that another origin has to allow, in lower case and sorted.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names">Fetch,
   *     CORS-unsafe request-header names</a>
   */
  static List<String> corsUnsafeNames(Fetching fetching, HeaderList headers) {
    if (headers.isEmpty()) {
      return List.of();
    }
    // 1. to 3.
    Set<String> unsafe = new TreeSet<>();
    List<String> potentiallyUnsafe = new ArrayList<>();
    int safelistedLength = 0;
    // 4.
    for (Header line : headers.lines()) {
      String name = line.lowerCaseName();
      if (isSafelisted(fetching, headers, name, line.value())) {
        potentiallyUnsafe.add(name);
        safelistedLength += line.value().length();
      } else {
        unsafe.add(name);
      }
    }
    // 5.
    if (safelistedLength > LONGEST_SAFELISTED_VALUES) {
      unsafe.addAll(potentiallyUnsafe);
    }
    // 6.
    return List.copyOf(unsafe);
  }

  private static boolean isSafelisted(
      Fetching fetching, HeaderList headers, String name, String value) {
    // DEVIATION SAFELISTED_LINES_COMBINED
    String combined = fetching.does(Deviation.SAFELISTED_LINES_COMBINED) ? headers.get(name) : null;
    return HeaderValues.isCorsSafelistedRequestHeader(name, combined == null ? value : combined);
  }

  /**
   * The name of a header that the wildcard never covers; empty when the request has none.
   *
   * @see <a href="https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name">Fetch, CORS
   *     non-wildcard request-header name</a>
   */
  static List<String> nonWildcardNames(HeaderList headers) {
    return headers.lowerCaseNames().stream()
        .filter(FetchNames.NON_WILDCARD_REQUEST_HEADERS::contains)
        .toList();
  }
}
