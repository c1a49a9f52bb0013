package dev.sallyport.fetch;

import java.util.Optional;

/**
 * Whether cookies, client certificates and passwords of the browser go along.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#concept-request-credentials-mode">Fetch, credentials
 *     mode</a>
 */
public enum CredentialsMode implements Keyword {
  /** Never. */
  OMIT("omit"),
  /** Only to the own origin. */
  SAME_ORIGIN("same-origin"),
  /** Always. */
  INCLUDE("include");

  private final String keyword;

  CredentialsMode(String keyword) {
    this.keyword = keyword;
  }

  /** As scripts write it. */
  @Override
  public String keyword() {
    return keyword;
  }

  /** The one that scripts write so; empty when there is none. */
  public static Optional<CredentialsMode> of(String keyword) {
    return Keyword.find(values(), keyword);
  }
}
