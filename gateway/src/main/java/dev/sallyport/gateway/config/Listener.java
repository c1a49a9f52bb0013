package dev.sallyport.gateway.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the gateway listens.
 *
 * @param host an address or a name that resolves to one
 * @param port 0 to 65535; 0 for any that is free
 * @param tls the certificates to speak TLS with; empty for clear text
 */
public record Listener(String host, int port, Optional<Tls> tls) {

  /**
   * What a TLS listener shows.
   *
   * @param certificates each is shown to those who ask for one of its names; at least one, of which
   *     the first is shown to all others
   */
  public record Tls(List<Certificate> certificates) {
    /** Copies the list. */
    public Tls {
      certificates = List.copyOf(certificates);
    }

    /** The same certificate for all. */
    public Tls(Path certificate, Path privateKey) {
      this(List.of(new Certificate(certificate, privateKey)));
    }
  }

  /**
   * A certificate and its key.
   *
   * @param certificate a PEM file: the certificate, then the chain
   * @param privateKey a PEM file: the key, PKCS #8, not encrypted
   */
  public record Certificate(Path certificate, Path privateKey) {}
}
