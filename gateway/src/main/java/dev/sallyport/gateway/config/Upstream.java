package dev.sallyport.gateway.config;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * A server that the gateway calls.
 *
 * @param tls whether it is called by https
 * @param host a name or address as in a URL: {@code photos.bar.com}, {@code 127.0.0.1}, {@code
 *     [::1]}
 * @param port empty for the scheme's default
 * @param path what stands before the rest of the request's path, without a slash at its end: {@code
 *     /api}, or empty
 * @param protocol what is spoken with it
 * @param ownTls whom it has to be certified by, and whom it is called by; empty for the public
 *     authorities and for nobody
 */
public record Upstream(
    boolean tls,
    String host,
    OptionalInt port,
    String path,
    Protocol protocol,
    Optional<OwnTls> ownTls)
    implements Destination {

  /** What is spoken with a server. */
  public enum Protocol {
    /** HTTP/2 where TLS agrees on it, else HTTP/1.1. */
    AUTO("auto"),
    /** HTTP/1.1. */
    HTTP_1_1("http/1.1"),
    /** HTTP/2, also in clear. */
    HTTP_2("h2");

    private final String keyword;

    Protocol(String keyword) {
      this.keyword = keyword;
    }

    /** The word in the configuration. */
    public String keyword() {
      return keyword;
    }
  }

  /** An upstream that is known by its URL alone. */
  public Upstream(boolean tls, String host, OptionalInt port, String path) {
    this(tls, host, port, path, Protocol.AUTO, Optional.empty());
  }

  /** The same server, called in another way. */
  public Upstream with(Protocol spoken, Optional<OwnTls> own) {
    return new Upstream(tls, host, port, path, spoken, own);
  }

  /** The port that is dialled. */
  public int dialledPort() {
    return port.orElse(tls ? 443 : 80);
  }

  /** What the request's {@code Host} header says. */
  public String authority() {
    return port.isPresent() ? host + ":" + port.getAsInt() : host;
  }

  /** {@code https://photos.bar.com}. */
  public String origin() {
    return (tls ? "https://" : "http://") + authority();
  }

  /** The URL as it was configured: {@code https://photos.bar.com/api}. */
  @Override
  public String toString() {
    return origin() + path;
  }
}
