package dev.sallyport.bench.gateway;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a certificate for loopback, and its key, as files that all proxies read. */
final class PemFiles {
  private PemFiles() {}

  /** Writes {@code certificate.pem} and {@code key.pem}. */
  static void write(Path directory) throws Exception {
    X509Bundle authority =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=authority of the benchmark")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
    X509Bundle made =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=127.0.0.1")
            .addSanIpAddress("127.0.0.1")
            .addExtendedKeyUsageServerAuth()
            .buildIssuedBy(authority);
    Files.writeString(directory.resolve("certificate.pem"), made.getCertificatePEM());
    Files.writeString(directory.resolve("key.pem"), made.getPrivateKeyPEM());
  }
}
