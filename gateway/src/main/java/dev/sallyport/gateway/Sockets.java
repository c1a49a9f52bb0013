package dev.sallyport.gateway;

import dev.sallyport.gateway.config.Transport;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
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
 */
record Sockets(
    IoHandlerFactory handlers,
    Class<? extends ServerSocketChannel> listening,
    Class<? extends SocketChannel> connected) {

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
            IoUringSocketChannel.class);
      }
    };
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
        new EpollHandlers(), EpollServerSocketChannel.class, EpollSocketChannel.class);
  }

  private static Sockets nio() {
    return new Sockets(
        NioIoHandler.newFactory(), NioServerSocketChannel.class, NioSocketChannel.class);
  }
}
