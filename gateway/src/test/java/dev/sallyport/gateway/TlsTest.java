package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.AccessLogging;
import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.config.Listener;
import dev.sallyport.gateway.config.RequestRules;
import dev.sallyport.gateway.config.RequestRules.Announce;
import dev.sallyport.gateway.config.Transport;
import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.LogLines;
import dev.sallyport.gateway.testkit.Names;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.testkit.Wire;
import dev.sallyport.gateway.upstream.UpstreamTls;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on both sides. */
@ExtendWith(NoLeaks.class)
class TlsTest {
  private static X509Bundle authority;

  @BeforeAll
  static void makeAuthority() throws Exception {
    authority =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=Test authority")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
  }

  private static CertificateBuilder certificate() {
    return new CertificateBuilder().ecp256().subject("CN=test").addExtendedKeyUsageServerAuth();
  }

  private static X509Bundle ofLocalhost() throws Exception {
    return certificate()
        .addSanDnsName("localhost")
        .addSanIpAddress("127.0.0.1")
        .buildIssuedBy(authority);
  }

  private static FaultyUpstream upstream(X509Bundle certificate, FaultyUpstream.Script script)
      throws Exception {
    ServerSocket server =
        context(certificate)
            .getServerSocketFactory()
            .createServerSocket(0, 16, InetAddress.getLoopbackAddress());
    return FaultyUpstream.playing(server, script);
  }

  private static SSLContext context(X509Bundle certificate) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
    return context;
  }

  private static final FaultyUpstream.Script OK =
      FaultyUpstream.always("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello");

  private static Gateway gateway(FaultyUpstream upstream, String host) throws Exception {
    return Gateway.start(
        Routes.config(Routes.to(new Upstream(true, host, OptionalInt.of(upstream.port()), ""))),
        UpstreamTls.trusting(authority.toTrustManagerFactory()));
  }

  private static RawClient client(Gateway gateway) throws Exception {
    return RawClient.to(gateway.addresses().get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1"})
  void trustsTheNameThatWasAskedFor(String host) throws Exception {
    try (FaultyUpstream upstream = upstream(ofLocalhost(), OK);
        Gateway gateway = gateway(upstream, host);
        RawClient client = client(gateway)) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.get("/x").answer().body()).isEqualTo("hello");
        assertThat(Wire.header(upstream.nextHead(), "host"))
            .isEqualTo(host + ":" + upstream.port());
      }
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void asksForTheNameInTheHandshake() throws Exception {
    CompletableFuture<String> asked = new CompletableFuture<>();
    try (FaultyUpstream upstream =
            upstream(
                ofLocalhost(),
                visit -> {
                  visit.readRequest();
                  ExtendedSSLSession session =
                      (ExtendedSSLSession) ((SSLSocket) visit.wire().socket()).getSession();
                  asked.complete(
                      session.getRequestedServerNames().stream()
                          .map(name -> ((SNIHostName) name).getAsciiName())
                          .toList()
                          .toString());
                  visit.wire().send("HTTP/1.1 204 No Content\r\n\r\n");
                });
        Gateway gateway = gateway(upstream, "localhost");
        RawClient client = client(gateway)) {
      assertThat(client.get("/x").answer().status()).isEqualTo(204);
      assertThat(asked.get(20, TimeUnit.SECONDS)).isEqualTo("[localhost]");
    }
  }

  /** The address is dialled that was checked; the name is what is meant, and trusted. */
  @Test
  void relayByUrlAsksForTheNameAtTheAddressThatWasChecked() throws Exception {
    CompletableFuture<String> asked = new CompletableFuture<>();
    X509Bundle ofPhotos = certificate().addSanDnsName("photos.bar.com").buildIssuedBy(authority);
    try (FaultyUpstream upstream =
            upstream(
                ofPhotos,
                visit -> {
                  String head = visit.readHead();
                  ExtendedSSLSession session =
                      (ExtendedSSLSession) ((SSLSocket) visit.wire().socket()).getSession();
                  asked.complete(
                      ((SNIHostName) session.getRequestedServerNames().get(0)).getAsciiName()
                          + " "
                          + Wire.header(head, "host"));
                  visit.wire().send("HTTP/1.1 204 No Content\r\n\r\n");
                });
        Gateway gateway =
            Gateway.start(
                Routes.config(Routes.relay("https://*.bar.com:" + upstream.port())),
                UpstreamTls.trusting(authority.toTrustManagerFactory()),
                new Names()
                    .answer("photos.bar.com", "127.0.0.1")
                    .answer("other.bar.com", "127.0.0.1"));
        RawClient client = client(gateway)) {
      String relay = "/relay/https://";
      assertThat(client.get(relay + "photos.bar.com:" + upstream.port() + "/x").answer().status())
          .isEqualTo(204);
      assertThat(asked.get(20, TimeUnit.SECONDS))
          .isEqualTo("photos.bar.com photos.bar.com:" + upstream.port());
      assertThat(client.get(relay + "other.bar.com:" + upstream.port() + "/x").answer().code())
          .as("the certificate is of another name")
          .isEqualTo("upstream-tls");
    }
  }

  /** Certificates that are not to be trusted. */
  enum Bad {
    OTHER_NAME {
      @Override
      X509Bundle make() throws Exception {
        return certificate().addSanDnsName("evil.com").buildIssuedBy(authority);
      }
    },
    OTHER_AUTHORITY {
      @Override
      X509Bundle make() throws Exception {
        return certificate()
            .addSanDnsName("localhost")
            .buildIssuedBy(
                new CertificateBuilder()
                    .ecp256()
                    .subject("CN=Evil authority")
                    .setIsCertificateAuthority(true)
                    .buildSelfSigned());
      }
    },
    SELF_SIGNED {
      @Override
      X509Bundle make() throws Exception {
        return certificate()
            .addSanDnsName("localhost")
            .setIsCertificateAuthority(true)
            .buildSelfSigned();
      }
    },
    EXPIRED {
      @Override
      X509Bundle make() throws Exception {
        return certificate()
            .addSanDnsName("localhost")
            .notBefore(Instant.parse("2020-01-01T00:00:00Z"))
            .notAfter(Instant.parse("2021-01-01T00:00:00Z"))
            .buildIssuedBy(authority);
      }
    };

    abstract X509Bundle make() throws Exception;
  }

  @ParameterizedTest
  @EnumSource(Bad.class)
  void answers502WhenACertificateIsNotToBeTrusted(Bad bad) throws Exception {
    try (FaultyUpstream upstream = upstream(bad.make(), OK);
        Gateway gateway = gateway(upstream, "localhost");
        LogLines decisions = new LogLines("sallyport.decision");
        RawClient client = client(gateway)) {
      Answer answer = client.get("/x").answer();
      assertThat(answer.status()).as("%s", answer).isEqualTo(502);
      assertThat(answer.code()).isEqualTo("upstream-tls");
      assertThat(answer.header("access-control-allow-origin")).isEqualTo(Routes.BLOG);
      assertThat(decisions.next())
          .startsWith("INFO failed GET /x upstream-tls: no trusted TLS connection: ");
      assertThat(upstream.hasHead()).as("anything was sent").isFalse();
    }
  }

  @Test
  void answers502WhenTheUpstreamSpeaksNoTls() throws Exception {
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(visit -> visit.wire().send("HTTP/1.1 400 Bad Request\r\n\r\n"));
        Gateway gateway = gateway(upstream, "localhost");
        RawClient client = client(gateway)) {
      assertThat(client.get("/x").answer().code()).isEqualTo("upstream-tls");
    }
  }

  /** Somebody on the way can end a connection, but not say goodbye in the upstream's name. */
  @Test
  void relaysBodiesThatEndWithTheConnectionOnlyWhenItEndsOrderly() throws Exception {
    SSLContext context = context(ofLocalhost());
    try (FaultyUpstream upstream =
            FaultyUpstream.playing(
                visit -> {
                  // TLS above the connection, which is closed below it when the script ends.
                  Wire tls =
                      new Wire(
                          context
                              .getSocketFactory()
                              .createSocket(
                                  visit.wire().socket(), InputStream.nullInputStream(), true));
                  boolean orderly = tls.readHead().startsWith("GET /orderly ");
                  tls.send("HTTP/1.1 200 OK\r\n\r\nhello");
                  if (orderly) {
                    tls.close();
                  }
                });
        Gateway gateway = gateway(upstream, "localhost")) {
      try (RawClient client = client(gateway)) {
        assertThat(client.get("/orderly").answer().body()).isEqualTo("hello");
      }
      try (RawClient client = client(gateway)) {
        assertThat(client.get("/cut").wire().readToEnd())
            .contains("hello")
            .doesNotContain("0\r\n\r\n");
      }
    }
  }

  @Test
  void listensWithTls() throws Exception {
    X509Bundle certificate = ofLocalhost();
    Listener.Tls tls =
        new Listener.Tls(
            certificate.toTempCertChainPem().toPath(), certificate.toTempPrivateKeyPem().toPath());
    SSLContext trust = SSLContext.getInstance("TLS");
    trust.init(null, authority.toTrustManagerFactory().getTrustManagers(), null);
    try (FaultyUpstream upstream = FaultyUpstream.ok()) {
      GatewayConfig config =
          new GatewayConfig(
              List.of(new Listener("127.0.0.1", 0, Optional.of(tls))),
              Optional.empty(),
              AccessLogging.TEXT,
              OptionalInt.of(1),
              Transport.AUTO,
              ConnectionLimits.DEFAULT,
              List.of(),
              List.of(
                  Routes.to(upstream)
                      .request(
                          new RequestRules(
                              Map.of(), Set.of(), Set.of(), Set.of(Announce.X_FORWARDED)))
                      .build()));
      try (Gateway gateway = Gateway.start(config)) {
        InetSocketAddress address = gateway.addresses().get(0);
        HttpResponse<String> negotiated =
            HttpClient.newBuilder()
                .sslContext(trust)
                .build()
                .send(
                    HttpRequest.newBuilder(
                            URI.create("https://localhost:" + address.getPort() + "/alpn"))
                        .build(),
                    BodyHandlers.ofString());
        assertThat(negotiated.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(negotiated.body()).isEqualTo("hello");
        assertThat(Wire.header(upstream.nextHead(), "x-forwarded-proto")).isEqualTo("https");
        try (RawClient client =
            RawClient.on(
                trust.getSocketFactory().createSocket(address.getAddress(), address.getPort()))) {
          for (int i = 0; i < 3; i++) {
            assertThat(client.get("/x").answer().body()).isEqualTo("hello");
            assertThat(Wire.header(upstream.nextHead(), "x-forwarded-proto")).isEqualTo("https");
          }
          client.wire().send("POST /x HTTP/1.1\r\nHost: gate\r\nContent-Length: x\r\n\r\n");
          assertThat(client.answer().status()).isEqualTo(400);
          assertThat(client.wire().awaitEnd()).as("an orderly end").isEqualTo(Wire.End.CLOSED);
        }
        try (RawClient clear = RawClient.to(address)) {
          assertThat(clear.get("/x").wire().readToEnd()).doesNotContain("HTTP");
        }
      }
    }
  }

  /** Where Netty has the library, nobody has asked for the JDK's: tests of TLS are tests of it. */
  @Test
  void boringSslServesWhereItsLibraryRuns() {
    assertThat(SslContext.defaultServerProvider())
        .isEqualTo(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK);
    assertThat(SslContext.defaultClientProvider()).isEqualTo(SslContext.defaultServerProvider());
    boolean isPackaged =
        System.getProperty("os.name").equals("Linux")
            && !Files.exists(Path.of("/etc/alpine-release"));
    assertThat(OpenSsl.isAvailable()).isEqualTo(isPackaged);
  }
}
