package dev.sallyport.gateway.call;

import dev.sallyport.gateway.http.RequestTarget;

/** What a request's path has behind its route's. */
final class RestOfPath {
  private final int prefixSegments;

  /** Behind {@code prefix}, which is of whole segments. */
  RestOfPath(String prefix) {
    this.prefixSegments =
        prefix.equals("/") ? 0 : (int) prefix.chars().filter(c -> c == '/').count();
  }

  /** Whether that is the whole path of every request. */
  boolean isAll() {
    return prefixSegments == 0;
  }

  /** The rest and the query, as they came: {@code /1?size=2}, {@code ?size=2} or empty. */
  String of(RequestTarget target) {
    int at = 0;
    for (int segment = 0; segment < prefixSegments; segment++) {
      int slash = target.raw().indexOf('/', at + 1);
      at = slash < 0 || slash > target.pathEnd() ? target.pathEnd() : slash;
    }
    return target.raw().substring(at);
  }
}
