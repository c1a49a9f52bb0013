package dev.sallyport.gateway.config;

import dev.sallyport.origin.Printable;
import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the blocks of a PEM file hold. */
final class Pem {
  private static final Pattern CERTIFICATE = block("CERTIFICATE");
  private static final Pattern KEY = block("PRIVATE KEY");

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
   * The private key of a file, which is that of {@code certificate}.
   *
   * @throws Fault when it cannot be read, or is another's
   */
  static PrivateKey key(String pem, X509Certificate certificate) throws Fault {
    PublicKey known = certificate.getPublicKey();
    Matcher block = KEY.matcher(pem);
    if (!block.find()) {
      throw new Fault("holds a key that is cut off or is not Base64. Copy the file again, whole.");
    }
    String signature =
        switch (known.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default ->
              throw new Fault(
                  "is for a certificate of "
                      + Printable.of(known.getAlgorithm())
                      + ", and those of EC and RSA are used. Have one of them issued.");
        };
    try {
      PrivateKey key =
          KeyFactory.getInstance(known.getAlgorithm())
              .generatePrivate(new PKCS8EncodedKeySpec(bytes(block)));
      if (isPair(key, known, signature)) {
        return key;
      }
    } catch (IllegalArgumentException e) {
      throw broken("the key");
    } catch (GeneralSecurityException e) {
      // It is of another algorithm, or no key at all.
    }
    throw new Fault(
        "is not the private key of the certificate. Name the one that the certificate was issued for.");
  }

  private static boolean isPair(PrivateKey key, PublicKey known, String algorithm)
      throws GeneralSecurityException {
    byte[] text = {'p', 'a', 'i', 'r'};
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(text);
    byte[] signed = signing.sign();
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(known);
    verifying.update(text);
    return verifying.verify(signed);
  }

  private static byte[] bytes(Matcher block) {
    return Base64.getMimeDecoder().decode(block.group(1));
  }

  private static Fault broken(String what) {
    return new Fault("cannot be read: " + what + " in it is broken. Copy the file again, whole.");
  }
}
