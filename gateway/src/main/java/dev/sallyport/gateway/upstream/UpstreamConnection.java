package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.http.BodyLength;
import dev.sallyport.gateway.http.ConnectionHeader;
import dev.sallyport.gateway.http.DecodingFault;
import dev.sallyport.gateway.http.MalformedException;
import dev.sallyport.gateway.http.ResponseDecoder;
import dev.sallyport.gateway.http.WebSocketHandshake;
import dev.sallyport.gateway.limits.Deadline;
import dev.sallyport.gateway.upstream.UpstreamFailure.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelOutputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * A connection of HTTP/1.1 to an upstream, which carries one exchange after the other.
 *
 * <p>It goes back to its pool only when request and answer are complete, the answer's end was
 * plain, and nothing came behind it; what comes while it is idle closes it. Otherwise bytes of one
 * answer could be taken for another's.
 */
// What fails on a channel is told to its pipeline, or ends it.
@SuppressWarnings("FutureReturnValueIgnored")
public final class UpstreamConnection extends ChannelInboundHandlerAdapter implements UpstreamSide {
  private static final int SWITCHING_PROTOCOLS = 101;

  /** How long the rest of an answer that nobody wants may take. */
  private static final long LONGEST_ABANDONED = Duration.ofSeconds(2).toNanos();

  /** How long an upstream may take what the client of a WebSocket sent before it went. */
  private static final long LONGEST_GOODBYE = Duration.ofSeconds(10).toNanos();

  private final Server server;
  private final Channel channel;
  private final ResponseDecoder decoder;
  private final UpstreamPool pool;
  private final Deadline idle;

  private @Nullable ByteListener listener;
  private @Nullable WebSocketHandshake handshake;
  private boolean usedBefore;
  private boolean received;
  private boolean requestComplete;
  private boolean unflushed;
  private boolean toHead;
  private long bodyLength;
  private boolean inBody;
  private boolean answered;
  private boolean lasting;
  private boolean closedOrderly;
  private String trouble = "";

  UpstreamConnection(Server server, Channel channel, ResponseDecoder decoder, UpstreamPool pool) {
    this.server = server;
    this.channel = channel;
    this.decoder = decoder;
    this.pool = pool;
    this.idle = new Deadline(channel.eventLoop(), channel::close);
    // A clear connection has no other end than the one that TCP shows.
    this.closedOrderly = !server.tls();
  }

  @Override
  public void send(
      UpstreamListener exchange,
      HttpRequest head,
      boolean bodyless,
      Optional<WebSocketHandshake> webSocket) {
    listener = exchange;
    handshake = webSocket.orElse(null);
    received = false;
    answered = false;
    lasting = false;
    requestComplete = bodyless;
    unflushed = true;
    toHead = head.method().equals(HttpMethod.HEAD);
    decoder.expect(toHead);
    if (bodyless) {
      channel.write(
          new DefaultFullHttpRequest(
              head.protocolVersion(),
              head.method(),
              head.uri(),
              Unpooled.EMPTY_BUFFER,
              head.headers(),
              EmptyHttpHeaders.INSTANCE),
          channel.voidPromise());
    } else {
      channel.write(head, channel.voidPromise());
    }
  }

  @Override
  public void send(HttpContent content) {
    if (content instanceof LastHttpContent) {
      requestComplete = true;
    }
    unflushed = true;
    channel.write(content, channel.voidPromise());
  }

  /** Passes on bytes of a WebSocket, and owns them; {@link #flush} is next. */
  public void sendBytes(ByteBuf bytes) {
    unflushed = true;
    channel.write(bytes, channel.voidPromise());
  }

  /** From now on bytes pass as they come, to and from {@code tunnel}. */
  public void switchTo(ByteListener tunnel) {
    listener = tunnel;
    channel.pipeline().remove(HttpRequestEncoder.class);
    channel.pipeline().remove(decoder);
  }

  /**
   * Ends the connection behind what was sent; an upstream that does not take it in time does not
   * get it. What it sends meanwhile is thrown away, because it may read only when it is heard.
   */
  public void closeBehindWrites() {
    listener = new Unheard();
    setReading(true);
    idle.in(LONGEST_GOODBYE);
    channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void flush() {
    if (unflushed) {
      unflushed = false;
      channel.flush();
    }
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
  public void setReading(boolean reading) {
    channel.config().setAutoRead(reading);
  }

  /** Ends the connection with it: what is still to come could not be told from another answer. */
  @Override
  public void cancel() {
    listener = null;
    channel.close();
  }

  /**
   * A short rest is read to its end, so that the connection can serve others; with any other it is
   * closed.
   */
  @Override
  public void abandon() {
    if (requestComplete) {
      listener = new Abandoned(this);
      setReading(true);
      idle.in(LONGEST_ABANDONED);
    } else {
      cancel();
    }
  }

  @Override
  public void release() {
    pool.giveBack(this);
  }

  /** Which server it leads to. */
  Server server() {
    return server;
  }

  /** It lies in the pool from now on, for so many nanoseconds at most. */
  void rest(long nanos) {
    idle.in(nanos);
    channel.config().setAutoRead(true);
  }

  /** It is taken out of the pool; false when it has ended meanwhile. */
  boolean wake() {
    idle.lift();
    usedBefore = true;
    return channel.isActive();
  }

  void close() {
    channel.close();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (listener == null) {
      ReferenceCountUtil.release(message);
      closeUnasked();
    } else if (!(listener instanceof UpstreamListener exchange)) {
      readBytes(listener, message);
    } else if (message instanceof HttpResponse head) {
      readHead(exchange, head);
    } else if (message instanceof HttpContent content) {
      readContent(exchange, content);
    } else {
      ReferenceCountUtil.release(message);
      fail(Kind.BAD_ANSWER, "it sends something else than HTTP");
    }
  }

  private static void readBytes(ByteListener tunnel, Object message) {
    if (message instanceof ByteBuf bytes) {
      tunnel.content(new DefaultHttpContent(bytes));
    } else {
      // The end of the head by which it switched.
      ReferenceCountUtil.release(message);
    }
  }

  private void readHead(UpstreamListener exchange, HttpResponse head) {
    received = true;
    if (answered || head.decoderResult().isFailure()) {
      String detail =
          answered
              ? "a second answer came"
              : DecodingFault.ofHead(head, head.decoderResult().cause()).detail();
      ReferenceCountUtil.release(head);
      fail(Kind.BAD_ANSWER, detail);
    } else if (head.status().code() == SWITCHING_PROTOCOLS) {
      readSwitch(exchange, head);
    } else {
      readSoundHead(exchange, head);
    }
  }

  private void readSwitch(UpstreamListener exchange, HttpResponse head) {
    WebSocketHandshake asked = handshake;
    if (asked == null) {
      fail(Kind.BAD_ANSWER, "It switches to another protocol without being asked.");
      return;
    }
    try {
      ConnectionHeader connection = ConnectionHeader.of(head.headers());
      Optional<String> fault = asked.fault(head, connection);
      if (fault.isPresent()) {
        fail(Kind.BAD_ANSWER, fault.get());
      } else {
        exchange.switched(head, connection);
      }
    } catch (MalformedException e) {
      fail(Kind.BAD_ANSWER, e.detail());
    }
  }

  private void readSoundHead(UpstreamListener exchange, HttpResponse head) {
    boolean interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    ConnectionHeader connection;
    try {
      connection = ConnectionHeader.of(head.headers());
      bodyLength = BodyLength.of(head, toHead);
    } catch (MalformedException e) {
      fail(Kind.BAD_ANSWER, e.detail());
      return;
    }
    if (interim) {
      exchange.interim(head, connection);
      return;
    }
    lasting =
        head.protocolVersion().equals(HttpVersion.HTTP_1_1)
            && bodyLength != BodyLength.UNTIL_CLOSE
            && !connection.isClose()
            && !announcesImpossibleBody(head);
    answered = true;
    inBody = true;
    exchange.head(head, connection, bodyLength);
  }

  /** What is announced behind a 204 may come, and would be taken for the next answer. */
  private static boolean announcesImpossibleBody(HttpResponse head) {
    String length = head.headers().get(HttpHeaderNames.CONTENT_LENGTH);
    return head.status().code() == 204 && length != null && !length.equals("0");
  }

  private void readContent(UpstreamListener exchange, HttpContent content) {
    if (!inBody) {
      // The end of an interim response.
      content.release();
    } else if (content.decoderResult().isFailure()) {
      content.release();
      fail(Kind.BAD_ANSWER, DecodingFault.ofBody(content.decoderResult().cause()).detail());
    } else if (!(content instanceof LastHttpContent last)) {
      exchange.content(content);
    } else if (bodyLength == BodyLength.UNTIL_CLOSE && !(closedOrderly && trouble.isEmpty())) {
      last.release();
      fail(Kind.CLOSED, "The connection broke before the answer was complete.");
    } else {
      inBody = false;
      listener = null;
      lasting &= requestComplete;
      exchange.end(last);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    if (listener != null) {
      listener.readComplete();
    } else if (answered) {
      answered = false;
      if (lasting && channel.isActive() && !decoder.hasLeftover()) {
        pool.giveBack(this);
      } else {
        channel.close();
      }
    } else if (decoder.hasLeftover()) {
      closeUnasked();
    }
  }

  /** Something came, and nobody waits for an answer: whose would it be? */
  private void closeUnasked() {
    lasting = false;
    pool.forget(this);
    channel.close();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (listener != null && channel.isWritable()) {
      listener.writable();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslCloseCompletionEvent close) {
      closedOrderly = close.isSuccess();
    } else if (event == ChannelOutputShutdownEvent.INSTANCE && listener != null) {
      listener.bodyRefused();
    }
    ReferenceCountUtil.release(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    idle.end();
    pool.forget(this);
    ByteListener told = listener;
    if (told != null) {
      listener = null;
      String detail =
          (received
                  ? "The connection was closed before the answer was complete"
                  : "The connection was closed before the answer began")
              + (trouble.isEmpty() ? "." : ": " + trouble + ".");
      told.failed(new UpstreamFailure(Kind.CLOSED, detail, usedBefore && !received, false));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    SSLException ofTls = TlsTrouble.in(cause);
    if (trouble.isEmpty()) {
      trouble = ofTls == null ? UpstreamFailure.text(cause) : TlsTrouble.text(ofTls);
    }
    if (ofTls != null && !received) {
      // With TLS 1.3 a server refuses the gateway's certificate, or that there is none, only now.
      fail(Kind.TLS, "the upstream ended TLS: " + trouble);
    } else if (ofTls != null || !(cause instanceof IOException)) {
      // A broken write leaves the answer readable, and a broken read closes the connection by
      // itself.
      fail(Kind.CLOSED, "The connection was closed: " + trouble + ".");
    }
  }

  private void fail(Kind kind, String detail) {
    ByteListener told = listener;
    listener = null;
    channel.close();
    if (told != null) {
      told.failed(UpstreamFailure.of(kind, detail));
    }
  }
}
