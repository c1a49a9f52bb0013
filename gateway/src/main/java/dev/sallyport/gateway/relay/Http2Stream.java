package dev.sallyport.gateway.relay;

import dev.sallyport.gateway.answer.Problem;
import dev.sallyport.gateway.http.Backlog;
import dev.sallyport.gateway.http.FrameWriter;
import dev.sallyport.gateway.http.Http2RequestHead;
import dev.sallyport.gateway.http.Http2ResponseHead;
import dev.sallyport.gateway.http.MalformedException;
import dev.sallyport.gateway.limits.Deadline;
import dev.sallyport.gateway.telemetry.Limit;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream of HTTP/2 with its one exchange.
 *
 * <p>While the upstream is not ready, pieces of the request's body wait here; their bytes are given
 * back to the client's window only when the upstream has taken them, so that no more than a window
 * waits.
 */
final class Http2Stream implements ClientSide {
  private final Http2Connection connection;
  private final Http2FrameStream id;
  private final FrameWriter frames;
  private final Backlog answer = new Backlog();
  private final Deadline deadline;
  private final Deque<HttpContent> held = new ArrayDeque<>();

  private @Nullable Exchange exchange;
  private boolean paused = true;
  private boolean delivering;
  private int unconsumed;
  private boolean toHead;
  private boolean requestEnded;

  /** Whether the rest of the request is not read, because its answer is there already. */
  private boolean unwanted;

  private boolean draining;
  private long movedAt;

  Http2Stream(Http2Connection connection, Http2FrameStream id) {
    this.connection = connection;
    this.id = id;
    this.frames = connection.frames();
    this.deadline = new Deadline(connection.channel().eventLoop(), this::timedOut);
  }

  // ── what the client sends ────────────────────────────────────────────────────────────────────

  void begin(Http2Headers head, boolean endStream) {
    requestEnded = endStream;
    Exchange begun = new Exchange(this, Http2RequestHead.read(head, endStream));
    exchange = begun;
    begun.start();
  }

  /** A piece of the request's body, which this owns. */
  void data(Http2DataFrame data) {
    requestEnded |= data.isEndStream();
    if (exchange == null) {
      // Answered already; the codec gives the window back with the stream.
      data.release();
      return;
    }
    unconsumed += data.initialFlowControlledBytes();
    ByteBuf bytes = data.content();
    held.add(
        data.isEndStream() ? new DefaultLastHttpContent(bytes) : new DefaultHttpContent(bytes));
    deliver();
  }

  /** The trailers that end the request's body. */
  void trailers(Http2Headers trailers) {
    requestEnded = true;
    if (exchange == null) {
      return;
    }
    LastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
    try {
      Http2RequestHead.readTrailers(trailers, last.trailingHeaders());
    } catch (MalformedException fault) {
      last.setDecoderResult(DecoderResult.failure(fault));
    }
    held.add(last);
    deliver();
  }

  private void deliver() {
    if (delivering) {
      return;
    }
    delivering = true;
    while (!paused && exchange != null && !held.isEmpty()) {
      exchange.requestContent(held.remove());
    }
    delivering = false;
    consume();
  }

  private void consume() {
    if (!paused && held.isEmpty() && unconsumed > 0 && exchange != null) {
      int consumed = unconsumed;
      unconsumed = 0;
      connection.consume(id, consumed);
    }
  }

  /** The client may send again, which bodies on other streams kept it from. */
  void maySendAgain() {
    if (exchange != null) {
      exchange.clientMaySendAgain();
    }
  }

  void readComplete() {
    if (exchange != null) {
      exchange.clientReadComplete();
    }
  }

  /** The client has reset the stream, or gone. */
  void gone() {
    Exchange cut = exchange;
    end();
    if (cut != null) {
      cut.clientGone();
    }
  }

  private void end() {
    exchange = null;
    draining = false;
    deadline.end();
    held.forEach(ReferenceCountUtil::release);
    held.clear();
  }

  private void timedOut() {
    if (exchange != null) {
      exchange.timedOut();
      frames.flush();
    } else if (draining) {
      // The client does not read the end of the answer.
      worker().relay().telemetry().hit(Limit.WRITE_TIMEOUT);
      connection.reset(id, Http2Error.CANCEL);
      connection.completed(id);
    }
  }

  // ── what the exchange asks ───────────────────────────────────────────────────────────────────

  @Override
  public Worker worker() {
    return connection.worker();
  }

  @Override
  public InetSocketAddress address() {
    return connection.address();
  }

  @Override
  public boolean isSecure() {
    return connection.isSecure();
  }

  @Override
  public String protocol(HttpRequest request) {
    return "HTTP/2.0";
  }

  @Override
  public Optional<Problem> excess() {
    return connection.excess();
  }

  @Override
  public long idleNanos() {
    return connection.idleNanos();
  }

  @Override
  public Deadline deadline() {
    return deadline;
  }

  @Override
  public void answering(boolean head) {
    toHead = head;
  }

  @Override
  public void write(Object message) {
    if (message instanceof HttpResponse head) {
      writeHead(head);
    } else if (message instanceof LastHttpContent last) {
      writeEnd(last);
    } else if (message instanceof HttpContent content) {
      writeData(content.content(), false);
    } else {
      ReferenceCountUtil.release(message);
    }
  }

  private void writeHead(HttpResponse head) {
    Http2Headers list = Http2ResponseHead.of(head);
    boolean interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (interim || !(head instanceof FullHttpResponse whole)) {
      ReferenceCountUtil.release(head);
      frames.write(new DefaultHttp2HeadersFrame(list, false).stream(id));
      return;
    }
    boolean bodyless = toHead || !whole.content().isReadable();
    frames.write(new DefaultHttp2HeadersFrame(list, bodyless).stream(id));
    if (bodyless) {
      whole.release();
    } else {
      writeData(whole.content(), true);
    }
  }

  private void writeEnd(LastHttpContent last) {
    if (last.trailingHeaders().isEmpty()) {
      writeData(last.content(), true);
      return;
    }
    Http2Headers trailers = Http2ResponseHead.ofTrailers(last.trailingHeaders());
    writeData(last.content(), false);
    frames.write(new DefaultHttp2HeadersFrame(trailers, true).stream(id));
  }

  private void writeData(ByteBuf bytes, boolean endStream) {
    int length = bytes.readableBytes();
    if (length == 0 && !endStream) {
      bytes.release();
      return;
    }
    if (answer.isEmpty()) {
      movedAt = System.nanoTime();
    }
    answer.add(length);
    frames.write(new DefaultHttp2DataFrame(bytes, endStream).stream(id), written -> left(length));
  }

  /** So many bytes of the answer have left for the client. */
  private void left(int length) {
    boolean writableAgain = answer.left(length);
    movedAt = System.nanoTime();
    if (draining) {
      drainedFurther();
    } else if (writableAgain && exchange != null) {
      exchange.clientWritable();
    }
  }

  private void drainedFurther() {
    if (answer.isEmpty()) {
      draining = false;
      deadline.end();
      finish();
    } else {
      deadline.in(connection.writeNanos());
    }
  }

  @Override
  public void flush() {
    frames.flush();
  }

  @Override
  public boolean isReading() {
    return frames.isReading() || delivering;
  }

  @Override
  public boolean isWritable() {
    return !answer.isFull();
  }

  @Override
  public long untilStalled() {
    return Math.max(0, connection.writeNanos() - (System.nanoTime() - movedAt));
  }

  @Override
  public boolean maySend() {
    return connection.hasWindow();
  }

  @Override
  public void pauseRequest() {
    paused = true;
  }

  @Override
  public void resumeRequest() {
    paused = false;
    if (!delivering) {
      deliver();
      if (!frames.isReading()) {
        readComplete();
      }
    }
  }

  @Override
  public void completed(boolean keepAlive, boolean requestComplete) {
    end();
    unwanted = !requestComplete && !requestEnded;
    frames.flushSoon();
    if (answer.isEmpty()) {
      finish();
    } else {
      draining = true;
      deadline.in(connection.writeNanos());
    }
  }

  private void finish() {
    if (unwanted && !requestEnded) {
      // RFC 9113, 8.1: the answer stands, and the rest of the request is not wanted.
      connection.reset(id, Http2Error.NO_ERROR);
    }
    connection.completed(id);
  }

  @Override
  public void abort(boolean closeIsEnd) {
    end();
    connection.reset(id, Http2Error.INTERNAL_ERROR);
    connection.completed(id);
  }
}
