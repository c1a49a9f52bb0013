package dev.sallyport.gateway.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.gateway.config.Upstream;
import dev.sallyport.gateway.config.Upstream.Protocol;
import dev.sallyport.gateway.http.ConnectionHeader;
import dev.sallyport.gateway.telemetry.Telemetry;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits for room on connections of HTTP/2, as long as there is none. */
// The end of an event loop is waited for where that matters.
@SuppressWarnings("FutureReturnValueIgnored")
class Http2ConnectionsTest {
  private final CountDownLatch answers = new CountDownLatch(1);
  private final HostNames names = new HostNames(name -> noAnswer());
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  private InetAddress[] noAnswer() throws UnknownHostException {
    try {
      answers.await();
    } catch (InterruptedException e) {
      // The test is over.
    }
    throw new UnknownHostException("nobody answers");
  }

  @AfterEach
  void stop() {
    names.close();
    loops.shutdownGracefully().awaitUninterruptibly();
  }

  /** An exchange that waits until its client goes. */
  private static final class Waiter implements UpstreamListener {
    private boolean gone;

    @Override
    public boolean isWaiting() {
      return !gone;
    }

    @Override
    public void connected(UpstreamSide upstream) {}

    @Override
    public void interim(HttpResponse head, ConnectionHeader connection) {}

    @Override
    public void switched(HttpResponse head, ConnectionHeader connection) {}

    @Override
    public void head(HttpResponse head, ConnectionHeader connection, long bodyLength) {}

    @Override
    public void content(HttpContent content) {}

    @Override
    public void end(LastHttpContent last) {}

    @Override
    public void readComplete() {}

    @Override
    public void writable() {}

    @Override
    public void bodyRefused() {}

    @Override
    public void failed(UpstreamFailure failure) {}
  }

  @Test
  void clientsThatHaveGoneAreNotKeptUntilThereIsRoom() throws Exception {
    EventLoop loop = loops.next();
    Dialing dialing =
        new Dialing(
            NioSocketChannel.class,
            PooledByteBufAllocator.DEFAULT,
            names,
            names,
            UpstreamTls.trustingTheJdks(),
            Telemetry.off());
    Upstream upstream =
        new Upstream(false, "slow.bar.com", OptionalInt.empty(), "")
            .with(Protocol.HTTP_2, Optional.empty());
    List<Waiter> patient = new ArrayList<>();
    int kept =
        loop.submit(
                () -> {
                  Http2Connections connections =
                      new Http2Connections(Server.of(upstream), new UpstreamPool(loop, dialing));
                  for (int i = 0; i < 100_000; i++) {
                    Waiter waiter = new Waiter();
                    connections.acquire(waiter, false);
                    waiter.gone = i % 1000 != 0;
                    if (!waiter.gone) {
                      patient.add(waiter);
                    }
                  }
                  return connections.waiting();
                })
            .get();
    assertThat(kept).isBetween(patient.size(), 2 * patient.size() + 64);
  }
}
