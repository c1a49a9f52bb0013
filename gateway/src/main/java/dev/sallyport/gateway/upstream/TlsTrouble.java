package dev.sallyport.gateway.upstream;

import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What went wrong with TLS, as it is told apart from what went wrong with a connection. */
final class TlsTrouble {
  private TlsTrouble() {}

  /** The trouble that {@code cause} is, or was made of by the codec; null for another. */
  static @Nullable SSLException in(Throwable cause) {
    return cause instanceof SSLException own
        ? own
        : cause.getCause() instanceof SSLException wrapped ? wrapped : null;
  }

  /** What the library that speaks TLS says of it. */
  static String text(SSLException trouble) {
    Throwable root = trouble;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return UpstreamFailure.text(root);
  }
}
