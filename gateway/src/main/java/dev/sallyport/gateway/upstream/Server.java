package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.config.OwnTls;
import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.config.Upstream.Protocol;
import dev.sallyport.gateway.egress.Egress;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A server that connections lead to.
 *
 * @param tls whether it is called by https
 * @param host a name or address as in a URL
 * @param port empty for the scheme's default
 * @param egress at which addresses it may be; empty where the configuration named the server, which
 *     may be anywhere. A connection that was made without this check is not used where there is one
 * @param protocol what is spoken with it
 * @param ownTls whom it has to be certified by, and whom it is called by, if not as all others. A
 *     connection that was made by one is not used where another is asked for
 */
public record Server(
    boolean tls,
    String host,
    OptionalInt port,
    Optional<Egress> egress,
    Protocol protocol,
    Optional<OwnTls> ownTls) {

  /** A server that somebody else than the configuration has named. */
  public static Server named(boolean tls, String host, OptionalInt port, Egress egress) {
    return new Server(tls, host, port, Optional.of(egress), Protocol.AUTO, Optional.empty());
  }

  /** The server of a route. */
  public static Server of(Upstream upstream) {
    return new Server(
        upstream.tls(),
        upstream.host(),
        upstream.port(),
        Optional.empty(),
        upstream.protocol(),
        upstream.ownTls());
  }

  /** Whether HTTP/2 may be spoken with it. */
  boolean mayBeHttp2() {
    return protocol == Protocol.HTTP_2 || tls && protocol == Protocol.AUTO;
  }

  /** The port that is dialled. */
  public int dialledPort() {
    return port.orElse(tls ? 443 : 80);
  }

  /** What the request's {@code Host} header says. */
  public String authority() {
    return port.isPresent() ? host + ":" + port.getAsInt() : host;
  }

  /** Its origin: {@code https://photos.bar.com}. */
  @Override
  public String toString() {
    return (tls ? "https://" : "http://") + authority();
  }
}
