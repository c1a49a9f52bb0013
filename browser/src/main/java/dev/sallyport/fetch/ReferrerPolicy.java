package dev.sallyport.fetch;

import java.util.Optional;

/**
 * How much of the page's URL the server is told; beside {@code Referer}, {@code Origin} depends on
 * it where the CORS protocol does not ask for it.
 *
 * @see <a href="https://w3c.github.io/webappsec-referrer-policy/#referrer-policies">Referrer
 *     Policy</a>
 */
enum ReferrerPolicy implements Keyword {
  EMPTY(""),
  NO_REFERRER("no-referrer"),
  NO_REFERRER_WHEN_DOWNGRADE("no-referrer-when-downgrade"),
  SAME_ORIGIN("same-origin"),
  ORIGIN("origin"),
  STRICT_ORIGIN("strict-origin"),
  ORIGIN_WHEN_CROSS_ORIGIN("origin-when-cross-origin"),
  STRICT_ORIGIN_WHEN_CROSS_ORIGIN("strict-origin-when-cross-origin"),
  UNSAFE_URL("unsafe-url");

  private final String keyword;

  ReferrerPolicy(String keyword) {
    this.keyword = keyword;
  }

  @Override
  public String keyword() {
    return keyword;
  }

  static Optional<ReferrerPolicy> of(String keyword) {
    return Keyword.find(values(), keyword);
  }
}
