package dev.sallyport.fetch;

import java.util.Optional;

/**
 * What happens on a redirect.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-request-redirect-mode">Fetch, redirect
 *     mode</a>
 */
public enum RedirectMode implements Keyword {
  /** It is followed. */
  FOLLOW("follow"),
  /** The request fails. */
  ERROR("error"),
  /** The page gets an answer of which it sees only that it is a redirect. */
  MANUAL("manual");

  private final String keyword;

  RedirectMode(String keyword) {
    this.keyword = keyword;
  }

  /** As scripts write it. */
  @Override
  public String keyword() {
    return keyword;
  }

  /** The one that scripts write so; empty when there is none. */
  public static Optional<RedirectMode> of(String keyword) {
    return Keyword.find(values(), keyword);
  }
}
