package dev.sallyport.gateway.relay;

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
    ConnectionCount count = relay.connections();
    Admission admission = count.enter();
    if (admission != Admission.SERVED) {
      relay.telemetry().hit(Limit.CONNECTIONS);
    }
    channel.closeFuture().addListener(closed -> count.leave());
    Worker worker = workers.get(channel.eventLoop());
    if (admission == Admission.DROPPED
        || worker == null
        || !(channel.remoteAddress() instanceof InetSocketAddress address)) {
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
    boolean oneTooMany = admission == Admission.TOLD;
    ClientConnection http1 =
        new ClientConnection(worker, channel, address, decoder, encoder, secure, oneTooMany);
    PrefaceDetector detector =
        new PrefaceDetector(
            http1::headBegun,
            () -> {
              channel.pipeline().remove(decoder);
              channel.pipeline().remove(encoder);
              channel
                  .pipeline()
                  .addLast(
                      FrameBudget.ofClient(),
                      Http2Connection.codec(relay.limits()),
                      new Http2Connection(worker, channel, address, secure, oneTooMany));
              channel.pipeline().remove(http1);
            });
    channel.pipeline().addLast(detector, decoder, encoder, http1);
  }
}
