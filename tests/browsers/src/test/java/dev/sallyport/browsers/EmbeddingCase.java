package dev.sallyport.browsers;

import dev.sallyport.embed.Crossorigin;
import dev.sallyport.embed.Embedding;

/**
 * A page that embeds something.
 *
 * @param id its number
 * @param page the page's host
 * @param pageOrigin the page's origin
 * @param embedding by which way
 * @param crossorigin with which attribute
 * @param variant what the server says
 * @param url of what it embeds
 */
record EmbeddingCase(
    int id,
    String page,
    String pageOrigin,
    Embedding embedding,
    Crossorigin crossorigin,
    EmbeddingServer.Variant variant,
    String url) {
  @Override
  public String toString() {
    return embedding.keyword()
        + " crossorigin="
        + crossorigin.keyword()
        + " "
        + variant
        + " "
        + url
        + " in a page of "
        + page;
  }
}
