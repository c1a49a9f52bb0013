package dev.sallyport.fetch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a page demands of all that it embeds, by {@code Cross-Origin-Embedder-Policy}.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/browsers.html#coep">HTML, cross-origin
 *     embedder policies</a>
 */
public enum EmbedderPolicy implements Keyword {
  UNSAFE_NONE("unsafe-none"),
  REQUIRE_CORP("require-corp"),
  CREDENTIALLESS("credentialless");

  private final String keyword;

  EmbedderPolicy(String keyword) {
    this.keyword = keyword;
  }

  /** The header's value. */
  @Override
  public String keyword() {
    return keyword;
  }

  /** The one with this {@link #keyword}. */
  public static Optional<EmbedderPolicy> of(String keyword) {
    return Keyword.find(values(), keyword);
  }

  /** That of an answer; {@link #UNSAFE_NONE} when it says none, or not exactly one. */
  public static EmbedderPolicy of(List<Header> headers) {
    List<String> lines =
        headers.stream()
            .filter(header -> header.name().equalsIgnoreCase("cross-origin-embedder-policy"))
            .map(Header::value)
            .toList();
    if (lines.size() != 1) {
      return UNSAFE_NONE;
    }
    return of(lines.get(0).replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT))
        .orElse(UNSAFE_NONE);
  }
}
