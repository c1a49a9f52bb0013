package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.answer.Problem;
import dev.sallyport.gateway.limits.Deadline;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What an {@link Exchange} needs of the client that it answers: a whole connection of HTTP/1.1, or
 * a stream of HTTP/2.
 */
interface ClientSide {
  Worker worker();

  InetSocketAddress address();

  boolean isSecure();

  /** The protocol that {@code request} came by, as it is written in HTTP/1.1. */
  default String protocol(HttpRequest request) {
    return request.protocolVersion().text();
  }

  /** What it is told because its connection is beyond those that are served; empty if it is not. */
  Optional<Problem> excess();

  /** How long either side may stall. */
  long idleNanos();

  /** The moment until which something has to happen, whatever it is just now. */
  Deadline deadline();

  /** The next final answer is to {@code HEAD}, or not. */
  void answering(boolean head);

  /**
   * Sends a head, or a piece of a body, which it owns; {@link #flush} is next.
   *
   * @param message a response or a piece of its body, in the objects of HTTP/1.1
   */
  void write(Object message);

  /** Puts on the wire what was written. */
  void flush();

  /** Whether a {@link Conversation#clientReadComplete} will follow. */
  boolean isReading();

  /**
   * Whether more may be written without filling the memory. What was written may be put on the wire
   * to find out.
   */
  boolean isWritable();

  /**
   * While what was written waits for the client: in how many nanoseconds to ask this again; 0 when
   * it has read nothing for too long.
   */
  long untilStalled();

  /** Takes no more of the request's body for now. */
  void pauseRequest();

  /** Goes on reading the request's body. */
  void resumeRequest();

  /** Whether nothing but the client keeps a body that is read from coming. */
  boolean maySend();

  /**
   * The exchange is over.
   *
   * @param keepAlive whether another may follow on the same connection
   * @param requestComplete whether all of the request was read
   */
  void completed(boolean keepAlive, boolean requestComplete);

  /**
   * Ends the answer in its middle, so that the client sees that it is not whole.
   *
   * @param closeIsEnd whether an orderly close would look like the answer's end
   */
  void abort(boolean closeIsEnd);
}
