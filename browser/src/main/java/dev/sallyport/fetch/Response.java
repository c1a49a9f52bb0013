package dev.sallyport.fetch;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request so far: an answer, as far as the page may see it, or a network error.
 *
 * @param visibleHeaders of an answer that was filtered, the names that are left
 * @see <a href="https://fetch.spec.whatwg.org/#concept-response">Fetch, response</a>
 */
record Response(
    ResponseType type,
    int status,
    HeaderList headers,
    Collection<String> visibleHeaders,
    @Nullable Failure failure) {

  /** An answer as it came. */
  static Response of(ServerAnswer answer) {
    return new Response(
        ResponseType.BASIC, answer.status(), HeaderList.ofAnswer(answer), List.of(), null);
  }

  static Response networkError(Failure failure) {
    return new Response(ResponseType.ERROR, 0, new HeaderList(), List.of(), failure);
  }

  /** An answer of which the page sees nothing. */
  static Response closed(ResponseType type) {
    return new Response(type, 0, new HeaderList(), List.of(), null);
  }

  Response filtered(ResponseType type, Collection<String> visible) {
    return new Response(type, status, headers, visible, null);
  }

  boolean isNetworkError() {
    return failure != null;
  }

  /** See <a href="https://fetch.spec.whatwg.org/#redirect-status">Fetch, redirect status</a>. */
  boolean isRedirect() {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /** See <a href="https://fetch.spec.whatwg.org/#ok-status">Fetch, ok status</a>. */
  boolean isOk() {
    return status >= 200 && status <= 299;
  }
}
