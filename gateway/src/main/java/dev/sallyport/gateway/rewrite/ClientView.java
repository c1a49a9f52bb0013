package dev.sallyport.gateway.rewrite;

import java.net.InetSocketAddress;

/**
 * What the gateway knows of who calls, as far as an upstream may be told.
 *
 * @param address the other end of the connection
 * @param secure whether the connection is TLS
 * @param host the host and port that the request names; empty when it names none
 */
public record ClientView(InetSocketAddress address, boolean secure, String host) {

  /** {@code 192.0.2.1}, or {@code 2001:db8::1}; without a zone. */
  String ip() {
    String text = address.getAddress().getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  /** {@code https} or {@code http}. */
  String scheme() {
    return secure ? "https" : "http";
  }
}
