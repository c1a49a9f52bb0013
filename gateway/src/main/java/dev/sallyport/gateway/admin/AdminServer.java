package dev.sallyport.gateway.admin;

import dev.sallyport.gateway.config.Admin;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listens for operators, on a thread of its own: a slow collector holds up no page, and a busy
 * gateway still says how it is.
 */
// What fails on a channel is told to its pipeline, or ends it.
@SuppressWarnings("FutureReturnValueIgnored")
public final class AdminServer {
  private static final int MOST_BODY = 8 * 1024;
  private static final int MOST_CONNECTIONS = 64;
  private static final int IDLE_SECONDS = 60;

  private final EventLoopGroup loop;
  private final AdminGuard guard;
  private final AdminActions actions;
  private final AtomicInteger connections = new AtomicInteger();

  /** A server that listens once it is told where. */
  public AdminServer(Admin admin, IoHandlerFactory sockets, AdminActions actions) {
    this.loop =
        new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("sallyport-admin"), sockets);
    Set<String> names = new HashSet<>(admin.hosts());
    names.add(admin.host());
    this.guard = new AdminGuard(names);
    this.actions = actions;
  }

  /** Begins to listen. */
  public ChannelFuture bind(Class<? extends ServerChannel> channel, InetSocketAddress address) {
    return new ServerBootstrap()
        .group(loop)
        .channel(channel)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel accepted) {
                accept(accepted);
              }
            })
        .bind(address);
  }

  private void accept(Channel channel) {
    int now = connections.incrementAndGet();
    channel.closeFuture().addListener(closed -> connections.decrementAndGet());
    if (now > MOST_CONNECTIONS) {
      channel.close();
      return;
    }
    channel
        .pipeline()
        .addLast(
            new IdleStateHandler(0, 0, IDLE_SECONDS, TimeUnit.SECONDS),
            new HttpServerCodec(),
            new HttpObjectAggregator(MOST_BODY, true),
            new AdminHandler(guard, actions));
  }

  /** Ends it with all its connections, and then does {@code next}. */
  public void close(Runnable next) {
    loop.shutdownGracefully(0, 2, TimeUnit.SECONDS).addListener(down -> next.run());
  }
}
