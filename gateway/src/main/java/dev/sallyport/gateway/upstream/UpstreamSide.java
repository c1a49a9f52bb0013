package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.http.WebSocketHandshake;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;

/**
 * What an exchange needs of the upstream that answers it: a whole connection of HTTP/1.1, or a
 * stream of HTTP/2.
 */
public interface UpstreamSide {
  /**
   * Sends the head of a request, and all of one that has no body; {@link #flush} is next.
   *
   * @param exchange hears of the answer from now on
   * @param bodyless whether no body follows
   * @param webSocket what is asked for with it; empty for nothing but an answer
   */
  void send(
      UpstreamListener exchange,
      HttpRequest head,
      boolean bodyless,
      Optional<WebSocketHandshake> webSocket);

  /** Sends a piece of the request's body, and owns it; {@link #flush} is next. */
  void send(HttpContent content);

  /** Puts on the wire what was sent. */
  void flush();

  /**
   * Whether more of a body may be sent without filling the memory. What was sent may be put on the
   * wire to find out.
   */
  boolean isWritable();

  /** Stops or goes on reading the answer, as fast as the client takes it. */
  void setReading(boolean reading);

  /** Ends the exchange before its answer is complete. */
  void cancel();

  /** Leaves the rest of the answer, whose head has come. */
  void abandon();

  /** Gives it back unused. */
  void release();
}
