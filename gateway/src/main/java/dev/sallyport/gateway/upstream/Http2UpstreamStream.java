package dev.sallyport.gateway.upstream;

import dev.sallyport.gateway.http.Backlog;
import dev.sallyport.gateway.http.ConnectionHeader;
import dev.sallyport.gateway.http.Fault;
import dev.sallyport.gateway.http.Http2RequestHead;
import dev.sallyport.gateway.http.Http2ResponseHead;
import dev.sallyport.gateway.http.MalformedException;
import dev.sallyport.gateway.http.WebSocketHandshake;
import dev.sallyport.gateway.upstream.UpstreamFailure.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A stream of HTTP/2 to an upstream, which carries one exchange.
 *
 * <p>What comes is passed on as it comes, and given back to the upstream's window only while the
 * client takes it, so that no more than a window waits.
 */
final class Http2UpstreamStream implements UpstreamSide {
  private final Http2UpstreamConnection connection;
  private final Http2FrameStream id;
  private final Backlog request = new Backlog();

  private @Nullable UpstreamListener listener;
  private boolean usedBefore;
  private boolean toHead;
  private boolean sent;
  private boolean requestComplete;

  private boolean received;
  private boolean answered;
  private boolean answerComplete;
  private long bodyLength;
  private long bodyReceived;
  private boolean reading = true;
  private int unconsumed;

  Http2UpstreamStream(Http2UpstreamConnection connection, Http2FrameStream id) {
    this.connection = connection;
    this.id = id;
  }

  Http2FrameStream id() {
    return id;
  }

  // ── what the exchange sends ──────────────────────────────────────────────────────────────────

  @Override
  public void send(
      UpstreamListener exchange,
      HttpRequest head,
      boolean bodyless,
      Optional<WebSocketHandshake> webSocket) {
    listener = exchange;
    usedBefore = connection.isUsed();
    toHead = head.method().equals(HttpMethod.HEAD);
    sent = true;
    requestComplete = bodyless;
    Http2Headers list = Http2RequestHead.of(head, connection.scheme());
    connection.begin(this, new DefaultHttp2HeadersFrame(list, bodyless).stream(id));
  }

  @Override
  public void send(HttpContent content) {
    if (!(content instanceof LastHttpContent last)) {
      sendData(content.content(), false);
      return;
    }
    requestComplete = true;
    if (last.trailingHeaders().isEmpty()) {
      sendData(last.content(), true);
    } else {
      sendData(last.content(), false);
      Http2Headers trailers = Http2ResponseHead.ofTrailers(last.trailingHeaders());
      connection.frames().write(new DefaultHttp2HeadersFrame(trailers, true).stream(id));
    }
  }

  private void sendData(ByteBuf bytes, boolean endStream) {
    int length = bytes.readableBytes();
    if (length == 0 && !endStream) {
      bytes.release();
      return;
    }
    request.add(length);
    connection.write(new DefaultHttp2DataFrame(bytes, endStream).stream(id), length, this);
  }

  /** So many bytes of the request have left for the upstream. */
  void left(int length) {
    if (request.left(length) && listener != null) {
      listener.writable();
    }
  }

  @Override
  public void flush() {
    connection.frames().flushSoon();
  }

  @Override
  public boolean isWritable() {
    return !request.isFull();
  }

  @Override
  public void setReading(boolean goesOn) {
    reading = goesOn;
    if (goesOn) {
      consume();
      connection.frames().flushSoon();
    }
  }

  private void consume() {
    if (reading && unconsumed > 0 && !answerComplete && listener != null) {
      connection.frames().consume(id, unconsumed);
      unconsumed = 0;
    }
  }

  @Override
  public void cancel() {
    listener = null;
    if (sent) {
      connection.cancel(this, received);
    }
  }

  /** A stream costs nothing: whatever the rest is, it need not come. */
  @Override
  public void abandon() {
    cancel();
  }

  @Override
  public void release() {
    connection.released();
  }

  /** Whether both sides have said all. */
  boolean isComplete() {
    return requestComplete && answerComplete;
  }

  // ── what the upstream answers ────────────────────────────────────────────────────────────────

  void headers(Http2Headers list, boolean endStream) {
    UpstreamListener exchange = listener;
    if (exchange == null) {
      return;
    }
    received = true;
    answerComplete = endStream;
    try {
      if (answered) {
        readTrailers(list, endStream);
      } else {
        readHead(exchange, list, endStream);
      }
    } catch (MalformedException fault) {
      fail(Kind.BAD_ANSWER, fault.detail());
    }
  }

  private void readHead(UpstreamListener exchange, Http2Headers list, boolean endStream) {
    HttpResponse head = Http2ResponseHead.read(list);
    ConnectionHeader none = ConnectionHeader.of(head.headers());
    if (head.status().codeClass() == HttpStatusClass.INFORMATIONAL) {
      if (endStream) {
        throw new MalformedException(Fault.START_LINE, "An interim response ends the stream.");
      }
      exchange.interim(head, none);
      return;
    }
    bodyLength = Http2ResponseHead.bodyLength(head, toHead, endStream);
    answered = true;
    exchange.head(head, none, bodyLength);
    if (endStream) {
      end(LastHttpContent.EMPTY_LAST_CONTENT);
    }
  }

  private void readTrailers(Http2Headers list, boolean endStream) {
    if (!endStream) {
      throw new MalformedException(Fault.CHUNK, "A second head came.");
    }
    checkLength(true);
    LastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
    Http2ResponseHead.readTrailers(list, last.trailingHeaders());
    end(last);
  }

  /** A piece of the answer's body, which this owns. */
  void data(Http2DataFrame data) {
    UpstreamListener exchange = listener;
    if (exchange == null) {
      data.release();
      return;
    }
    received = true;
    answerComplete = data.isEndStream();
    ByteBuf bytes = data.content();
    unconsumed += data.initialFlowControlledBytes();
    bodyReceived += bytes.readableBytes();
    try {
      checkLength(data.isEndStream());
    } catch (MalformedException fault) {
      data.release();
      fail(Kind.BAD_ANSWER, fault.detail());
      return;
    }
    if (data.isEndStream()) {
      end(new DefaultLastHttpContent(bytes));
      return;
    }
    if (bytes.isReadable()) {
      exchange.content(new DefaultHttpContent(bytes));
    } else {
      bytes.release();
    }
    consume();
  }

  private void checkLength(boolean complete) {
    if (!answered) {
      throw new MalformedException(Fault.START_LINE, "A body came before its head.");
    }
    if (bodyLength >= 0 && (bodyReceived > bodyLength || complete && bodyReceived < bodyLength)) {
      throw new MalformedException(
          Fault.LENGTH, "The body is not as long as its head had announced.");
    }
  }

  /** The answer is complete; what is missing of the request is not wanted. */
  private void end(LastHttpContent last) {
    UpstreamListener exchange = listener;
    if (exchange == null) {
      last.release();
      return;
    }
    listener = null;
    connection.completed(this);
    exchange.end(last);
  }

  void readComplete() {
    if (listener != null) {
      listener.readComplete();
    }
  }

  /** The upstream has reset the stream. */
  void reset(long code) {
    String detail = "The upstream reset the stream (" + Http2Error.valueOf(code) + ").";
    gone(detail, code == Http2Error.REFUSED_STREAM.code());
  }

  /** The upstream will not send any more on this stream. */
  void gone(String detail, boolean unprocessed) {
    UpstreamListener exchange = listener;
    listener = null;
    if (exchange != null) {
      exchange.failed(
          new UpstreamFailure(
              Kind.CLOSED, detail, usedBefore && !received, unprocessed && !received));
    }
  }

  /** Ends an exchange that the upstream has spoiled. */
  void fail(Kind kind, String detail) {
    UpstreamListener exchange = listener;
    listener = null;
    answerComplete = false;
    connection.spoiled(this);
    if (exchange != null) {
      exchange.failed(UpstreamFailure.of(kind, detail));
    }
  }
}
