package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.ConfigFile;
import dev.sallyport.gateway.config.ConfigResult;
import dev.sallyport.gateway.reload.ConfigSource;
import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FromFile;
import dev.sallyport.gateway.testkit.LogLines;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams that the public authorities do not know, and such that want to know who calls. */
@ExtendWith(NoLeaks.class)
class UpstreamTlsTest {
  private static X509Bundle authority;
  private static X509Bundle otherAuthority;
  private static X509Bundle server;
  private static X509Bundle client;

  @TempDir private Path directory;

  @BeforeAll
  static void makeCertificates() throws Exception {
    authority = authority("CN=Private authority");
    otherAuthority = authority("CN=Another authority");
    server = server(authority, "localhost");
    client =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=gateway")
            .addExtendedKeyUsageClientAuth()
            .buildIssuedBy(authority);
  }

  private static X509Bundle authority(String subject) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject(subject)
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  private static X509Bundle server(X509Bundle issuer, String name) throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=server")
        .addExtendedKeyUsageServerAuth()
        .addSanDnsName(name)
        .buildIssuedBy(issuer);
  }

  @BeforeEach
  void writeFiles() throws Exception {
    Files.writeString(directory.resolve("authorities.pem"), authority.getCertificatePEM());
    Files.writeString(directory.resolve("other.pem"), otherAuthority.getCertificatePEM());
    Files.writeString(directory.resolve("client.pem"), client.getCertificatePathPEM());
    Files.writeString(directory.resolve("key.pem"), client.getPrivateKeyPEM());
  }

  /** Says to each request who sends it. */
  private static FaultyUpstream upstream(X509Bundle certificate, boolean wantsClient, String... tls)
      throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        certificate.toKeyManagerFactory().getKeyManagers(),
        authority.toTrustManagerFactory().getTrustManagers(),
        null);
    SSLServerSocket socket =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 16, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(wantsClient);
    if (tls.length > 0) {
      socket.setEnabledProtocols(tls);
    }
    return FaultyUpstream.playing(
        socket,
        visit -> {
          while (true) {
            visit.readRequest();
            String peer =
                wantsClient
                    ? ((SSLSocket) visit.wire().socket()).getSession().getPeerPrincipal().getName()
                    : "anybody";
            visit
                .wire()
                .send("HTTP/1.1 200 OK\r\nContent-Length: " + peer.length() + "\r\n\r\n" + peer);
          }
        });
  }

  private Gateway gateway(FaultyUpstream upstream, String host, String tls) throws Exception {
    Path file = directory.resolve("sallyport.yaml");
    Files.writeString(
        file,
        "listen: 127.0.0.1:0\nworkers: 1\nroutes:\n  - upstream: {url: \"https://"
            + host
            + ":"
            + upstream.port()
            + "\", tls: {"
            + tls
            + "}}\n    cors: {allowOrigins: [\"https://blog.foo.com\"]}\n");
    ConfigSource source = new ConfigSource(file, name -> Optional.empty());
    ConfigResult result = ConfigFile.read(file, source.env());
    assertThat(result.problems()).isEmpty();
    return Gateway.start(result.config().orElseThrow(), source);
  }

  private static Answer get(Gateway gateway) throws Exception {
    try (RawClient caller = RawClient.to(gateway.addresses().get(0))) {
      return caller.get("/x").answer();
    }
  }

  @Test
  void anAuthorityOfItsOwnIsTrusted() throws Exception {
    try (FaultyUpstream upstream = upstream(server, false);
        Gateway gateway = gateway(upstream, "localhost", "trust: authorities.pem")) {
      for (int i = 0; i < 3; i++) {
        assertThat(get(gateway).body()).isEqualTo("anybody");
      }
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void aFileMayHoldSeveralAuthorities() throws Exception {
    Files.writeString(
        directory.resolve("both.pem"),
        "Bag Attributes: none\n"
            + otherAuthority.getCertificatePEM()
            + "\n# ours\n"
            + authority.getCertificatePEM());
    try (FaultyUpstream upstream = upstream(server, false);
        Gateway gateway = gateway(upstream, "localhost", "trust: both.pem")) {
      assertThat(get(gateway).body()).isEqualTo("anybody");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trust: other.pem", "certificate: client.pem, privateKey: key.pem"})
  void othersAreNotTrusted(String tls) throws Exception {
    try (FaultyUpstream upstream = upstream(server, false);
        LogLines decisions = new LogLines("sallyport.decision");
        Gateway gateway = gateway(upstream, "localhost", tls)) {
      Answer answer = get(gateway);
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.code()).isEqualTo("upstream-tls");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo("https://blog.foo.com");
      assertThat(decisions.next())
          .startsWith("INFO failed GET /x upstream-tls: no trusted TLS connection: ");
      assertThat(upstream.hasHead()).as("anything was sent").isFalse();
    }
  }

  @Test
  void theNameIsVerifiedUnderAnAuthorityOfItsOwnToo() throws Exception {
    try (FaultyUpstream upstream = upstream(server(authority, "photos.bar.com"), false);
        Gateway gateway = gateway(upstream, "localhost", "trust: authorities.pem")) {
      assertThat(get(gateway).code()).isEqualTo("upstream-tls");
      assertThat(upstream.hasHead()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void showsItsCertificateToTheUpstreamThatWantsOne(String version) throws Exception {
    try (FaultyUpstream upstream = upstream(server, true, version);
        Gateway gateway =
            gateway(
                upstream,
                "localhost",
                "trust: authorities.pem, certificate: client.pem, privateKey: key.pem")) {
      assertThat(get(gateway).body()).isEqualTo("CN=gateway");
      assertThat(get(gateway).body()).isEqualTo("CN=gateway");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void anUpstreamThatWantsACertificateIsNotServedWithoutOne(String version) throws Exception {
    try (FaultyUpstream upstream = upstream(server, true, version);
        LogLines decisions = new LogLines("sallyport.decision");
        Gateway gateway = gateway(upstream, "localhost", "trust: authorities.pem")) {
      Answer answer = get(gateway);
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.code()).isEqualTo("upstream-tls");
      assertThat(decisions.next()).contains("upstream-tls: ").containsIgnoringCase("certificate");
      assertThat(upstream.hasHead()).isFalse();
    }
  }

  /** Two routes to one server, only one of which may show the certificate. */
  @Test
  void connectionsAreSharedOnlyWithTheSameTls() throws Exception {
    try (FaultyUpstream upstream = upstream(server, true)) {
      Path file = directory.resolve("sallyport.yaml");
      String url = "https://localhost:" + upstream.port();
      Files.writeString(
          file,
          """
          listen: 127.0.0.1:0
          workers: 1
          routes:
            - {path: /known, upstream: {url: "%s", tls: {trust: authorities.pem, certificate: client.pem, privateKey: key.pem}}}
            - {path: /, upstream: {url: "%s", tls: {trust: authorities.pem}}}
          """
              .formatted(url, url));
      ConfigResult result = ConfigFile.read(file, name -> Optional.empty());
      try (Gateway gateway = Gateway.start(result.config().orElseThrow());
          RawClient caller = RawClient.to(gateway.addresses().get(0))) {
        assertThat(caller.get("/known").answer().body()).isEqualTo("CN=gateway");
        assertThat(caller.get("/").answer().code()).isEqualTo("upstream-tls");
        assertThat(caller.get("/known").answer().body()).isEqualTo("CN=gateway");
      }
    }
  }

  @Test
  void filesThatChangeAreTakenUp() throws Exception {
    try (FaultyUpstream upstream = upstream(server, false);
        Gateway gateway = gateway(upstream, "localhost", "trust: authorities.pem")) {
      assertThat(get(gateway).body()).isEqualTo("anybody");
      Files.writeString(directory.resolve("authorities.pem"), otherAuthority.getCertificatePEM());
      Await.until("the change is seen", () -> get(gateway).status() != 200);
      assertThat(get(gateway).code()).isEqualTo("upstream-tls");
      Files.writeString(directory.resolve("authorities.pem"), "nothing");
      assertThat(FromFile.reload(gateway).messages())
          .singleElement()
          .asString()
          .contains("sallyport.yaml:4:", "trust \"authorities.pem\" holds no certificate");
    }
  }
}
