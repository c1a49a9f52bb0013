package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.config.Upstream.Protocol;
import dev.sallyport.gateway.testkit.Await;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.FrameUpstream;
import dev.sallyport.gateway.testkit.FrameUpstream.Request;
import dev.sallyport.gateway.testkit.Frames;
import dev.sallyport.gateway.testkit.Frames.Frame;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.RawClient.Answer;
import dev.sallyport.gateway.testkit.Routes;
import dev.sallyport.gateway.upstream.UpstreamTls;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What HTTP/2 to upstreams agrees on, and how much of bodies it holds. */
@ExtendWith(NoLeaks.class)
class Http2UpstreamFlowTest {
  private static final int SIZE = 32 << 20;

  /** Sockets of loopback hold some megabytes each; the gateway itself holds far less. */
  private static final int HELD = 16 << 20;

  /** Sends as much as the windows allow, which the frames that come enlarge. */
  private static void sendLarge(FrameUpstream each, int stream, AtomicLong sent)
      throws IOException, Http2Exception {
    long ofStream = 65_535;
    // Enlarged before the first request, whose reading passed over that.
    long ofConnection = 128 * 65_535;
    byte[] piece = new byte[16_000];
    while (sent.get() < SIZE) {
      while (ofStream < piece.length || ofConnection < piece.length) {
        Frame frame = each.frames().frame();
        if (frame.type() == Frames.SETTINGS && frame.flags() != Frames.ACK) {
          each.frames().send(Frames.SETTINGS, Frames.ACK, 0, new byte[0]);
        } else if (frame.type() == Frames.WINDOW_UPDATE && frame.stream() == 0) {
          ofConnection += frame.number(0);
        } else if (frame.type() == Frames.WINDOW_UPDATE) {
          ofStream += frame.number(0);
        } else if (frame.type() == Frames.HEADERS) {
          Request other =
              new Request(frame.stream(), each.frames().list(frame), "", new DefaultHttp2Headers());
          each.answer(other.stream(), "200", "small");
          ofConnection -= 5;
        }
      }
      each.frames().send(Frames.DATA, 0, stream, piece);
      sent.addAndGet(piece.length);
      ofStream -= piece.length;
      ofConnection -= piece.length;
    }
    each.frames().data(stream, true, "");
    each.awaitEnd();
  }

  /** A client that does not read holds up its own stream, and no other of the same connection. */
  @Test
  void slowReadersHoldUpTheirOwnStream() throws Exception {
    AtomicLong sent = new AtomicLong();
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  Request request = each.request();
                  each.frames().headers(request.stream(), false, ":status", "200");
                  sendLarge(each, request.stream(), sent);
                });
        Gateway gateway = Gateway.start(Routes.config(Http2UpstreamTest.to(upstream)));
        RawClient slow = RawClient.to(gateway.addresses().get(0));
        RawClient other = RawClient.to(gateway.addresses().get(0))) {
      slow.get("/large").wire().readHead();
      Await.heldUp(sent, HELD);
      assertThat(sent.get()).as("sent by the upstream, read by nobody").isLessThan(HELD);
      assertThat(other.get("/small").answer().body()).isEqualTo("small");
      assertThat(upstream.connections()).isEqualTo(1);
      long read = slow.wire().readChunks().body().length();
      assertThat(read).isEqualTo(sent.get()).isGreaterThanOrEqualTo(SIZE);
    }
  }

  @Test
  void slowUpstreamsHoldUpTheClient() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch held = new CountDownLatch(1);
    try (FaultyUpstream upstream =
            FrameUpstream.playing(
                each -> {
                  Request request = each.head();
                  Await.open(held, Duration.ofSeconds(60));
                  int length = each.rest(request).body().length();
                  each.answer(request.stream(), "200", Integer.toString(length));
                  each.awaitEnd();
                });
        Gateway gateway = Gateway.start(Routes.config(Http2UpstreamTest.to(upstream)));
        RawClient client = RawClient.to(gateway.addresses().get(0))) {
      client.sendHead(
          "POST /x HTTP/1.1", "Host: gate", "Origin: " + Routes.BLOG, "Content-Length: " + SIZE);
      CompletableFuture<Void> sender =
          CompletableFuture.runAsync(
              () -> {
                byte[] piece = new byte[64 << 10];
                try {
                  while (sent.get() < SIZE) {
                    client.wire().send(piece);
                    sent.addAndGet(piece.length);
                  }
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      Await.heldUp(sent, HELD);
      assertThat(sent.get()).as("sent by the client, read by nobody").isLessThan(HELD);
      held.countDown();
      sender.get(60, TimeUnit.SECONDS);
      assertThat(client.answer().body()).isEqualTo(Integer.toString(SIZE));
    }
  }

  // ── what TLS agrees on ───────────────────────────────────────────────────────────────────────

  private static X509Bundle authority() throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=Test authority")
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }

  /** An upstream that speaks what was agreed on, and says it. */
  private static FaultyUpstream upstream(X509Bundle authority, String... protocols)
      throws Exception {
    X509Bundle certificate =
        new CertificateBuilder()
            .ecp256()
            .subject("CN=test")
            .addExtendedKeyUsageServerAuth()
            .addSanDnsName("localhost")
            .buildIssuedBy(authority);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
    SSLServerSocket server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 64, InetAddress.getLoopbackAddress());
    SSLParameters parameters = server.getSSLParameters();
    parameters.setApplicationProtocols(protocols);
    server.setSSLParameters(parameters);
    return FaultyUpstream.playing(
        server,
        visit -> {
          SSLSocket socket = (SSLSocket) visit.wire().socket();
          socket.startHandshake();
          if ("h2".equals(socket.getApplicationProtocol())) {
            FrameUpstream.play(
                visit,
                new byte[0],
                each -> {
                  while (true) {
                    Request request = each.request();
                    each.answer(request.stream(), "200", "h2 " + request.field(":scheme"));
                  }
                });
          }
          while (true) {
            visit.readRequest();
            visit.wire().send("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nhttp/1.1");
          }
        });
  }

  private static Gateway gateway(X509Bundle authority, FaultyUpstream upstream, Protocol protocol)
      throws Exception {
    return Gateway.start(
        Routes.config(
            Routes.to(
                new Upstream(true, "localhost", OptionalInt.of(upstream.port()), "")
                    .with(protocol, Optional.empty()))),
        UpstreamTls.trusting(authority.toTrustManagerFactory()));
  }

  private static Answer get(Gateway gateway) throws Exception {
    try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
      return client.get("/x").answer();
    }
  }

  @Test
  void http2IsSpokenWhereTlsAgreesOnIt() throws Exception {
    X509Bundle authority = authority();
    try (FaultyUpstream upstream = upstream(authority, "h2", "http/1.1");
        Gateway gateway = gateway(authority, upstream, Protocol.AUTO)) {
      assertThat(get(gateway).body()).isEqualTo("h2 https");
      assertThat(get(gateway).body()).isEqualTo("h2 https");
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }

  @Test
  void http11IsSpokenWhereTlsDoesNot() throws Exception {
    X509Bundle authority = authority();
    for (String[] protocols : new String[][] {{}, {"http/1.1"}}) {
      try (FaultyUpstream upstream = upstream(authority, protocols);
          Gateway gateway = gateway(authority, upstream, Protocol.AUTO)) {
        assertThat(get(gateway).body()).isEqualTo("http/1.1");
        assertThat(get(gateway).body()).isEqualTo("http/1.1");
        assertThat(upstream.connections()).isEqualTo(1);
      }
    }
  }

  @Test
  void http11IsSpokenWhereItIsConfigured() throws Exception {
    X509Bundle authority = authority();
    try (FaultyUpstream upstream = upstream(authority, "h2", "http/1.1");
        Gateway gateway = gateway(authority, upstream, Protocol.HTTP_1_1)) {
      assertThat(get(gateway).body()).isEqualTo("http/1.1");
    }
  }

  @Test
  void http2ThatIsConfiguredAndNotAgreedOnIs502() throws Exception {
    X509Bundle authority = authority();
    try (FaultyUpstream upstream = upstream(authority);
        Gateway gateway = gateway(authority, upstream, Protocol.HTTP_2)) {
      Answer answer = get(gateway);
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.code()).isEqualTo("upstream-tls");
      assertThat(upstream.hasHead()).isFalse();
    }
  }

  /** Many requests at once to a server of which nothing is known yet. */
  @Test
  void aBurstAgreesOnce() throws Exception {
    X509Bundle authority = authority();
    try (FaultyUpstream upstream = upstream(authority, "h2");
        Gateway gateway = gateway(authority, upstream, Protocol.AUTO)) {
      RawClient[] clients = new RawClient[32];
      for (int i = 0; i < clients.length; i++) {
        clients[i] = RawClient.to(gateway.addresses().get(0)).get("/" + i);
      }
      for (RawClient client : clients) {
        assertThat(client.answer().body()).isEqualTo("h2 https");
        client.close();
      }
      assertThat(upstream.connections()).isEqualTo(1);
    }
  }
}
