package dev.sallyport.gateway.call;

import dev.sallyport.gateway.config.Targets;
import dev.sallyport.gateway.egress.CloudMetadata;
import dev.sallyport.gateway.egress.Egress;
import dev.sallyport.gateway.upstream.Server;
import dev.sallyport.origin.Origin;
import dev.sallyport.origin.OriginPattern;
import dev.sallyport.origin.OriginSet;
import dev.sallyport.origin.OriginSet.Misses;
import dev.sallyport.origin.TupleOrigin;
import dev.sallyport.url.Url;
import java.util.Optional;

/**
 * Whether the server of a URL is one of those that may be called.
 *
 * <p>Each URL goes through all of it, one that a redirect names as one that a page does. Where the
 * server's name leads is checked when it is dialled, by {@link Server#egress}.
 */
public final class TargetCheck {
  private enum Verdict {
    LISTED,
    /** By the pattern that matches every origin. */
    ANY,
    NOT_LISTED
  }

  private final OriginSet<Verdict> listed;
  private final Egress egress;

  /** A check by {@code targets}. */
  public TargetCheck(Targets targets) {
    this.egress = targets.egress();
    this.listed =
        OriginSet.compile(
            targets.patterns().stream().map(OriginPattern::toString).toList(),
            new Misses<>(
                Verdict.NOT_LISTED, Verdict.NOT_LISTED, Verdict.NOT_LISTED, Verdict.NOT_LISTED),
            (pattern, origin) ->
                pattern instanceof OriginPattern.Any ? Verdict.ANY : Verdict.LISTED);
  }

  /**
   * The server to call.
   *
   * @throws TargetException when it may not be called
   */
  public Server server(Url url) {
    boolean tls = url.scheme().equals("https");
    if (!tls && !url.scheme().equals("http")) {
      throw new TargetException(TargetFault.SCHEME, "Only http and https are called.");
    }
    if (url.includesCredentials()) {
      throw new TargetException(
          TargetFault.CREDENTIALS,
          "A user or password in a URL is shown in logs and histories, and is not passed on. Remove it.");
    }
    // Some hosts that the URL standard knows are no names that could be registered.
    TupleOrigin origin =
        Optional.of(url.origin())
            .flatMap(of -> Origin.tryParse(of.serialize()))
            .filter(TupleOrigin.class::isInstance)
            .map(TupleOrigin.class::cast)
            .orElseThrow(
                () ->
                    new TargetException(
                        TargetFault.INVALID, "The URL's host is no name that can be registered."));
    Verdict verdict = listed.find(origin.serialize());
    int port = origin.effectivePort().orElseThrow();
    boolean ofTheWeb = port == 80 || port == 443;
    if (verdict != Verdict.LISTED && !ofTheWeb) {
      throw new TargetException(
          TargetFault.PORT, "Ports other than 80 and 443 are called only where they are declared.");
    }
    if (verdict == Verdict.NOT_LISTED) {
      throw new TargetException(
          TargetFault.NOT_ALLOWED, "The gateway does not call the origin of this URL.");
    }
    if (CloudMetadata.isAt(origin.host())) {
      throw new TargetException(
          TargetFault.ADDRESS, "Metadata services of clouds are never called.");
    }
    return Server.named(tls, origin.host(), origin.port(), egress);
  }
}
