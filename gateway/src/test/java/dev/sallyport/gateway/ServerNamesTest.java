package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FromFile;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.Trusting;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A listener of several certificates: which is shown to whom. */
@ExtendWith(NoLeaks.class)
class ServerNamesTest {
  private static final String SUBJECT_ALT_NAME = "2.5.29.17";

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = directory.resolve("sallyport.yaml");
  }

  private void certify(String name, String subject, String... names) throws Exception {
    CertificateBuilder builder =
        new CertificateBuilder().ecp256().setIsCertificateAuthority(true).subject("CN=" + subject);
    if (names.length > 0) {
      builder.addExtensionOctetString(SUBJECT_ALT_NAME, false, dnsNames(names));
    }
    X509Bundle bundle = builder.buildSelfSigned();
    // One at a time, as a certificate manager does: the gateway waits until both stay.
    Files.writeString(directory.resolve(name + "-key.pem"), bundle.getPrivateKeyPEM());
    Files.writeString(directory.resolve(name + ".pem"), bundle.getCertificatePathPEM());
  }

  /** The builder's own method takes no wildcards. In DER: a sequence of [2] IA5String. */
  private static byte[] dnsNames(String... names) {
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    for (String name : names) {
      list.write(0x82);
      list.write(name.length());
      list.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    }
    assertThat(list.size()).as("in one byte").isLessThan(0x80);
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(0x30);
    der.write(list.size());
    der.writeBytes(list.toByteArray());
    return der.toByteArray();
  }

  private void configure(FaultyUpstream upstream, String... certificates) throws IOException {
    StringBuilder tls = new StringBuilder();
    for (String each : certificates) {
      tls.append("      - {certificate: ")
          .append(each)
          .append(".pem, privateKey: ")
          .append(each)
          .append("-key.pem}\n");
    }
    Files.writeString(
        file,
        "listen:\n  - address: 127.0.0.1:0\n    tls:\n"
            + tls
            + "workers: 1\nroutes: [{upstream: \"http://127.0.0.1:"
            + upstream.port()
            + "\"}]\n");
  }

  private static SSLSocket connect(Gateway gateway, String name, String... protocols)
      throws Exception {
    InetSocketAddress address = gateway.addresses().get(0);
    Socket connected = new Socket(address.getAddress(), address.getPort());
    SSLSocket socket =
        (SSLSocket) Trusting.context().getSocketFactory().createSocket(connected, null, 0, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
    parameters.setApplicationProtocols(protocols);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static String shown(SSLSocket socket) throws IOException {
    X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
    return shown.getSubjectX500Principal().getName();
  }

  private static String shown(Gateway gateway, String name) throws Exception {
    try (SSLSocket socket = connect(gateway, name)) {
      return shown(socket);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          first.com     | CN=first
          second.com    | CN=second
          SECOND.com    | CN=second
          www.second.com| CN=second
          a.wild.com    | CN=wild
          b.wild.com    | CN=exact
          a.b.wild.com  | CN=first
          wild.com      | CN=first
          unknown.com   | CN=first
          com           | CN=first
          ''            | CN=first
          """)
  void theCertificateIsThatOfTheName(String name, String subject) throws Exception {
    certify("first", "first", "first.com");
    certify("second", "second", "Second.com", "www.second.com");
    certify("wild", "wild", "*.wild.com");
    certify("exact", "exact", "b.wild.com");
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "first", "second", "wild", "exact");
      try (Gateway gateway = FromFile.start(file);
          SSLSocket socket = connect(gateway, name);
          RawClient client = RawClient.on(socket)) {
        assertThat(shown(socket)).isEqualTo(subject);
        assertThat(client.get("/").answer().body()).isEqualTo("hello");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"first.com", "second.com"})
  void alpnIsNegotiatedForEveryName(String name) throws Exception {
    certify("first", "first", "first.com");
    certify("second", "second", "second.com");
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "first", "second");
      try (Gateway gateway = FromFile.start(file);
          SSLSocket both = connect(gateway, name, "h2", "http/1.1");
          SSLSocket old = connect(gateway, name, "http/1.1")) {
        assertThat(both.getApplicationProtocol()).isEqualTo("h2");
        assertThat(both.getSession().getProtocol()).isEqualTo("TLSv1.3");
        assertThat(old.getApplicationProtocol()).isEqualTo("http/1.1");
      }
    }
  }

  @Test
  void oneOfSeveralIsReloadedAndConnectionsAreKept() throws Exception {
    certify("first", "first", "first.com");
    certify("second", "second", "second.com");
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "first", "second");
      try (Gateway gateway = FromFile.start(file);
          SSLSocket before = connect(gateway, "second.com");
          RawClient client = RawClient.on(before)) {
        certify("second", "renewed", "second.com");
        Await.until(
            "the renewed certificate", () -> shown(gateway, "second.com").equals("CN=renewed"));
        assertThat(shown(gateway, "first.com")).isEqualTo("CN=first");
        assertThat(client.get("/").answer().body()).as("on the old one").isEqualTo("hello");
      }
    }
  }

  @Test
  void whatIsNotTlsIsClosed() throws Exception {
    certify("first", "first", "first.com");
    certify("second", "second", "second.com");
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "first", "second");
      try (Gateway gateway = FromFile.start(file);
          RawClient clear = RawClient.to(gateway.addresses().get(0))) {
        assertThat(clear.get("/x").wire().readToEnd()).doesNotContain("HTTP");
      }
    }
  }

  @Test
  void aNameThatTwoCertificatesClaimIsRefused() throws Exception {
    certify("first", "first", "first.com", "*.foo.com");
    certify("second", "second", "*.FOO.com");
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "first", "second");
      assertThatThrownBy(() -> FromFile.start(file))
          .isInstanceOf(GatewayStartException.class)
          .hasMessage(
              "the certificates \"%s\" and \"%s\" of one listener are both for \"*.foo.com\", and only one of"
                  + " them could be shown. Remove one.",
              directory.resolve("first.pem"), directory.resolve("second.pem"));
    }
  }

  @Test
  void aCertificateWithoutNamesHasToBeTheFirst() throws Exception {
    certify("first", "first.com");
    certify("second", "second", "second.com");
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "second", "first");
      assertThatThrownBy(() -> FromFile.start(file))
          .isInstanceOf(GatewayStartException.class)
          .hasMessageStartingWith(
              "the certificate \"%s\" is for no name of DNS", directory.resolve("first.pem"));
      configure(upstream, "first", "second");
      try (Gateway gateway = FromFile.start(file)) {
        assertThat(shown(gateway, "unknown.com")).isEqualTo("CN=first.com");
        assertThat(shown(gateway, "second.com")).isEqualTo("CN=second");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"of the same kind, false", "of another kind, true"})
  void aKeyThatIsNotTheCertificatesIsRefused(String which, boolean rsa) throws Exception {
    certify("first", "first", "first.com");
    certify("second", "second", "second.com");
    CertificateBuilder other =
        new CertificateBuilder().subject("CN=other").setIsCertificateAuthority(true).ecp256();
    Path key = directory.resolve("second-key.pem");
    Files.writeString(key, (rsa ? other.rsa2048() : other).buildSelfSigned().getPrivateKeyPEM());
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      configure(upstream, "first", "second");
      assertThatThrownBy(() -> FromFile.start(file))
          .as(which)
          .isInstanceOf(GatewayStartException.class)
          .hasMessage(
              "the private key \"%s\" is not that of the certificate \"%s\". Name the key that the certificate"
                  + " was made for.",
              key, directory.resolve("second.pem"));
    }
  }
}
