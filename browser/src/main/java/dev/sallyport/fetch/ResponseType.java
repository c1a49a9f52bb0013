package dev.sallyport.fetch;

import java.util.Optional;

/**
 * How much of an answer a page sees.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-response-type">Fetch, response type</a>
 */
public enum ResponseType implements Keyword {
  /** All but cookies: it is of the own origin. */
  BASIC("basic"),
  /** The body, the status and the headers that the server exposes. */
  CORS("cors"),
  /** Nothing. */
  OPAQUE("opaque"),
  /** That it is a redirect. */
  OPAQUE_REDIRECT("opaqueredirect"),
  /** There is none: a network error. */
  ERROR("error");

  private final String keyword;

  ResponseType(String keyword) {
    this.keyword = keyword;
  }

  /** As scripts write it. */
  @Override
  public String keyword() {
    return keyword;
  }

  /** The one that scripts write so; empty when there is none. */
  public static Optional<ResponseType> of(String keyword) {
    return Keyword.find(values(), keyword);
  }
}
