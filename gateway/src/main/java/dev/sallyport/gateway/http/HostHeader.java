package dev.sallyport.gateway.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Iterator;
import java.util.Locale;

/**
 * Which host a request is for.
 *
 * @param authority host and port as the request names them; empty when an HTTP/1.0 request names
 *     none
 * @param host the host without port, in lower case
 */
public record HostHeader(String authority, String host) {
  private static final int LONGEST = 255;

  private static final HostHeader NONE = new HostHeader("", "");

  /**
   * Reads the one host of a request.
   *
   * @throws MalformedException when there is none, several, or one that differs from the target's
   */
  public static HostHeader of(HttpRequest request, RequestTarget target) {
    Iterator<String> lines = request.headers().valueStringIterator(HttpHeaderNames.HOST);
    if (!lines.hasNext()) {
      if (request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
        throw new MalformedException(
            Fault.HOST_MISSING, "HTTP/1.1 requests have exactly one Host header.");
      }
      return target.authority().isEmpty() ? NONE : parse(target.authority());
    }
    String host = lines.next();
    if (lines.hasNext()) {
      throw new MalformedException(
          Fault.HOST_REPEATED, "HTTP/1.1 requests have exactly one Host header.");
    }
    HostHeader parsed = parse(host);
    if (!target.authority().isEmpty() && !RequestTarget.sameAuthority(target.authority(), host)) {
      throw new MalformedException(
          Fault.HOST_DIFFERS, "The URL in the request line and the Host header name two hosts.");
    }
    return parsed;
  }

  /**
   * Reads {@code photos.bar.com:8080}, {@code 127.0.0.1} or {@code [::1]:80}.
   *
   * @throws MalformedException when it is none of these
   */
  static HostHeader parse(String text) {
    int hostEnd = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
    hostEnd = hostEnd < 0 ? text.length() : hostEnd;
    boolean fine =
        hostEnd > 0
            && hostEnd <= LONGEST
            && (text.charAt(0) == '[' ? isIpv6(text, hostEnd) : isName(text, hostEnd))
            && (hostEnd == text.length() || isPort(text, hostEnd));
    if (!fine) {
      throw new MalformedException(
          Fault.HOST, "The host is not a name or an address with an optional port.");
    }
    return new HostHeader(text, text.substring(0, hostEnd).toLowerCase(Locale.ROOT));
  }

  private static boolean isName(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      boolean alphanumeric = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!alphanumeric && c != '-' && c != '.' && c != '_') {
        return false;
      }
    }
    return text.charAt(0) != '.';
  }

  private static boolean isIpv6(String text, int end) {
    for (int i = 1; i < end - 1; i++) {
      char c = text.charAt(i);
      if ((c >= 0x80 || Character.digit(c, 16) < 0) && c != ':' && c != '.') {
        return false;
      }
    }
    return end > 3;
  }

  private static boolean isPort(String text, int colon) {
    int digits = text.length() - colon - 1;
    if (text.charAt(colon) != ':' || digits < 1 || digits > 5) {
      return false;
    }
    int port = 0;
    for (int i = colon + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      port = port * 10 + c - '0';
    }
    return port <= 65535;
  }
}
