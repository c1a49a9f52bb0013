package dev.sallyport.gateway.admin;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Keeps the pages that an operator's browser shows away from the admin listener.
 *
 * <p>A page may point a name of its own at this machine (DNS rebinding) and is then of the
 * listener's origin: so requests have to call the listener by a name that no stranger can point
 * anywhere. Or a page may just send its requests here, whose answers it cannot read: so what a
 * browser sends for a page of another origin is refused by what browsers say of it.
 */
final class AdminGuard {
  private static final String SEC_FETCH_SITE = "sec-fetch-site";

  /** A request of no page, or of the listener's own. */
  private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

  private final Set<String> names;

  /** A guard that knows loopback, and these names beside. */
  AdminGuard(Set<String> names) {
    this.names = Set.copyOf(names);
  }

  /**
   * Whether the request calls the listener by a name of its own: loopback, a configured name, or
   * the very address that it was sent to.
   */
  boolean isOwnHost(HttpRequest request, InetSocketAddress local) {
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.size() != 1 || !request.uri().startsWith("/")) {
      return false;
    }
    String host = withoutPort(hosts.get(0).toLowerCase(Locale.ROOT));
    if (host.equals("localhost") || names.contains(host)) {
      return true;
    }
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(host);
    return literal != null
        && (Arrays.equals(literal, local.getAddress().getAddress())
            || host.equals("127.0.0.1")
            || host.equals("[::1]"));
  }

  private static String withoutPort(String authority) {
    int colon = authority.lastIndexOf(':');
    return colon > authority.lastIndexOf(']') ? authority.substring(0, colon) : authority;
  }

  /** Whether no page of another origin has sent it. */
  boolean isOwnSite(HttpRequest request) {
    HttpHeaders headers = request.headers();
    for (String site : headers.getAll(SEC_FETCH_SITE)) {
      if (!OWN_SITES.contains(site)) {
        return false;
      }
    }
    String own = "http://" + headers.get(HttpHeaderNames.HOST);
    for (String origin : headers.getAll(HttpHeaderNames.ORIGIN)) {
      if (!origin.equalsIgnoreCase(own)) {
        return false;
      }
    }
    return true;
  }

  /** Whether the method promises to change nothing. */
  static boolean isSafe(HttpRequest request) {
    return request.method().equals(HttpMethod.GET) || request.method().equals(HttpMethod.HEAD);
  }
}
