package dev.sallyport.oracle;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that nobody trusts, made for one run: the engines are told to take it. */
final class LabCertificate {
  private static final char[] PASSWORD = "no secret".toCharArray();

  private final SSLContext context;
  private final String fingerprint;

  private LabCertificate(SSLContext context, String fingerprint) {
    this.context = context;
    this.fingerprint = fingerprint;
  }

  static LabCertificate make() throws IOException {
    Path directory = Files.createTempDirectory("sallyport-lab-");
    Path file = directory.resolve("lab.p12");
    try {
      keytool(file);
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(file)) {
        keys.load(in, PASSWORD);
      }
      KeyManagerFactory managers =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(keys, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(keys.getCertificate("lab").getEncoded());
      return new LabCertificate(
          context, HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest));
    } catch (GeneralSecurityException e) {
      throw new IOException("the JDK makes no certificate", e);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }

  private static void keytool(Path file) throws IOException {
    String names = "dns:" + String.join(",dns:", CaseGenerator.HOSTS) + ",ip:127.0.0.1";
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "lab",
                "-keyalg",
                "EC",
                "-dname",
                "CN=lab",
                "-ext",
                "san=" + names.toLowerCase(Locale.ROOT),
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.onExit().join().exitValue() != 0) {
      throw new IOException("keytool makes no certificate: " + said);
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
