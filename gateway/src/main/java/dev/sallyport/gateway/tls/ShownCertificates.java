package dev.sallyport.gateway.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that a listener shows, each to those who ask for one of its names by the server
 * name indication of TLS (RFC 6066, 3).
 *
 * <table>
 * <caption>Which is shown</caption>
 * <tr><th>asked for</th><th>shown</th></tr>
 * <tr><td>{@code foo.com}</td><td>the one for {@code foo.com}</td></tr>
 * <tr><td>{@code a.foo.com}</td>
 *     <td>the one for {@code a.foo.com}, else the one for {@code *.foo.com}</td></tr>
 * <tr><td>{@code a.b.foo.com}</td>
 *     <td>not the one for {@code *.foo.com}: a wildcard stands for one label (RFC 9525, 6.3)</td></tr>
 * <tr><td>any other name, or none</td><td>the first of the configuration</td></tr>
 * </table>
 */
public final class ShownCertificates {
  /** No browser says as much before the handshake; with post-quantum keys, some 2 KiB. */
  private static final int MOST_CLIENT_HELLO = 64 * 1024;

  private final SslContext first;
  private final Map<String, SslContext> byName;

  /**
   * Certificates by their names.
   *
   * @param byName which is for which name, in lower case, such as {@code *.foo.com}
   */
  public ShownCertificates(SslContext first, Map<String, SslContext> byName) {
    this.first = first;
    this.byName = Map.copyOf(byName);
  }

  /**
   * The one that is shown to who asks for {@code name}.
   *
   * @param name in lower case; null for who does not say
   */
  SslContext of(@Nullable String name) {
    if (name == null) {
      return first;
    }
    SslContext exact = byName.get(name);
    if (exact != null) {
      return exact;
    }
    int label = name.indexOf('.');
    return label < 1 ? first : byName.getOrDefault("*" + name.substring(label), first);
  }

  /**
   * What speaks TLS on a connection.
   *
   * @param timeout how long the client may take until it is spoken
   */
  public ChannelHandler newHandler(ByteBufAllocator allocator, Duration timeout) {
    if (byName.isEmpty()) {
      return timed(first.newHandler(allocator), timeout);
    }
    return new SniHandler(
        (name, promise) -> promise.setSuccess(of(name)), MOST_CLIENT_HELLO, timeout.toMillis()) {
      @Override
      protected SslHandler newSslHandler(SslContext context, ByteBufAllocator buffers) {
        return timed(super.newSslHandler(context, buffers), timeout);
      }
    };
  }

  private static SslHandler timed(SslHandler handler, Duration timeout) {
    handler.setHandshakeTimeoutMillis(timeout.toMillis());
    return handler;
  }
}
