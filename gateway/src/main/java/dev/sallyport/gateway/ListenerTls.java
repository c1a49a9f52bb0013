package dev.sallyport.gateway;

import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.config.Listener;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Reads the certificate and key that a listener shows. */
final class ListenerTls {
  private ListenerTls() {}

  /** What each listener shows, in the order of the configuration. */
  static List<Optional<SslContext>> ofAll(GatewayConfig config) throws GatewayStartException {
    List<Optional<SslContext>> certificates = new ArrayList<>();
    for (Listener listener : config.listeners()) {
      certificates.add(of(listener));
    }
    return certificates;
  }

  private static Optional<SslContext> of(Listener listener) throws GatewayStartException {
    if (listener.tls().isEmpty()) {
      return Optional.empty();
    }
    Listener.Tls tls = listener.tls().get();
    checkReadable("certificate", tls.certificate());
    checkReadable("privateKey", tls.privateKey());
    try {
      return Optional.of(
          SslContextBuilder.forServer(tls.certificate().toFile(), tls.privateKey().toFile())
              .protocols("TLSv1.3", "TLSv1.2")
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      Protocol.ALPN,
                      SelectorFailureBehavior.NO_ADVERTISE,
                      SelectedListenerFailureBehavior.ACCEPT,
                      ApplicationProtocolNames.HTTP_2,
                      ApplicationProtocolNames.HTTP_1_1))
              .build());
    } catch (SSLException | IllegalArgumentException e) {
      throw new GatewayStartException(
          "the certificate \""
              + tls.certificate()
              + "\" and the private key \""
              + tls.privateKey()
              + "\" cannot be used: "
              + e.getMessage()
              + ". The certificate and its chain have to be PEM, the key PEM of PKCS #8, not encrypted.",
          e);
    }
  }

  private static void checkReadable(String key, Path file) throws GatewayStartException {
    if (!Files.isReadable(file)) {
      throw new GatewayStartException(
          "tls."
              + key
              + " \""
              + file
              + "\" "
              + (Files.exists(file) ? "may not be read by this user" : "does not exist")
              + ". Name a PEM file that can be read.");
    }
  }
}
