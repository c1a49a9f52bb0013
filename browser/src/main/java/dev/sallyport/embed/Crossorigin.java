package dev.sallyport.embed;

import dev.sallyport.fetch.Keyword;
import java.util.Optional;

/**
 * A CORS settings attribute: {@code crossorigin} of an element, or what says the same to an
 * interface that is no element ({@code withCredentials}, {@code credentials: "include"}).
 *
 * @see <a
 *     href="https://html.spec.whatwg.org/multipage/urls-and-fetching.html#cors-settings-attribute">HTML,
 *     CORS settings attribute</a>
 */
public enum Crossorigin implements Keyword {
  /** There is no attribute. */
  NONE("none"),
  ANONYMOUS("anonymous"),
  USE_CREDENTIALS("use-credentials");

  private final String keyword;

  Crossorigin(String keyword) {
    this.keyword = keyword;
  }

  /** The attribute's value; {@code none} when there is no attribute. */
  @Override
  public String keyword() {
    return keyword;
  }

  /** The one with this {@link #keyword}. */
  public static Optional<Crossorigin> of(String keyword) {
    return Keyword.find(values(), keyword);
  }
}
