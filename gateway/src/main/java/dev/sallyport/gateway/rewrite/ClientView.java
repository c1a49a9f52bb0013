package dev.sallyport.gateway.rewrite;

import java.net.InetAddress;

/**
 * What the gateway knows of who calls, as far as an upstream may be told.
 *
 * @param address where it is
 * @param secure whether it speaks TLS
 * @param host the host and port that the request names; empty when it names none
 */
public record ClientView(InetAddress address, boolean secure, String host) {

  /** {@code 192.0.2.1}, or {@code 2001:db8::1}; without a zone. */
  String ip() {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  /** {@code https} or {@code http}. */
  String scheme() {
    return secure ? "https" : "http";
  }
}
