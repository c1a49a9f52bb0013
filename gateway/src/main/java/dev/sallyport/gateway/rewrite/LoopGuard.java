package dev.sallyport.gateway.rewrite;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/**
 * Tells a request that a relay has sent from others: a URL that names the relay itself, in a URL
 * that names it again, would make one request of a client hundreds of the gateway's own.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8586">RFC 8586, CDN-Loop</a>
 */
public final class LoopGuard {
  private static final AsciiString CDN_LOOP = AsciiString.cached("cdn-loop");
  private static final String US = "sallyport";

  private LoopGuard() {}

  /** Whether a relay has sent a request with these headers. */
  public static boolean marks(HttpHeaders headers) {
    return headers.containsValue(CDN_LOOP, US, true);
  }

  /** Marks a request that a relay sends. */
  static void mark(HttpHeaders headers) {
    headers.add(CDN_LOOP, US);
  }
}
