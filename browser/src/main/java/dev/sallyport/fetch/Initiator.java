package dev.sallyport.fetch;

import java.util.Optional;

/**
 * What a page, and that of it which asks, add to a request.
 *
 * @param embedderPolicy what the page demands of all that it embeds
 * @param announced whether {@code Origin} goes along by CORS to the page's own origin, too
 * @param addressSpace where the page came from; empty when it is not known
 */
public record Initiator(
    EmbedderPolicy embedderPolicy, boolean announced, Optional<AddressSpace> addressSpace) {
  /** A script of a page that demands nothing. */
  static final Initiator SCRIPT = script(Optional.empty());

  /** A script of a page that demands nothing, and came from somewhere. */
  public static Initiator script(Optional<AddressSpace> addressSpace) {
    return new Initiator(EmbedderPolicy.UNSAFE_NONE, false, addressSpace);
  }
}
