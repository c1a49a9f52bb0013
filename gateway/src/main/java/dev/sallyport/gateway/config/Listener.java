package dev.sallyport.gateway.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the gateway listens.
 *
 * @param host an address or a name that resolves to one
 * @param port 0 to 65535; 0 for any that is free
 * @param tls the certificate and key to speak TLS with; empty for clear text
 */
public record Listener(String host, int port, Optional<Tls> tls) {

  /**
   * What a TLS listener shows.
   *
   * @param certificate a PEM file: the certificate, then the chain
   * @param privateKey a PEM file: the key, PKCS #8, not encrypted
   */
  public record Tls(Path certificate, Path privateKey) {}
}
