package dev.sallyport.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sallyport.gateway.testkit.NoLeaks;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A socket from which nothing is awaited for a while is not lost. */
@ExtendWith(NoLeaks.class)
class EpollHandlersTest {
  /** Once the other side has sent all, stops reading and goes on, and speaks after that. */
  private static final class Pausing extends ChannelInboundHandlerAdapter {
    @Override
    public boolean isSharable() {
      return true;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == ChannelInputShutdownEvent.INSTANCE) {
        ctx.executor().execute(() -> pause(ctx));
      }
    }

    private static void pause(ChannelHandlerContext ctx) {
      ctx.channel().config().setAutoRead(false);
      ctx.channel().config().setAutoRead(true);
      // Behind what a fault would do to the connection.
      ctx.executor().execute(() -> ctx.executor().execute(() -> speak(ctx)));
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private static void speak(ChannelHandlerContext ctx) {
      ctx.writeAndFlush(Unpooled.copiedBuffer("still here", StandardCharsets.US_ASCII));
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // The client sees that nothing comes.
    }
  }

  @Test
  void awaitingNothingAndThenSomethingAgain() throws Exception {
    assumeThat(Epoll.isAvailable()).as("epoll, which is Linux's").isTrue();
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new EpollHandlers());
    try {
      Channel server =
          new ServerBootstrap()
              .group(group)
              .channel(EpollServerSocketChannel.class)
              .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
              .childHandler(new Pausing())
              .bind(InetAddress.getLoopbackAddress(), 0)
              .sync()
              .channel();
      InetSocketAddress address = (InetSocketAddress) server.localAddress();
      try (Socket client = new Socket(address.getAddress(), address.getPort())) {
        client.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        client.shutdownOutput();
        assertThat(client.getInputStream().readNBytes(10))
            .asString(StandardCharsets.US_ASCII)
            .isEqualTo("still here");
      }
    } finally {
      group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS).sync();
    }
  }
}
