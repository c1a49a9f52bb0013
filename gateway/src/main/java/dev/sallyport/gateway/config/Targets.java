package dev.sallyport.gateway.config;

import dev.sallyport.gateway.egress.Egress;
import dev.sallyport.origin.OriginPattern;
import java.util.List;

/**
 * The servers that may be called when a page or a redirect names the URL.
 *
 * @param patterns their origins; none for no server
 * @param egress the addresses at which they may be
 */
public record Targets(List<OriginPattern> patterns, Egress egress) implements Destination {

  /** No server. */
  public static final Targets NONE = new Targets(List.of(), Egress.GLOBAL);

  /** Copies the list. */
  public Targets {
    patterns = List.copyOf(patterns);
  }

  /** {@code https://*.bar.com, https://cdn.foo.com}. */
  @Override
  public String toString() {
    return String.join(", ", patterns.stream().map(OriginPattern::toString).toList());
  }
}
