package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.gateway.config.AccessLogging;
import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.config.Listener;
import dev.sallyport.gateway.config.Transport;
import dev.sallyport.gateway.testkit.FaultyUpstream;
import dev.sallyport.gateway.testkit.NoLeaks;
import dev.sallyport.gateway.testkit.RawClient;
import dev.sallyport.gateway.testkit.Routes;
import io.netty.channel.uring.IoUring;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Starting: on which transports, where, and what is said when it cannot be. */
@ExtendWith(NoLeaks.class)
class StartTest {
  private static GatewayConfig config(Transport transport, int port, Listener... listeners) {
    return new GatewayConfig(
        Arrays.asList(listeners),
        Optional.empty(),
        AccessLogging.TEXT,
        OptionalInt.of(2),
        transport,
        ConnectionLimits.DEFAULT,
        List.of(),
        List.of(Routes.to(port).build()));
  }

  private static Listener on(String host, int port) {
    return new Listener(host, port, Optional.empty());
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void relaysOnEveryTransport(Transport transport) throws Exception {
    Assumptions.assumeTrue(
        transport != Transport.IO_URING || IoUring.isAvailable(), "this kernel has no io_uring");
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway = Gateway.start(config(transport, upstream.port(), on("127.0.0.1", 0)))) {
      for (int i = 0; i < 4; i++) {
        try (RawClient client = RawClient.to(gateway.addresses().get(0))) {
          assertThat(client.get("/x").answer().body()).isEqualTo("hello");
          assertThat(client.get("/x").answer().body()).isEqualTo("hello");
        }
      }
    }
  }

  @Test
  void listensOnEveryListener() throws Exception {
    try (FaultyUpstream upstream = FaultyUpstream.ok();
        Gateway gateway =
            Gateway.start(
                config(Transport.AUTO, upstream.port(), on("127.0.0.1", 0), on("localhost", 0)))) {
      assertThat(gateway.addresses()).hasSize(2);
      for (InetSocketAddress address : gateway.addresses()) {
        assertThat(address.getPort()).isPositive();
        try (RawClient client = RawClient.to(address)) {
          assertThat(client.get("/x").answer().body()).isEqualTo("hello");
        }
      }
    }
  }

  @Test
  void saysThatAPortIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> Gateway.start(config(Transport.AUTO, 1, on("127.0.0.1", port))))
          .isInstanceOf(GatewayStartException.class)
          .hasMessage(
              "cannot listen on 127.0.0.1:%d: port %d is in use. Stop the program that listens there, or choose another"
                  + " port; 0 takes any that is free.",
              port, port);
    }
  }

  @Test
  void saysThatAnAddressIsNotOfThisMachine() {
    assertThatThrownBy(() -> Gateway.start(config(Transport.NIO, 1, on("192.0.2.1", 0))))
        .isInstanceOf(GatewayStartException.class)
        .hasMessageStartingWith(
            "cannot listen on 192.0.2.1:0: \"192.0.2.1\" is no address of this machine.");
  }

  @Test
  void saysThatANameHasNoAddress() {
    assertThatThrownBy(() -> Gateway.start(config(Transport.AUTO, 1, on("nowhere.invalid", 0))))
        .isInstanceOf(GatewayStartException.class)
        .hasMessageStartingWith(
            "cannot listen on nowhere.invalid:0: the name \"nowhere.invalid\" has no address.");
  }

  @Test
  void saysThatACertificateIsMissing(@TempDir Path directory) {
    Listener.Tls tls =
        new Listener.Tls(directory.resolve("cert.pem"), directory.resolve("key.pem"));
    assertThatThrownBy(
            () ->
                Gateway.start(
                    config(Transport.AUTO, 1, new Listener("127.0.0.1", 0, Optional.of(tls)))))
        .isInstanceOf(GatewayStartException.class)
        .hasMessage(
            "tls.certificate \"%s\" does not exist. Name a PEM file that can be read.",
            directory.resolve("cert.pem"));
  }

  @Test
  void saysThatACertificateIsNone(@TempDir Path directory) throws Exception {
    Listener.Tls tls =
        new Listener.Tls(directory.resolve("cert.pem"), directory.resolve("key.pem"));
    Files.writeString(directory.resolve("cert.pem"), "nothing");
    Files.writeString(directory.resolve("key.pem"), "nothing");
    assertThatThrownBy(
            () ->
                Gateway.start(
                    config(Transport.AUTO, 1, new Listener("127.0.0.1", 0, Optional.of(tls)))))
        .isInstanceOf(GatewayStartException.class)
        .hasMessageContaining("cannot be used")
        .hasMessageContaining("PEM");
  }
}
