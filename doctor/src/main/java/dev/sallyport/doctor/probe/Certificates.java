package dev.sallyport.doctor.probe;

import dev.sallyport.doctor.probe.TransportFault.Kind;
import dev.sallyport.url.Url;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Looks at the certificate of a server that was not trusted, to say what is wrong with it. The
 * connection that shows it carries nothing.
 */
final class Certificates {
  private static final int PATIENCE = 5000;

  private Certificates() {}

  /** What is wrong with it; empty when nothing is seen. */
  static Optional<TransportFault> fault(Url url) throws IOException {
    List<X509Certificate> chain = chain(url);
    if (chain.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(judge(chain, url.host().orElse(""), Instant.now()));
  }

  static TransportFault judge(List<X509Certificate> chain, String host, Instant now) {
    X509Certificate own = chain.get(0);
    if (now.isAfter(own.getNotAfter().toInstant())) {
      return new TransportFault(
          Kind.TLS_EXPIRED, "the certificate expired at " + own.getNotAfter().toInstant());
    }
    if (now.isBefore(own.getNotBefore().toInstant())) {
      return new TransportFault(
          Kind.TLS_NOT_YET_VALID,
          "the certificate is valid from " + own.getNotBefore().toInstant() + " on");
    }
    List<String> names = names(own);
    if (names.stream().noneMatch(name -> matches(name, host))) {
      return new TransportFault(
          Kind.TLS_WRONG_HOST,
          "the certificate is for "
              + (names.isEmpty() ? "no host" : String.join(", ", names))
              + ", not for "
              + host);
    }
    return own.getIssuerX500Principal().equals(own.getSubjectX500Principal())
        ? new TransportFault(Kind.TLS_SELF_SIGNED, "the certificate is signed by itself")
        : new TransportFault(
            Kind.TLS_UNTRUSTED,
            "nobody trusted has signed the certificate, or an intermediate one is missing: "
                + own.getIssuerX500Principal().getName());
  }

  /** The names of hosts, and addresses, that it is for. */
  private static List<String> names(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      if (alternatives != null) {
        for (List<?> alternative : alternatives) {
          if (alternative.get(1) instanceof String name
              && alternative.get(0) instanceof Integer type
              && (type == 2 || type == 7)) {
            names.add(name.toLowerCase(Locale.ROOT));
          }
        }
      }
    } catch (GeneralSecurityException e) {
      return List.of();
    }
    return names;
  }

  private static boolean matches(String name, String host) {
    String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    if (!name.startsWith("*.")) {
      return name.equals(plain);
    }
    int dot = plain.indexOf('.');
    return dot > 0 && plain.substring(dot).equals(name.substring(1));
  }

  private static List<X509Certificate> chain(Url url) throws IOException {
    try (Socket plain = new Socket()) {
      String host = url.host().orElse("");
      plain.connect(new InetSocketAddress(host, url.effectivePort().orElse(443)), PATIENCE);
      plain.setSoTimeout(PATIENCE);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Looking()}, null);
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(plain, host, plain.getPort(), true)) {
        if (url.ipAddress().isEmpty()) {
          SSLParameters parameters = socket.getSSLParameters();
          parameters.setServerNames(List.of(new SNIHostName(host)));
          socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        List<X509Certificate> chain = new ArrayList<>();
        for (Certificate certificate : socket.getSession().getPeerCertificates()) {
          if (certificate instanceof X509Certificate x509) {
            chain.add(x509);
          }
        }
        return chain;
      }
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(e);
    }
  }

  /** Lets every certificate be seen; nothing is sent over the connection. */
  private static final class Looking extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
