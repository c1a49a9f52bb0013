package dev.sallyport.oracle;

import dev.sallyport.embed.Crossorigin;
import dev.sallyport.embed.Embedding;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How a page comes to make a request: a script asks for all that it can, or something is embedded.
 *
 * @param embedding empty when a script asks
 */
record Way(Optional<Embedding> embedding, Crossorigin crossorigin) {
  /** A script asks, by the case's own API. */
  static final Way REQUEST = new Way(Optional.empty(), Crossorigin.NONE);

  /**
   * They ask as often as they like: media for its parts, workers in processes of their own; or
   * nobody is told when they are done.
   */
  private static final Set<Embedding> BEYOND_SIGHT =
      EnumSet.of(
          Embedding.AUDIO,
          Embedding.VIDEO,
          Embedding.BEACON,
          Embedding.BEACON_JSON,
          Embedding.PING,
          Embedding.SERVICE_WORKER,
          Embedding.PREFETCH);

  static Way of(Embedding embedding, Crossorigin crossorigin) {
    return new Way(Optional.of(embedding), crossorigin);
  }

  /** As the page calls it. */
  String keyword() {
    return embedding.map(Embedding::keyword).orElse("request");
  }

  /** Whether what arrives at the servers is all there, and once, when the page reports. */
  boolean isSeenByServers() {
    return embedding.filter(BEYOND_SIGHT::contains).isEmpty();
  }
}
