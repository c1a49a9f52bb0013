package dev.sallyport.gateway.upstream;

import io.netty.handler.codec.http.HttpContent;

/**
 * What hears of the bytes that come on a connection, and of how it fares. All calls come on the
 * event loop of the client's connection.
 */
public interface ByteListener {
  /** A piece of what comes; the listener owns it. */
  void content(HttpContent content);

  /** Nothing more has come for the moment. */
  void readComplete();

  /** The connection takes more of what is sent. */
  void writable();

  /** The upstream takes no more of what is sent; what it sends itself may still come. */
  void bodyRefused();

  /** There is no connection, or no more; the listener hears no more. */
  void failed(UpstreamFailure failure);
}
