package dev.sallyport.gateway.rewrite;

import dev.sallyport.gateway.call.Call;
import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.Upstream;
import java.util.Optional;

/**
 * Turns the address of something that a call's answer names into the route's own address for it.
 */
sealed interface Locations permits LocationRewriter, RelayLocations {

  /** Those of {@code route}. */
  static Locations of(Route route) {
    return route.destination() instanceof Upstream upstream
        ? new LocationRewriter(upstream, route.path())
        : new RelayLocations(route.path());
  }

  /** The page's address for {@code location}; empty when there is none. */
  Optional<String> rewrite(String location, Call call);
}
