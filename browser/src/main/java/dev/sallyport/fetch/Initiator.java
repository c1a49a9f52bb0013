package dev.sallyport.fetch;

/**
 * What a page, and that of it which asks, add to a request.
 *
 * @param embedderPolicy what the page demands of all that it embeds
 * @param announced whether {@code Origin} goes along by CORS to the page's own origin, too
 */
public record Initiator(EmbedderPolicy embedderPolicy, boolean announced) {
  /** A script of a page that demands nothing. */
  static final Initiator SCRIPT = new Initiator(EmbedderPolicy.UNSAFE_NONE, false);
}
