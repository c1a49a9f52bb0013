package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.gateway.config.Value.Sequence;
import dev.sallyport.origin.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code tls}: a certificate and its key, or a list of them; each file is there, readable,
 * and holds what its key says. It also reads the names of single PEM files.
 */
final class TlsFiles {
  /** A certificate and its chain are a few kilobytes. */
  private static final int MOST_BYTES = 1 << 20;

  private static final String EXAMPLE =
      "{certificate: tls/certificate.pem, privateKey: tls/key.pem}";

  private TlsFiles() {}

  /** The certificates of a listener: one, or a list; those that are a problem are left out. */
  static Optional<Listener.Tls> read(Reading reading, Value value) {
    if (value instanceof Sequence sequence && sequence.items().isEmpty()) {
      reading.error(
          value.place(),
          "tls is an empty list, so that there is nothing to speak TLS with. Write "
              + EXAMPLE
              + ".");
    }
    List<Value> written = value instanceof Sequence sequence ? sequence.items() : List.of(value);
    List<Listener.Certificate> certificates =
        written.stream().flatMap(each -> certificate(reading, each).stream()).toList();
    return certificates.isEmpty() ? Optional.empty() : Optional.of(new Listener.Tls(certificates));
  }

  private static Optional<Listener.Certificate> certificate(Reading reading, Value value) {
    return Fields.open(reading, value, Keys.TLS, "tls", EXAMPLE)
        .flatMap(fields -> certificate(reading, fields));
  }

  private static Optional<Listener.Certificate> certificate(Reading reading, Fields fields) {
    Optional<Path> certificate = file(reading, fields, "certificate", "tls/certificate.pem");
    Optional<Path> key = file(reading, fields, "privateKey", "tls/key.pem");
    return certificate.flatMap(first -> key.map(second -> new Listener.Certificate(first, second)));
  }

  /** The file that {@code key} names; otherwise a problem, also when it is not written. */
  static Optional<Path> file(Reading reading, Fields fields, String key, String example) {
    if (fields.get(key).isEmpty()) {
      reading.error(
          fields.place(), "tls has no " + key + ". Add " + key + ": " + example + ", a PEM file.");
      return Optional.empty();
    }
    Optional<Scalar> written = fields.text(key, example);
    if (written.isEmpty()) {
      return Optional.empty();
    }
    String name = written.get().text();
    String fault;
    try {
      Path path = reading.directory().resolve(name).normalize();
      fault = fault(path, key);
      if (fault.isEmpty()) {
        return Optional.of(path);
      }
    } catch (InvalidPathException e) {
      fault = "cannot be the name of a file. Write one such as " + example + ".";
    }
    reading.error(written.get().place(), key + " \"" + Printable.of(name) + "\" " + fault);
    return Optional.empty();
  }

  private static String fault(Path path, String key) {
    if (!Files.exists(path)) {
      return "is not there: there is no "
          + Printable.of(path.toString())
          + ". Relative names begin at the directory of the configuration.";
    }
    if (!Files.isRegularFile(path)) {
      return "is no file. Name the PEM file itself.";
    }
    try {
      String pem = text(path);
      return switch (key) {
        case "trust" -> trustFault(pem);
        case "certificate" -> certificateFault(pem);
        default -> keyFault(pem, path);
      };
    } catch (IOException e) {
      return "cannot be read ("
          + Printable.of(path.toString())
          + "). Give the user who runs the gateway the right to read it.";
    }
  }

  /** What a file says, as far as it may. */
  static String text(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
    }
  }

  private static String trustFault(String pem) {
    return pem.contains("-----BEGIN CERTIFICATE-----")
        ? ""
        : "holds no certificate in PEM form (\"-----BEGIN CERTIFICATE-----\"). Name the file of the"
            + " authorities that certify the upstream.";
  }

  private static String certificateFault(String pem) {
    return pem.contains("-----BEGIN CERTIFICATE-----")
        ? ""
        : "holds no certificate in PEM form (\"-----BEGIN CERTIFICATE-----\"). Name the file of the"
            + " certificate, followed by its chain.";
  }

  private static String keyFault(String pem, Path path) {
    String file = Printable.of(String.valueOf(path.getFileName()));
    if (pem.contains("-----BEGIN PRIVATE KEY-----")) {
      return "";
    }
    if (pem.contains("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
      return "is encrypted, and nobody is there to type its password. Decrypt it: openssl pkcs8 -in "
          + file
          + " -out key.pem";
    }
    if (pem.contains(" PRIVATE KEY-----")) {
      return "is in an older form than PKCS #8. Convert it: openssl pkcs8 -topk8 -nocrypt -in "
          + file
          + " -out key.pem";
    }
    return "holds no private key in PEM form (\"-----BEGIN PRIVATE KEY-----\"). Name the file of the key.";
  }
}
