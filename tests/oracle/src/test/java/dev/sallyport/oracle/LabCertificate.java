package dev.sallyport.oracle;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/** A certificate that nobody trusts, made for one run: the engines are told to take it. */
final class LabCertificate {
  private final SSLContext context;
  private final String fingerprint;

  private LabCertificate(SSLContext context, String fingerprint) {
    this.context = context;
    this.fingerprint = fingerprint;
  }

  static LabCertificate make() throws IOException {
    CertificateBuilder builder =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=lab")
            .addSanIpAddress("127.0.0.1")
            .addExtendedKeyUsageServerAuth();
    for (String host : CaseGenerator.HOSTS) {
      builder.addSanDnsName(host.toLowerCase(Locale.ROOT));
    }
    try {
      X509Bundle authority =
          new CertificateBuilder()
              .ecp256()
              .subject("CN=authority of the lab")
              .setIsCertificateAuthority(true)
              .buildSelfSigned();
      X509Bundle made = builder.buildIssuedBy(authority);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(made.toKeyManagerFactory().getKeyManagers(), null, null);
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(made.getCertificate().getEncoded());
      return new LabCertificate(
          context, HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
    } catch (Exception e) {
      throw new IOException("the certificate of the lab cannot be made", e);
    }
  }

  SSLContext context() {
    return context;
  }

  /** SHA-256 of the certificate, as Firefox writes it. */
  String fingerprint() {
    return fingerprint;
  }
}
