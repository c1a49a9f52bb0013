package dev.sallyport.gateway.call;

import dev.sallyport.gateway.upstream.Server;
import dev.sallyport.url.Url;
import java.util.Optional;

/**
 * What is asked of which server.
 *
 * @param server the server
 * @param pathAndQuery what the request line says: {@code /peace.png?x=1}
 */
public record Call(Server server, String pathAndQuery) {

  /**
   * The call of a URL.
   *
   * @param server that of {@code url}
   */
  public static Call of(Server server, Url url) {
    return new Call(server, url.path() + url.query().map(query -> "?" + query).orElse(""));
  }

  /** The URL that is called; empty for what no browser would take for one. */
  public Optional<Url> url() {
    return Url.tryParse(server + pathAndQuery);
  }

  /** The URL as it goes over the wire. */
  @Override
  public String toString() {
    return server + pathAndQuery;
  }
}
