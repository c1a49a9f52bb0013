package dev.sallyport.embed;

import dev.sallyport.fetch.EmbedderPolicy;
import dev.sallyport.url.Url;

/**
 * The page that embeds.
 *
 * @param url its URL
 * @param embedderPolicy what it demands of what it embeds
 */
public record EmbeddingPage(Url url, EmbedderPolicy embedderPolicy) {

  /** A page that demands nothing. */
  public static EmbeddingPage of(Url url) {
    return new EmbeddingPage(url, EmbedderPolicy.UNSAFE_NONE);
  }
}
