package dev.sallyport.gateway;

import dev.sallyport.gateway.config.GatewayConfig;
import dev.sallyport.gateway.config.Listener;
import dev.sallyport.gateway.config.Listener.Certificate;
import dev.sallyport.gateway.tls.Alpn;
import dev.sallyport.gateway.tls.KeyedCertificate;
import dev.sallyport.gateway.tls.ShownCertificates;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the certificates and keys that listeners show. */
final class ListenerTls {
  private final List<Certificate> files;
  private final Map<String, Certificate> claimed = new HashMap<>();
  private final Map<String, SslContext> byName = new HashMap<>();

  private ListenerTls(Listener.Tls tls) {
    this.files = tls.certificates();
  }

  /** What each listener shows, in the order of the configuration. */
  static List<Optional<ShownCertificates>> ofAll(GatewayConfig config)
      throws GatewayStartException {
    List<Optional<ShownCertificates>> shown = new ArrayList<>();
    for (Listener listener : config.listeners()) {
      shown.add(
          listener.tls().isEmpty()
              ? Optional.empty()
              : Optional.of(new ListenerTls(listener.tls().get()).read()));
    }
    return shown;
  }

  private ShownCertificates read() throws GatewayStartException {
    SslContext first = read(files.get(0));
    for (Certificate other : files.subList(1, files.size())) {
      read(other);
    }
    // Whoever asks for whatever is shown the only one there is.
    return new ShownCertificates(first, files.size() == 1 ? Map.of() : byName);
  }

  private SslContext read(Certificate from) throws GatewayStartException {
    checkReadable("certificate", from.certificate());
    checkReadable("privateKey", from.privateKey());
    try {
      KeyedCertificate read = KeyedCertificate.read(from.certificate(), from.privateKey());
      if (!read.isPair()) {
        throw new GatewayStartException(
            "the private key \""
                + from.privateKey()
                + "\" is not that of the certificate \""
                + from.certificate()
                + "\". Name the key that the certificate was made for.");
      }
      SslContext context = context(read);
      claim(from, read.names(), context);
      return context;
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new GatewayStartException(
          "the certificate \""
              + from.certificate()
              + "\" and the private key \""
              + from.privateKey()
              + "\" cannot be used: "
              + e.getMessage()
              + ". The certificate and its chain have to be PEM, the key PEM of PKCS #8, not encrypted.",
          e);
    }
  }

  private static SslContext context(KeyedCertificate read) throws IOException {
    return SslContextBuilder.forServer(read.key(), read.chain())
        .protocols("TLSv1.3", "TLSv1.2")
        .applicationProtocolConfig(
            Alpn.of(List.of(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1)))
        .build();
  }

  private void claim(Certificate from, Set<String> names, SslContext context)
      throws GatewayStartException {
    if (names.isEmpty() && !from.equals(files.get(0))) {
      throw new GatewayStartException(
          "the certificate \""
              + from.certificate()
              + "\" is for no name of DNS (its subjectAltName has none), so that nobody could ask for it. Write it"
              + " first in tls to have it shown to those who ask for no other, or remove it.");
    }
    for (String name : names) {
      Certificate other = claimed.putIfAbsent(name, from);
      if (other != null) {
        throw new GatewayStartException(
            "the certificates \""
                + other.certificate()
                + "\" and \""
                + from.certificate()
                + "\" of one listener are both for \""
                + name
                + "\", and only one of them could be shown. Remove one.");
      }
      byName.put(name, context);
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
