package dev.sallyport.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.ServerChannelRecvByteBufAllocator;
import java.util.concurrent.TimeUnit;

/**
 * Ends a listener just when it has taken in all connections that the system holds ready for it, as
 * the system resets those that nobody takes.
 */
// What fails on a channel is told to its pipeline, or ends it.
@SuppressWarnings("FutureReturnValueIgnored")
final class LastAccept extends ChannelInboundHandlerAdapter {
  private static final int MOST_AT_ONCE = 64;

  /** Where none comes there is none to wait for. */
  private static final int MILLIS_BETWEEN_LOOKS = 20;

  /** Who makes connections as fast as they are taken in does not keep the gateway from its end. */
  private static final int MOST_LOOKS = 50;

  private final Channel listener;
  private int accepted;
  private boolean came;
  private int looks;

  private LastAccept(Channel listener) {
    this.listener = listener;
  }

  /** A listener takes in all connections that are there, where Netty would take one at a time. */
  static RecvByteBufAllocator accepts() {
    return new ServerChannelRecvByteBufAllocator()
        .respectMaybeMoreData(false)
        .maxMessagesPerRead(MOST_AT_ONCE);
  }

  /** Ends {@code listener} within a moment. */
  static void close(Channel listener) {
    LastAccept last = new LastAccept(listener);
    listener
        .eventLoop()
        .execute(
            () -> {
              listener.pipeline().addFirst(last);
              last.lookLater();
            });
  }

  private void lookLater() {
    listener.eventLoop().schedule(this::look, MILLIS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (came && ++looks < MOST_LOOKS) {
      came = false;
      lookLater();
    } else {
      listener.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    accepted++;
    came = true;
    ctx.fireChannelRead(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    // Where as many were taken as are taken at once there may be more.
    boolean all = accepted < MOST_AT_ONCE;
    accepted = 0;
    ctx.fireChannelReadComplete();
    if (all) {
      listener.close();
    }
  }
}
