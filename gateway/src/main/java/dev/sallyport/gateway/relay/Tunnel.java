package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.route.ServedRoute;
import dev.sallyport.gateway.upstream.ByteListener;
import dev.sallyport.gateway.upstream.UpstreamConnection;
import dev.sallyport.gateway.upstream.UpstreamFailure;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.HttpContent;

/**
 * A WebSocket that is open: bytes pass both ways as they come, frames, close codes and extensions
 * are the business of its two ends.
 *
 * <p>What one side does not take is not read from the other. It ends when either side ends, behind
 * what is still to be written, or when nothing has moved for the idle time.
 */
final class Tunnel implements ByteListener, Conversation {
  private static final int SWITCHING_PROTOCOLS = 101;

  private final ClientConnection client;
  private final UpstreamConnection upstream;
  private final ExchangeLog log;
  private final ServedRoute route;
  private final long idleNanos;
  private boolean ended;

  Tunnel(ClientConnection client, UpstreamConnection upstream, ExchangeLog log, ServedRoute route) {
    this.client = client;
    this.upstream = upstream;
    this.log = log;
    this.route = route;
    this.idleNanos = client.worker().relay().limits().webSocketIdleTimeout().toNanos();
  }

  /** Begins; what either side has sent already passes at once. */
  void begin() {
    upstream.switchTo(this);
    client.switchTo(this);
    moved();
  }

  private void moved() {
    client.deadline().in(idleNanos);
  }

  // ── from the client ──────────────────────────────────────────────────────────────────────────

  /** Bytes have come from the client. */
  void fromClient(ByteBuf bytes) {
    moved();
    upstream.sendBytes(bytes);
    if (!upstream.isWritable()) {
      client.setReading(false);
    }
  }

  @Override
  public void clientReadComplete() {
    upstream.flush();
  }

  @Override
  public void writable() {
    moved();
    client.setReading(true);
  }

  @Override
  public void clientGone() {
    if (end(Ending.CLOSED)) {
      upstream.closeBehindWrites();
    }
  }

  // ── from the upstream ────────────────────────────────────────────────────────────────────────

  @Override
  public void content(HttpContent bytes) {
    moved();
    log.sent(bytes.content().readableBytes());
    client.write(bytes.content());
    if (!client.isWritable()) {
      upstream.setReading(false);
    }
  }

  @Override
  public void readComplete() {
    client.flush();
  }

  @Override
  public void clientWritable() {
    moved();
    upstream.setReading(true);
  }

  @Override
  public void bodyRefused() {
    if (end(Ending.CLOSED)) {
      upstream.cancel();
      client.closeBehindWrites();
    }
  }

  @Override
  public void failed(UpstreamFailure failure) {
    if (end(Ending.CLOSED)) {
      client.closeBehindWrites();
    }
  }

  @Override
  public void timedOut() {
    if (end(Ending.IDLE)) {
      upstream.cancel();
      client.closeBehindWrites();
    }
  }

  private boolean end(Ending how) {
    if (ended) {
      return false;
    }
    ended = true;
    log.end(how, SWITCHING_PROTOCOLS, route);
    return true;
  }
}
