package dev.sallyport.gateway.relay;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;

/**
 * Whether a client has stopped reading what waits to be written to it.
 *
 * <p>A channel does not tell when a part of what waits has been taken, so that has to be looked for
 * now and then. A client that takes anything at all is not stalled.
 */
final class WriteStall {
  /** So often is looked within the limit. */
  private static final int LOOKS = 8;

  private final Channel channel;
  private final long limit;
  private long unsent;
  private long movedAt;

  /**
   * What waits on {@code channel}.
   *
   * @param limit how long a client may take nothing, in nanoseconds
   */
  WriteStall(Channel channel, long limit) {
    this.channel = channel;
    this.limit = limit;
  }

  /** Begins to wait for the client; after so many nanoseconds has to be looked. */
  long begin() {
    unsent = unsent();
    movedAt = System.nanoTime();
    return untilNextLook(limit);
  }

  /** In how many nanoseconds has to be looked again; 0 when the client has stalled. */
  long look() {
    long now = System.nanoTime();
    long waits = unsent();
    if (waits != unsent) {
      unsent = waits;
      movedAt = now;
    }
    long left = limit - (now - movedAt);
    return left <= 0 ? 0 : untilNextLook(left);
  }

  private long untilNextLook(long left) {
    return Math.max(1, Math.min(left, limit / LOOKS));
  }

  /** Whether anything waits. */
  boolean isWaiting() {
    return unsent() > 0;
  }

  private long unsent() {
    ChannelOutboundBuffer waiting = channel.unsafe().outboundBuffer();
    return waiting == null ? 0 : waiting.totalPendingWriteBytes() - waiting.currentProgress();
  }
}
