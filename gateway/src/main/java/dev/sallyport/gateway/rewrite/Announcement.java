package dev.sallyport.gateway.rewrite;

import dev.sallyport.gateway.config.RequestRules.Announce;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import java.util.List;
import java.util.Set;

/** Tells the upstream of the client and of the gateway, where a route asks for it. */
final class Announcement {
  private static final AsciiString FORWARDED = AsciiString.cached("forwarded");
  private static final AsciiString X_FORWARDED_FOR = AsciiString.cached("x-forwarded-for");
  private static final AsciiString X_FORWARDED_HOST = AsciiString.cached("x-forwarded-host");
  private static final AsciiString X_FORWARDED_PROTO = AsciiString.cached("x-forwarded-proto");

  /** The names of all headers that it writes. */
  static final List<String> NAMES =
      List.of("via", "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto");

  /** The gateway's pseudonym in {@code Via}: its own host name is nobody's business. */
  private static final AsciiString VIA_US = AsciiString.cached("1.1 sallyport");

  private final boolean via;
  private final boolean forwarded;
  private final boolean xForwarded;

  Announcement(Set<Announce> what) {
    this.via = what.contains(Announce.VIA);
    this.forwarded = what.contains(Announce.FORWARDED);
    this.xForwarded = what.contains(Announce.X_FORWARDED);
  }

  void write(HttpHeaders headers, ClientView client) {
    if (via) {
      headers.add(HttpHeaderNames.VIA, VIA_US);
    }
    if (forwarded) {
      headers.set(FORWARDED, forwarded(client));
    }
    if (xForwarded) {
      headers.set(X_FORWARDED_FOR, client.ip());
      headers.set(X_FORWARDED_PROTO, client.scheme());
      if (client.host().isEmpty()) {
        headers.remove(X_FORWARDED_HOST);
      } else {
        headers.set(X_FORWARDED_HOST, client.host());
      }
    }
  }

  /** See <a href="https://www.rfc-editor.org/rfc/rfc7239#section-4">RFC 7239, section 4</a>. */
  private static String forwarded(ClientView client) {
    String ip = client.ip();
    StringBuilder value = new StringBuilder("for=");
    value.append(ip.indexOf(':') < 0 ? ip : "\"[" + ip + "]\"");
    String host = client.host();
    if (!host.isEmpty()) {
      // A colon is no character of a token.
      value.append(";host=").append(host.indexOf(':') < 0 ? host : "\"" + host + "\"");
    }
    return value.append(";proto=").append(client.scheme()).toString();
  }
}
