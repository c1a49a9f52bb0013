package dev.sallyport.gateway.config;

import dev.sallyport.gateway.config.Value.Scalar;
import dev.sallyport.origin.Printable;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which headers a route's rules may name. */
final class HeaderNames {
  /** Which way a message goes. */
  enum Direction {
    REQUEST,
    RESPONSE
  }

  /**
   * What belongs to one connection, says where a message ends, or names the server.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-connection">RFC 9110, Connection</a>
   */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  /** What the metadata services of clouds take as proof that no page is asking. */
  private static final String GOOGLE_METADATA = "metadata-flavor";

  private static final String AWS_METADATA_PREFIX = "x-aws-ec2-metadata-token";

  /** Parts of names whose values nobody should read in a log. */
  private static final Set<String> SECRET_WORDS =
      Set.of("authorization", "cookie", "key", "password", "secret", "token");

  private HeaderNames() {}

  /** The name in lower case; otherwise a problem. */
  static Optional<String> check(Reading reading, Scalar written, Direction direction) {
    String name = written.text().toLowerCase(Locale.ROOT);
    String header =
        (direction == Direction.REQUEST ? "request" : "response")
            + " header \""
            + Printable.of(shown(written.text()))
            + "\" ";
    String fault = fault(name, direction);
    if (fault.isEmpty()) {
      return Optional.of(name);
    }
    reading.error(written.place(), header + fault);
    return Optional.empty();
  }

  /** A name as it may be shown: without a value that somebody put behind it. */
  static String shown(String written) {
    int end = 0;
    while (end < written.length() && written.charAt(end) != ':' && written.charAt(end) != '=') {
      end++;
    }
    return written.substring(0, end);
  }

  private static String fault(String name, Direction direction) {
    if (name.indexOf('*') >= 0) {
      return "has \"*\", and headers are listed one by one. Name each.";
    }
    if (name.isEmpty() || HttpHeaderValidationUtil.validateToken(name) != -1) {
      return "is not one header name. Write a name such as x-api-key, without colon or blanks.";
    }
    if (OF_THE_CONNECTION.contains(name)) {
      return "belongs to the connection, and the gateway writes it for each side. Remove it.";
    }
    return direction == Direction.REQUEST ? requestFault(name) : responseFault(name);
  }

  private static String requestFault(String name) {
    if (name.equals(GOOGLE_METADATA) || name.startsWith(AWS_METADATA_PREFIX)) {
      return "opens the metadata service of a cloud, and is never passed on. Remove it.";
    }
    return "";
  }

  private static String responseFault(String name) {
    if (name.startsWith("access-control-")) {
      return "is the policy's to write, so that it is right for every origin. Use cors instead.";
    }
    if (name.equals("vary")) {
      return "is merged by the gateway: without it, a cache would give one origin the answer of another."
          + " Remove it.";
    }
    return "";
  }

  /** Whether the values of such a header are shown to nobody. */
  static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return SECRET_WORDS.stream().anyMatch(lower::contains);
  }
}
