package dev.sallyport.gateway;

import dev.sallyport.gateway.config.Transport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * The operating system's interface that carries connections.
 *
 * @param handlers what event loops wait with
 * @param listening the kind of socket that listens
 * @param connected the kind of socket that is connected
 * @param mostUnsent the option that bounds what the system takes before it can be sent; null where
 *     there is none
 */
record Sockets(
    IoHandlerFactory handlers,
    Class<? extends ServerSocketChannel> listening,
    Class<? extends SocketChannel> connected,
    @Nullable ChannelOption<Long> mostUnsent) {

  /**
   * Beyond it, a client that does not read has only the gateway's own buffers filled. It does not
   * bound what is on its way, and so nobody who reads is slowed down.
   */
  private static final long MOST_UNSENT = 64 * 1024;

  /**
   * The interface that is asked for.
   *
   * @throws GatewayStartException when this machine does not have it
   */
  static Sockets of(Transport transport) throws GatewayStartException {
    return switch (transport) {
      case AUTO -> Epoll.isAvailable() ? epoll() : nio();
      case NIO -> nio();
      case EPOLL -> {
        check("epoll", Epoll.isAvailable(), Epoll.unavailabilityCause());
        yield epoll();
      }
      case IO_URING -> {
        check("io_uring", IoUring.isAvailable(), IoUring.unavailabilityCause());
        yield new Sockets(
            IoUringIoHandler.newFactory(),
            IoUringServerSocketChannel.class,
            IoUringSocketChannel.class,
            IoUringChannelOption.TCP_NOTSENT_LOWAT);
      }
    };
  }

  /**
   * Keeps the system from taking megabytes for a client that does not read them: they would cost
   * memory, and hide for a long time whether a slow client reads at all.
   */
  void boundUnsent(ServerBootstrap bootstrap) {
    if (mostUnsent != null) {
      bootstrap.childOption(mostUnsent, MOST_UNSENT);
    }
  }

  private static void check(String name, boolean available, @Nullable Throwable why)
      throws GatewayStartException {
    if (!available) {
      Throwable root = why;
      while (root != null && root.getCause() != null) {
        root = root.getCause();
      }
      throw new GatewayStartException(
          "transport "
              + name
              + " is not to be had on this machine"
              + (root == null ? "" : ": " + root.getMessage())
              + ". Leave transport out to take what there is.");
    }
  }

  private static Sockets epoll() {
    return new Sockets(
        new EpollHandlers(),
        EpollServerSocketChannel.class,
        EpollSocketChannel.class,
        EpollChannelOption.TCP_NOTSENT_LOWAT);
  }

  private static Sockets nio() {
    return new Sockets(
        NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class, null);
  }
}
