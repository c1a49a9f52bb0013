package dev.sallyport.gateway.config;

import dev.sallyport.gateway.tls.KeyedCertificate;
import dev.sallyport.origin.Printable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code tls} of an upstream, and what its files hold. */
final class OwnTlsReader {
  private static final String TRUST = "tls/authorities.pem";
  private static final String CERTIFICATE = "tls/client.pem";
  private static final String KEY = "tls/client-key.pem";

  private final Reading reading;
  private final Fields fields;
  private final List<Path> files = new ArrayList<>();

  private OwnTlsReader(Reading reading, Fields fields) {
    this.reading = reading;
    this.fields = fields;
  }

  /** The TLS that {@code value} says; otherwise a problem. */
  static Optional<OwnTls> read(Reading reading, Value value) {
    return Fields.open(reading, value, Keys.UPSTREAM_TLS, "tls", "{trust: " + TRUST + "}")
        .flatMap(fields -> new OwnTlsReader(reading, fields).read());
  }

  private Optional<OwnTls> read() {
    boolean trusts = fields.get("trust").isPresent();
    boolean shows = fields.get("certificate").isPresent() || fields.get("privateKey").isPresent();
    if (!trusts && !shows) {
      reading.error(
          fields.place(),
          "tls says nothing. Add trust: "
              + TRUST
              + ", the authorities that certify the upstream, or certificate and privateKey, if it wants"
              + " to see one.");
      return Optional.empty();
    }
    List<X509Certificate> trust = trusts ? certificates("trust", TRUST) : List.of();
    Optional<KeyedCertificate> identity = shows ? identity() : Optional.empty();
    boolean sound = trusts != trust.isEmpty() && shows == identity.isPresent();
    return sound ? Optional.of(new OwnTls(trust, identity, files)) : Optional.empty();
  }

  private Optional<KeyedCertificate> identity() {
    List<X509Certificate> chain = certificates("certificate", CERTIFICATE);
    Optional<Path> file = TlsFiles.file(reading, fields, "privateKey", KEY);
    if (chain.isEmpty() || file.isEmpty()) {
      return Optional.empty();
    }
    return parse("privateKey", file.get(), pem -> Pem.keyed(pem, chain));
  }

  /** The certificates of the file that {@code key} names; none if there is a problem. */
  private List<X509Certificate> certificates(String key, String example) {
    return TlsFiles.file(reading, fields, key, example)
        .flatMap(file -> parse(key, file, Pem::certificates))
        .orElse(List.of());
  }

  /** Makes something of the text of a file. */
  @FunctionalInterface
  private interface Parser<T> {
    T parse(String pem) throws Fault;
  }

  private <T> Optional<T> parse(String key, Path file, Parser<T> parser) {
    files.add(file);
    try {
      return Optional.of(parser.parse(TlsFiles.text(file)));
    } catch (Fault fault) {
      tell(key, file, fault.text());
    } catch (IOException e) {
      tell(key, file, "cannot be read any more. Put it back.");
    }
    return Optional.empty();
  }

  private void tell(String key, Path file, String fault) {
    String name = fields.text(key, "").map(Value.Scalar::text).orElse(file.toString());
    reading.error(fields.valuePlace(key), key + " \"" + Printable.of(name) + "\" " + fault);
  }
}
