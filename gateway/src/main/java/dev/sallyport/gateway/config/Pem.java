package dev.sallyport.gateway.config;

import dev.sallyport.gateway.tls.KeyedCertificate;
import dev.sallyport.origin.Printable;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the blocks of a PEM file hold. */
final class Pem {
  private static final Pattern CERTIFICATE = block("CERTIFICATE");
  private static final Pattern KEY = block("PRIVATE KEY");

  private static final Set<String> USED = Set.of("EC", "RSA");

  private Pem() {}

  private static Pattern block(String label) {
    return Pattern.compile(
        "-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----");
  }

  /**
   * All certificates of a file, at least one.
   *
   * @throws Fault when one cannot be read
   */
  static List<X509Certificate> certificates(String pem) throws Fault {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher blocks = CERTIFICATE.matcher(pem);
    while (blocks.find()) {
      try {
        certificates.add(
            (X509Certificate)
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes(blocks))));
      } catch (CertificateException | IllegalArgumentException e) {
        throw broken("certificate " + (certificates.size() + 1));
      }
    }
    if (certificates.isEmpty()) {
      throw new Fault(
          "holds a certificate that is cut off or is not Base64. Copy the file again, whole.");
    }
    return certificates;
  }

  /**
   * A certificate with the private key of a file, which is its own.
   *
   * @param chain the certificate, then those that it was issued by
   * @throws Fault when it cannot be read, or is another's
   */
  static KeyedCertificate keyed(String pem, List<X509Certificate> chain) throws Fault {
    PublicKey known = chain.get(0).getPublicKey();
    Matcher block = KEY.matcher(pem);
    if (!block.find()) {
      throw new Fault("holds a key that is cut off or is not Base64. Copy the file again, whole.");
    }
    if (!USED.contains(known.getAlgorithm())) {
      throw new Fault(
          "is for a certificate of "
              + Printable.of(known.getAlgorithm())
              + ", and those of EC and RSA are used. Have one of them issued.");
    }
    try {
      KeyedCertificate keyed =
          new KeyedCertificate(chain, KeyedCertificate.key(bytes(block), known));
      if (keyed.isPair()) {
        return keyed;
      }
    } catch (IllegalArgumentException e) {
      throw broken("the key");
    } catch (GeneralSecurityException e) {
      // It is of another algorithm, or no key at all.
    }
    throw new Fault(
        "is not the private key of the certificate. Name the one that the certificate was issued for.");
  }

  private static byte[] bytes(Matcher block) {
    return Base64.getMimeDecoder().decode(block.group(1));
  }

  private static Fault broken(String what) {
    return new Fault("cannot be read: " + what + " in it is broken. Copy the file again, whole.");
  }
}
