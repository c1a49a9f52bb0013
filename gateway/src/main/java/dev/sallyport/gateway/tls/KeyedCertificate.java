package dev.sallyport.gateway.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate with its chain, and its private key.
 *
 * @param chain the certificate, then those that it was issued by
 * @param key the private key
 */
public record KeyedCertificate(List<X509Certificate> chain, PrivateKey key) {
  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  /** Of the types of names in a subjectAltName, the one of DNS (RFC 5280, 4.2.1.6). */
  private static final int DNS_NAME = 2;

  /** Copies the list. */
  public KeyedCertificate {
    chain = List.copyOf(chain);
  }

  /**
   * Reads both from PEM files.
   *
   * @throws IOException when a file cannot be read
   * @throws GeneralSecurityException when it does not hold what it should
   */
  public static KeyedCertificate read(Path certificate, Path privateKey)
      throws IOException, GeneralSecurityException {
    List<X509Certificate> chain = new ArrayList<>();
    try (InputStream in = Files.newInputStream(certificate)) {
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        chain.add((X509Certificate) each);
      }
    }
    if (chain.isEmpty()) {
      throw new CertificateException("there is no certificate in it");
    }
    return new KeyedCertificate(chain, key(privateKey, chain.get(0).getPublicKey()));
  }

  private static PrivateKey key(Path file, PublicKey of)
      throws IOException, GeneralSecurityException {
    Matcher pem = PKCS8.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    if (!pem.find()) {
      throw new InvalidKeySpecException("there is no private key in it");
    }
    byte[] pkcs8;
    try {
      pkcs8 = Base64.getMimeDecoder().decode(pem.group(1));
    } catch (IllegalArgumentException e) {
      throw new InvalidKeySpecException("the private key is no base 64", e);
    }
    return key(pkcs8, of);
  }

  /**
   * The private key that {@code pkcs8} is.
   *
   * @param of what it is meant to be for
   * @throws GeneralSecurityException when it is none
   */
  public static PrivateKey key(byte[] pkcs8, PublicKey of) throws GeneralSecurityException {
    PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(pkcs8);
    // It does not say of which kind it is until it is parsed as such.
    for (String algorithm : new LinkedHashSet<>(List.of(of.getAlgorithm(), "RSA", "EC", "EdDSA"))) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(spec);
      } catch (InvalidKeySpecException other) {
        // Tried with the next; said below.
      }
    }
    throw new InvalidKeySpecException("the private key cannot be read");
  }

  /** Whether the key is the certificate's: whether what the one signs the other verifies. */
  public boolean isPair() throws GeneralSecurityException {
    PublicKey certified = chain.get(0).getPublicKey();
    if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
      return false;
    }
    Optional<String> algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> Optional.of("SHA256withRSA");
          case "EC" -> Optional.of("SHA256withECDSA");
          case "EdDSA" -> Optional.of("EdDSA");
          default -> Optional.empty();
        };
    if (algorithm.isEmpty()) {
      // Of a kind that only the library that speaks TLS may know.
      return true;
    }
    byte[] something = {1, 2, 3, 4};
    Signature signer = Signature.getInstance(algorithm.get());
    signer.initSign(key);
    signer.update(something);
    Signature verifier = Signature.getInstance(algorithm.get());
    verifier.initVerify(certified);
    verifier.update(something);
    return verifier.verify(signer.sign());
  }

  /**
   * The names of DNS that it is for, in lower case: {@code foo.com}, {@code *.foo.com}. The common
   * name of its subject is none: browsers look at it no more.
   */
  public Set<String> names() throws CertificateException {
    Collection<List<?>> alternatives = chain.get(0).getSubjectAlternativeNames();
    Set<String> names = new LinkedHashSet<>();
    if (alternatives != null) {
      for (List<?> each : alternatives) {
        if (each.get(0).equals(DNS_NAME)) {
          names.add(String.valueOf(each.get(1)).toLowerCase(Locale.ROOT));
        }
      }
    }
    return names;
  }

  /** The certificate's subject, without the key. */
  @Override
  public String toString() {
    return chain.get(0).getSubjectX500Principal().getName();
  }
}
