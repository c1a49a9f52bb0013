package dev.sallyport.gateway.relay;

/** A connection of a client, as its worker sees it when the gateway stops. */
interface ServedConnection {
  /** Takes no new requests, and ends when those in flight are answered. */
  void stop();

  /** Ends at once, whatever is in flight. */
  void abort();
}
