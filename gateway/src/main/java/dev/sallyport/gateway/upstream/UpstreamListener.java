package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.http.ConnectionHeader;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;

/** What hears of a connection that was asked for, and then of the answer on it. */
public interface UpstreamListener extends ByteListener {
  /** Whether a connection that is asked for is still wanted. */
  default boolean isWaiting() {
    return true;
  }

  /** The connection is there; {@link UpstreamSide#send} is next, or {@code release}. */
  void connected(UpstreamSide upstream);

  /** An interim response: 100, 103. */
  void interim(HttpResponse head, ConnectionHeader connection);

  /**
   * The WebSocket that was asked for is granted; {@link UpstreamConnection#switchTo} is next.
   *
   * @param connection what the head says of the connection it came on
   */
  void switched(HttpResponse head, ConnectionHeader connection);

  /**
   * The head of the final response.
   *
   * @param connection what it says of the connection it came on
   * @param bodyLength as {@link dev.sallyport.gateway.http.BodyLength} says
   */
  void head(HttpResponse head, ConnectionHeader connection, long bodyLength);

  /** The end of its body; the listener owns it, and hears no more. */
  void end(LastHttpContent last);
}
