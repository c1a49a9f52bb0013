package dev.sallyport.gateway.config;

import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * TLS of an upstream's own: whom it has to be certified by, and which certificate it is shown.
 *
 * <p>It is what its files held when they were read. Two are equal when that was the same, so that
 * connections outlive a reload that changed nothing of it, and none outlives another.
 */
public final class OwnTls {
  private final List<X509Certificate> trust;
  private final Optional<Identity> identity;
  private final List<Path> files;
  private final int hash;

  /**
   * Who the gateway is.
   *
   * @param chain the certificate, then those that lead to its authority
   * @param key the certificate's private key
   */
  public record Identity(List<X509Certificate> chain, PrivateKey key) {
    /** Copies the list. */
    public Identity {
      chain = List.copyOf(chain);
    }

    /** The certificate's subject. */
    @Override
    public String toString() {
      return chain.get(0).getSubjectX500Principal().getName();
    }
  }

  /**
   * What was read.
   *
   * @param trust the authorities that certify the upstream; none for the public ones
   * @param identity who the upstream is told that it is called by; empty for nobody
   * @param files where all of it was read from
   */
  OwnTls(List<X509Certificate> trust, Optional<Identity> identity, List<Path> files) {
    this.trust = List.copyOf(trust);
    this.identity = identity;
    this.files = List.copyOf(files);
    this.hash = Objects.hash(this.trust, identity.map(Identity::chain));
  }

  /** The authorities that certify the upstream; none for the public ones. */
  public List<X509Certificate> trust() {
    return trust;
  }

  /** Who the upstream is told that it is called by; empty for nobody. */
  public Optional<Identity> identity() {
    return identity;
  }

  /** The files that it was read from. */
  public List<Path> files() {
    return files;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof OwnTls that
            && hash == that.hash
            && trust.equals(that.trust)
            && identity.equals(that.identity);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /** How much it trusts and whom it shows, without the key. */
  @Override
  public String toString() {
    return "tls by " + trust.size() + " authorities as " + identity.map(Identity::toString);
  }
}
