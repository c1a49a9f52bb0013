package dev.sallyport.gateway.config;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A directory with configurations in it, and the certificates, keys and environment that they name.
 */
final class Configurations {
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PHOTOS_KEY", "photos-secret",
          "PHOTOS_REGION", "eu",
          "ORDERS_KEY", "orders-secret",
          "KEY", "secret",
          "EMPTY", "",
          "TWO_LINES", "first\nsecond");

  private static final X509Bundle CLIENT = selfSigned("CN=gateway.foo.com");
  private static final X509Bundle OTHER = selfSigned("CN=other.foo.com");

  private final Path directory;

  /** Fills an empty directory. */
  Configurations(Path directory) {
    this.directory = directory;
    Path tls = directory.resolve("tls");
    try {
      Files.createDirectory(tls);
      Files.writeString(tls.resolve("certificate.pem"), pem("CERTIFICATE"));
      Files.writeString(tls.resolve("key.pem"), pem("PRIVATE KEY"));
      Files.writeString(tls.resolve("other.pem"), pem("CERTIFICATE"));
      Files.writeString(tls.resolve("other-key.pem"), pem("PRIVATE KEY"));
      Files.writeString(tls.resolve("old-key.pem"), pem("EC PRIVATE KEY"));
      Files.writeString(tls.resolve("encrypted-key.pem"), pem("ENCRYPTED PRIVATE KEY"));
      Files.writeString(tls.resolve("authorities.pem"), CLIENT.getCertificatePathPEM());
      Files.writeString(tls.resolve("client.pem"), CLIENT.getCertificatePathPEM());
      Files.writeString(tls.resolve("client-key.pem"), CLIENT.getPrivateKeyPEM());
      Files.writeString(tls.resolve("other.pem"), OTHER.getCertificatePathPEM());
      Files.writeString(tls.resolve("other-key.pem"), OTHER.getPrivateKeyPEM());
      Files.writeString(
          tls.resolve("cut.pem"), CLIENT.getCertificatePathPEM().replace("-----END", "---"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static X509Bundle selfSigned(String subject) {
    try {
      return new CertificateBuilder()
          .ecp256()
          .subject(subject)
          .setIsCertificateAuthority(true)
          .buildSelfSigned();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label) {
    return "-----BEGIN " + label + "-----\nAAAA\n-----END " + label + "-----\n";
  }

  /** The text of a file beside these tests. */
  static String resource(String name) {
    try (InputStream in = Configurations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The names of the files in a directory beside these tests. */
  static List<String> resources(String name) {
    try (InputStream in = Configurations.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ConfigResult read(String name, String text) {
    return read(name, text.getBytes(StandardCharsets.UTF_8));
  }

  ConfigResult read(String name, byte[] bytes) {
    try {
      Files.write(directory.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return ConfigFile.read(directory.resolve(name), Configurations::variable);
  }

  /** The problems as a user sees them who stands in the directory. */
  String problems(String name, String text) {
    return shown(read(name, text));
  }

  String shown(ConfigResult result) {
    StringBuilder shown = new StringBuilder();
    for (ConfigProblem problem : result.problems()) {
      shown.append(problem.toString().replace(directory + "/", "")).append('\n');
    }
    return shown.toString();
  }

  static Optional<String> variable(String name) {
    return Optional.ofNullable(ENVIRONMENT.get(name));
  }
}
