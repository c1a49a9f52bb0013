package dev.sallyport.gateway.config;

import dev.sallyport.gateway.tls.KeyedCertificate;
import java.nio.file.Path;
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
  private final Optional<KeyedCertificate> identity;
  private final List<Path> files;
  private final int hash;

  /**
   * What was read.
   *
   * @param trust the authorities that certify the upstream; none for the public ones
   * @param identity who the upstream is told that it is called by; empty for nobody
   * @param files where all of it was read from
   */
  OwnTls(List<X509Certificate> trust, Optional<KeyedCertificate> identity, List<Path> files) {
    this.trust = List.copyOf(trust);
    this.identity = identity;
    this.files = List.copyOf(files);
    this.hash = Objects.hash(this.trust, identity.map(KeyedCertificate::chain));
  }

  /** The authorities that certify the upstream; none for the public ones. */
  public List<X509Certificate> trust() {
    return trust;
  }

  /** Who the upstream is told that it is called by; empty for nobody. */
  public Optional<KeyedCertificate> identity() {
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
    return "tls by " + trust.size() + " authorities as " + identity.map(KeyedCertificate::toString);
  }
}
