package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.answer.Problem;
import dev.sallyport.gateway.config.ConnectionLimits;
import dev.sallyport.gateway.http.RequestDecoder;
import dev.sallyport.gateway.http.ResponseEncoder;
import dev.sallyport.gateway.limits.Deadline;
import dev.sallyport.gateway.telemetry.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection of a client: one exchange after the other, and the time between them.
 *
 * <p>A second request is not even decoded before the first is answered.
 */
// What fails on a channel is told to its pipeline, or ends it.
@SuppressWarnings("FutureReturnValueIgnored")
final class ClientConnection extends ChannelInboundHandlerAdapter
    implements ClientSide, ServedConnection {
  private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);

  /** As long as a client that is still sending may take to read why it should not. */
  private static final long LINGER = Duration.ofSeconds(10).toNanos();

  private static final long LINGER_WHEN_STOPPING = Duration.ofSeconds(1).toNanos();

  private final Worker worker;
  private final Channel channel;
  private final InetSocketAddress address;
  private final RequestDecoder decoder;
  private final ResponseEncoder encoder;
  private final boolean secure;
  private final Optional<Problem> excess;
  private final Deadline deadline;
  private final long idleNanos;
  private final long headNanos;
  private final WriteStall writes;

  private @Nullable Conversation conversation;
  private boolean asked;
  private boolean amidHead;
  private boolean draining;
  private boolean ending;
  private boolean toldAll;
  private boolean unflushed;

  /**
   * A connection that has just been accepted.
   *
   * @param excess what it is told because it is beyond those that are served; empty if it is not
   */
  ClientConnection(
      Worker worker,
      Channel channel,
      InetSocketAddress address,
      RequestDecoder decoder,
      ResponseEncoder encoder,
      boolean secure,
      Optional<Problem> excess) {
    this.worker = worker;
    this.channel = channel;
    this.address = address;
    this.decoder = decoder;
    this.encoder = encoder;
    this.secure = secure;
    this.excess = excess;
    this.deadline = new Deadline(channel.eventLoop(), this::deadlinePassed);
    ConnectionLimits limits = worker.relay().limits();
    this.idleNanos = limits.idleTimeout().toNanos();
    this.headNanos = limits.headTimeout().toNanos();
    this.writes = new WriteStall(channel, limits.writeTimeout().toNanos());
  }

  @Override
  public Worker worker() {
    return worker;
  }

  @Override
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public Optional<Problem> excess() {
    return excess;
  }

  @Override
  public long idleNanos() {
    return idleNanos;
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    worker.add(this);
    deadline.in(worker.isStopping() ? LINGER_WHEN_STOPPING : idleNanos);
  }

  /** The connection goes on under another protocol. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    deadline.end();
    worker.remove(this);
  }

  /** The first bytes of a head, or of a preface of HTTP/2, have come and are not decoded yet. */
  void headBegun() {
    amidHead = true;
    deadline.in(headNanos);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request && conversation == null && !ending) {
      decoder.pause();
      asked = true;
      amidHead = false;
      Exchange exchange = new Exchange(this, request);
      conversation = exchange;
      exchange.start();
    } else if (message instanceof HttpContent content
        && conversation instanceof Exchange exchange) {
      exchange.requestContent(content);
    } else if (message instanceof ByteBuf bytes && conversation instanceof Tunnel tunnel) {
      tunnel.fromClient(bytes);
    } else {
      // The end of a request that was answered at once, or what comes while the connection ends.
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (conversation != null) {
      conversation.clientReadComplete();
    } else if (!ending && !amidHead && decoder.isAmidHead()) {
      amidHead = true;
      deadline.in(headNanos);
    }
    flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (!channel.isWritable()) {
      writes.begin();
    } else if (conversation != null) {
      conversation.clientWritable();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    deadline.end();
    worker.remove(this);
    Conversation cut = conversation;
    conversation = null;
    if (cut != null) {
      cut.clientGone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException || cause instanceof DecoderException) {
      LOG.debug("a client's connection broke", cause);
    } else {
      LOG.error("a fault of the gateway ended a client's connection: {}", cause.toString());
      LOG.debug("the fault", cause);
    }
    channel.close();
  }

  @Override
  public void answering(boolean head) {
    encoder.answering(head);
  }

  @Override
  public void write(Object message) {
    unflushed = true;
    channel.write(message, channel.voidPromise());
  }

  @Override
  public void flush() {
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
  }

  /** Flushes now, unless messages are being read, behind which it is done anyway. */
  void flushSoon() {
    if (!decoder.isReading()) {
      flush();
    }
  }

  @Override
  public boolean isReading() {
    return decoder.isReading();
  }

  @Override
  public boolean isWritable() {
    // What the system takes at once is no reason to stop and start reading the other side.
    if (!channel.isWritable()) {
      flush();
    }
    return channel.isWritable();
  }

  @Override
  public long untilStalled() {
    return writes.look();
  }

  @Override
  public boolean maySend() {
    return true;
  }

  @Override
  public void pauseRequest() {
    decoder.pause();
  }

  @Override
  public void resumeRequest() {
    decoder.resume();
  }

  /** From now on bytes pass as they come, to and from {@code opened}. */
  void switchTo(Tunnel opened) {
    conversation = opened;
    flush();
    channel.pipeline().remove(encoder);
    channel.pipeline().remove(decoder);
    setReading(true);
  }

  /** Stops or goes on reading, as fast as the other side of a WebSocket takes it. */
  void setReading(boolean reading) {
    channel.config().setAutoRead(reading);
  }

  @Override
  public void completed(boolean keepAlive, boolean requestComplete) {
    conversation = null;
    flushSoon();
    if (keepAlive && requestComplete && !worker.isStopping()) {
      // What is not flushed yet is small and will be.
      draining = !decoder.isReading() && writes.isWaiting();
      deadline.in(draining ? writes.begin() : idleNanos);
      decoder.resume();
      if (conversation == null && decoder.isAmidHead()) {
        amidHead = true;
        deadline.in(headNanos);
      }
    } else if (requestComplete && !decoder.hasLeftover()) {
      closeBehindWrites();
    } else {
      linger();
    }
  }

  /**
   * Ends the connection when idle; otherwise it ends behind its exchange or its WebSocket. On one
   * that has just come the first request is on its way, and is to be told that it has to go
   * elsewhere.
   */
  @Override
  public void stop() {
    boolean idle = conversation == null && !ending && !amidHead && !decoder.isAmidHead();
    if (toldAll || idle && !asked) {
      deadline.in(LINGER_WHEN_STOPPING);
    } else if (conversation == null && !ending && !decoder.isAmidHead()) {
      closeBehindWrites();
    }
  }

  /**
   * Ends the connection at once, in the middle of an answer.
   *
   * @param closeIsEnd whether an orderly close would look like the answer's end
   */
  @Override
  public void abort(boolean closeIsEnd) {
    ending = true;
    flush();
    if (!channel.isOpen()) {
      return;
    }
    if (closeIsEnd) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    // Not through the TLS handler, which would say goodbye as if all were well.
    channel.pipeline().firstContext().close();
  }

  @Override
  public void abort() {
    abort(true);
  }

  /** Ends the connection behind what was written. */
  void closeBehindWrites() {
    ending = true;
    deadline.in(writes.begin());
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /**
   * Ends the connection once the client has read the answer. A socket that is closed with bytes
   * unread makes the client's system throw away the answer, so those bytes are read and dropped
   * first.
   */
  private void linger() {
    ending = true;
    deadline.in(writes.begin());
    SslHandler tls = secure ? channel.pipeline().get(SslHandler.class) : null;
    channel
        .writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            written -> {
              if (!written.isSuccess()) {
                return;
              }
              toldAll = true;
              deadline.in(worker.isStopping() ? LINGER_WHEN_STOPPING : LINGER);
              if (tls == null) {
                ((DuplexChannel) channel).shutdownOutput();
              } else {
                tls.closeOutbound().addListener(told -> ((DuplexChannel) channel).shutdownOutput());
              }
            });
    decoder.discard();
  }

  private void deadlinePassed() {
    if (ending) {
      awaitReader();
    } else if (conversation != null) {
      conversation.timedOut();
    } else if (amidHead) {
      worker.relay().telemetry().hit(Limit.HEAD_TIMEOUT);
      channel.close();
    } else {
      awaitReader();
    }
  }

  /**
   * Waits for a client that still takes what was written, as long as it takes anything; for any
   * other, this is the end.
   */
  private void awaitReader() {
    long wait = writes.isWaiting() ? writes.look() : 0;
    if (wait > 0) {
      deadline.in(wait);
    } else if (writes.isWaiting()) {
      worker.relay().telemetry().hit(Limit.WRITE_TIMEOUT);
      // What was written must not look like all of it, nor wait in the system for its reader.
      abort(true);
    } else if (draining && !ending) {
      draining = false;
      deadline.in(idleNanos);
    } else {
      channel.close();
    }
  }
}
