package dev.sallyport.gateway.rewrite;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The headers that do not pass a gateway, and why. */
final class DroppedHeaders {
  /**
   * About the connection they came on.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-connection">RFC 9110, section
   *     7.6.1</a>
   */
  static final List<String> HOP_BY_HOP =
      List.of(
          "connection",
          "keep-alive",
          "proxy-connection",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-authentication-info",
          "te",
          "transfer-encoding",
          "upgrade",
          "http2-settings");

  /**
   * Of a request, unless the route forwards them: secrets that the page's user has with the
   * gateway's host rather than with the upstream, and what would be believed as another proxy's
   * word.
   */
  static final List<String> OF_REQUESTS_UNLESS_FORWARDED =
      List.of(
          "cookie",
          "authorization",
          "forwarded",
          "via",
          "x-real-ip",
          "client-ip",
          "true-client-ip",
          "x-client-ip",
          "x-cluster-client-ip",
          "cf-connecting-ip",
          "fastly-client-ip",
          // Some frameworks take the path from these instead of the request line.
          "x-original-url",
          "x-rewrite-url");

  /** All names that begin so are dropped with them. */
  static final String FORWARDED_PREFIX = "x-forwarded-";

  /** What opens the metadata services of clouds; never passed on. */
  static final List<String> OF_CLOUD_METADATA =
      List.of("metadata-flavor", "x-google-metadata-request");

  /** All names that begin so are dropped with them. */
  static final String CLOUD_METADATA_PREFIX = "x-aws-ec2-metadata-token";

  /** Of a response, unless the route forwards them: they would be kept for the gateway's host. */
  static final List<String> OF_RESPONSES_UNLESS_FORWARDED = List.of("set-cookie", "set-cookie2");

  /** Of a response: an invitation to leave the gateway for another server of the upstream's. */
  static final List<String> OF_RESPONSES = List.of("alt-svc");

  /**
   * Of a response that another server gave than a route's own: browsers would keep these for the
   * gateway's origin, or act on them for it.
   */
  static final List<String> OF_FOREIGN_RESPONSES =
      List.of(
          "accept-ch",
          "clear-site-data",
          "nel",
          "origin-agent-cluster",
          "public-key-pins",
          "refresh",
          "report-to",
          "reporting-endpoints",
          "service-worker-allowed",
          "strict-transport-security");

  /**
   * What a trailer must not say: it comes after what it would change.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-limitations-on-use-of-trai">RFC 9110,
   *     section 6.5.1</a>
   */
  static final List<String> OF_TRAILERS =
      List.of(
          "age",
          "authorization",
          "cache-control",
          "content-encoding",
          "content-length",
          "content-range",
          "content-type",
          "cookie",
          "date",
          "expect",
          "expires",
          "host",
          "location",
          "max-forwards",
          "origin",
          "pragma",
          "range",
          "retry-after",
          "set-cookie",
          "timing-allow-origin",
          "cross-origin-resource-policy",
          "trailer",
          "vary",
          "warning",
          "www-authenticate");

  private DroppedHeaders() {}

  /** {@code all} but those that are named to pass. */
  static Set<String> except(Collection<String> all, Set<String> passing) {
    Set<String> rest = new LinkedHashSet<>(all);
    rest.removeAll(passing);
    return rest;
  }

  /** Whether {@code name}, in any case, begins with {@code prefix}, which is in lower case. */
  static boolean beginsWith(CharSequence name, String prefix) {
    if (name.length() < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      char c = name.charAt(i);
      if ((c >= 'A' && c <= 'Z' ? c | 0x20 : c) != prefix.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
