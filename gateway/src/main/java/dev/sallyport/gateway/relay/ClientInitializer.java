package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.answer.Problem;
import dev.sallyport.gateway.http.FrameBudget;
import dev.sallyport.gateway.http.PrefaceDetector;
import dev.sallyport.gateway.http.RequestDecoder;
import dev.sallyport.gateway.http.ResponseEncoder;
import dev.sallyport.gateway.limits.ConnectionCount;
import dev.sallyport.gateway.limits.ConnectionCount.Admission;
import dev.sallyport.gateway.telemetry.Limit;
import dev.sallyport.gateway.tls.ShownCertificates;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2FrameCodec;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;

/**
 * Builds the pipeline of a client's connection: TLS where the listener has it, HTTP/1.1, or HTTP/2
 * where the client begins with its preface.
 */
// What fails on a channel is told to its pipeline, or ends it.
@SuppressWarnings("FutureReturnValueIgnored")
public final class ClientInitializer extends ChannelInitializer<Channel> {
  private final Relay relay;
  private final Map<EventLoop, Worker> workers;
  private final int listener;

  /**
   * For the connections of one listener.
   *
   * @param listener its place in the configuration, from 0
   * @param workers of all event loops that connections may come to
   */
  public ClientInitializer(Relay relay, Map<EventLoop, Worker> workers, int listener) {
    this.relay = relay;
    this.workers = Map.copyOf(workers);
    this.listener = listener;
  }

  @Override
  protected void initChannel(Channel channel) {
    Worker worker = workers.get(channel.eventLoop());
    if (worker == null || !(channel.remoteAddress() instanceof InetSocketAddress address)) {
      channel.close();
      return;
    }
    ConnectionCount count = relay.connections();
    // Behind a proxy that is trusted are many clients.
    boolean isOne = !relay.rules().trustedProxies().trusts(address.getAddress());
    ConnectionCount.Entry entry = isOne ? count.enter(address.getAddress()) : count.enterForMany();
    channel.closeFuture().addListener(closed -> count.leave(entry));
    Optional<Problem> excess = excess(entry);
    if (entry.admission() == Admission.DROPPED) {
      channel.close();
      return;
    }
    Optional<ShownCertificates> tls = relay.rules().certificate(listener);
    if (tls.isPresent()) {
      channel
          .pipeline()
          .addLast(tls.get().newHandler(channel.alloc(), relay.limits().headTimeout()));
    }
    RequestDecoder decoder = new RequestDecoder(relay.limits().requestHead());
    ResponseEncoder encoder = new ResponseEncoder();
    boolean secure = tls.isPresent();
    ClientConnection http1 =
        new ClientConnection(worker, channel, address, decoder, encoder, secure, excess);
    PrefaceDetector detector =
        new PrefaceDetector(
            http1::headBegun,
            () -> {
              channel.pipeline().remove(decoder);
              channel.pipeline().remove(encoder);
              Http2FrameCodec codec = Http2Connection.codec(relay.limits());
              channel
                  .pipeline()
                  .addLast(
                      FrameBudget.ofClient(),
                      codec,
                      new Http2Connection(worker, channel, address, secure, excess, codec));
              channel.pipeline().remove(http1);
            });
    channel.pipeline().addLast(detector, decoder, encoder, http1);
  }

  /** What a connection that is one too many is told; empty for one that is served. */
  private Optional<Problem> excess(ConnectionCount.Entry entry) {
    if (entry.ofAll() != Admission.SERVED) {
      relay.telemetry().hit(Limit.CONNECTIONS);
      return Optional.of(Problem.overloaded());
    }
    if (entry.ofClient() != Admission.SERVED) {
      relay.telemetry().hit(Limit.CONNECTIONS_PER_CLIENT);
      return Optional.of(Problem.tooManyConnections());
    }
    return Optional.empty();
  }
}
