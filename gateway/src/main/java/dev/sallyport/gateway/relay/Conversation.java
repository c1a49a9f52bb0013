package dev.sallyport.gateway.relay;

/** What a client's connection is busy with: an exchange, or a WebSocket. */
interface Conversation {
  /** Nothing more has come from the client for the moment. */
  void clientReadComplete();

  /** The client takes more. */
  void clientWritable();

  /** The client has closed the connection, or the stream. */
  void clientGone();

  /** Nothing has moved for too long. */
  void timedOut();
}
