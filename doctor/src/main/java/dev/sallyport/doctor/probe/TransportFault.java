package dev.sallyport.doctor.probe;

import dev.sallyport.url.Url;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why there was no answer, long before CORS.
 *
 * @param detail for people, in a clause
 */
public record TransportFault(Kind kind, String detail) {

  /** What went wrong. */
  public enum Kind {
    /** The name has no address. */
    DNS,
    /** Nobody listens. */
    REFUSED,
    /** There is no way to the address. */
    UNREACHABLE,
    TIMEOUT,
    /** The connection ended before an answer. */
    CLOSED,
    /** What came was no HTTP. */
    NOT_HTTP,
    TLS_EXPIRED,
    TLS_NOT_YET_VALID,
    TLS_WRONG_HOST,
    TLS_SELF_SIGNED,
    /** Nobody who is trusted has signed the certificate, or a link of the chain is missing. */
    TLS_UNTRUSTED,
    /** The other side speaks no TLS. */
    TLS_PLAIN_HTTP,
    /** No version or cipher in common, or another refusal. */
    TLS_HANDSHAKE,
    OTHER;

    /** For programs: {@code tls-expired}. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isTls() {
      return name().startsWith("TLS");
    }
  }

  static TransportFault of(Throwable thrown, Url url) {
    String host = url.host().orElse("");
    boolean connecting = false;
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (t instanceof UnresolvedAddressException || t instanceof UnknownHostException) {
        return new TransportFault(Kind.DNS, "the name " + host + " has no address");
      }
      if (t instanceof SSLException) {
        return ofTls(t, url);
      }
      if (t instanceof HttpTimeoutException || t instanceof TimeoutException) {
        return new TransportFault(Kind.TIMEOUT, "no answer came in time");
      }
      if (t instanceof NoRouteToHostException) {
        return new TransportFault(Kind.UNREACHABLE, "there is no way to " + host);
      }
      connecting |= t instanceof ConnectException;
      Optional<TransportFault> told = connecting ? ofConnecting(t) : ofMessage(t);
      if (told.isPresent()) {
        return told.get();
      }
    }
    if (connecting) {
      return new TransportFault(
          Kind.REFUSED,
          "nobody listens at port " + url.effectivePort().orElse(0) + " of that host");
    }
    return new TransportFault(Kind.OTHER, message(thrown));
  }

  private static Optional<TransportFault> ofConnecting(Throwable t) {
    return message(t).toLowerCase(Locale.ROOT).contains("unreachable")
        ? Optional.of(new TransportFault(Kind.UNREACHABLE, message(t)))
        : Optional.empty();
  }

  private static Optional<TransportFault> ofMessage(Throwable t) {
    String message = message(t).toLowerCase(Locale.ROOT);
    if (t instanceof ProtocolException
        || message.contains("invalid status line")
        || message.contains("invalid response")
        || message.contains("protocol error")) {
      return Optional.of(
          new TransportFault(
              Kind.NOT_HTTP, "what came is not HTTP as it should be: " + message(t)));
    }
    return t instanceof EOFException
            || t instanceof ClosedChannelException
            || message.contains("received no bytes")
            || message.contains("eof reached")
            || message.contains("reset")
            || message.contains("broken pipe")
            || message.contains("closed")
            || message.contains("goaway")
        ? Optional.of(new TransportFault(Kind.CLOSED, "the connection was closed before an answer"))
        : Optional.empty();
  }

  private static TransportFault ofTls(Throwable t, Url url) {
    String message = message(t);
    if (message.contains("Unsupported or unrecognized SSL message")
        || message.contains("plaintext connection")) {
      return new TransportFault(
          Kind.TLS_PLAIN_HTTP,
          "the other side answers without TLS: it may speak http at this port");
    }
    try {
      return Certificates.fault(url)
          .orElseGet(
              () -> new TransportFault(Kind.TLS_HANDSHAKE, "the TLS handshake failed: " + message));
    } catch (IOException e) {
      return new TransportFault(Kind.TLS_HANDSHAKE, "the TLS handshake failed: " + message);
    }
  }

  private static String message(@Nullable Throwable t) {
    return t == null || t.getMessage() == null
        ? t == null ? "" : t.getClass().getSimpleName()
        : t.getMessage();
  }
}
