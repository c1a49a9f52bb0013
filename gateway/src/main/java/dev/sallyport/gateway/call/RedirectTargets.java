package dev.sallyport.gateway.call;

import dev.sallyport.gateway.config.Route;
import dev.sallyport.gateway.config.Targets;
import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.upstream.Server;
import dev.sallyport.url.Url;
import java.util.Optional;

/**
 * The servers that a route follows redirects to: its own upstream and those of {@code followTo}, or
 * the targets of a relay.
 */
public final class RedirectTargets {
  private final Optional<Server> upstream;
  private final TargetCheck check;

  /** Those of {@code route}. */
  public RedirectTargets(Route route) {
    if (route.destination() instanceof Upstream own) {
      this.upstream = Optional.of(Server.of(own));
      this.check = new TargetCheck(route.followTo());
    } else {
      this.upstream = Optional.empty();
      this.check = new TargetCheck((Targets) route.destination());
    }
  }

  /**
   * The call of a URL that a redirect names.
   *
   * @throws TargetException when it is not followed
   */
  public Call call(Url url) {
    boolean own =
        !url.includesCredentials()
            && upstream
                .filter(server -> server.toString().equals(url.origin().serialize()))
                .isPresent();
    return Call.of(own ? upstream.orElseThrow() : check.server(url), url);
  }
}
