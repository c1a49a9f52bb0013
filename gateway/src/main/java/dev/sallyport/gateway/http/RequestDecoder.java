package dev.sallyport.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests, refuses what Netty's decoder would mend, and can be paused.
 *
 * <p>While it is paused, bytes are left as they came, and the first ones that come stop the
 * connection from being read. So a second request waits, unread, until the first is answered, and a
 * body waits for an upstream that is not ready; what a client can make the gateway hold is one
 * read's bytes.
 */
public final class RequestDecoder extends HttpRequestDecoder {
  private final int mostHead;
  private final HeadGuard guard = new HeadGuard();
  private final HeaderLines lines = new HeaderLines();
  private final StartLine startLine = new StartLine();

  private boolean atHead = true;
  private boolean inTrailers;
  private boolean paused;
  private boolean discarding;
  private boolean reading;
  private boolean decoded;
  private @Nullable HttpRequest current;
  private @Nullable ChannelHandlerContext ctx;

  /** A decoder of heads of at most {@code mostHead} bytes. */
  public RequestDecoder(int mostHead) {
    super(HeaderLines.decoderConfig(mostHead));
    this.mostHead = mostHead;
  }

  /** Leaves what comes from now on as it is. */
  public void pause() {
    paused = true;
  }

  /** Goes on with what was left, and with reading. */
  public void resume() {
    paused = false;
    ChannelHandlerContext place = ctx;
    if (reading || place == null) {
      return;
    }
    if (actualReadableBytes() > 0) {
      decodeWhatWasLeft(place);
    }
    if (!paused) {
      place.channel().config().setAutoRead(true);
    }
  }

  private void decodeWhatWasLeft(ChannelHandlerContext place) {
    decoded = false;
    try {
      channelRead(place, Unpooled.EMPTY_BUFFER);
    } catch (Exception e) {
      place.fireExceptionCaught(e);
    }
    if (decoded) {
      place.fireChannelReadComplete();
    }
  }

  /** Reads on, and throws away what comes. */
  public void discard() {
    discarding = true;
    resume();
  }

  /** Whether bytes have come that were not decoded. */
  public boolean hasLeftover() {
    return actualReadableBytes() > 0;
  }

  /** Whether a head has begun and is not complete. */
  public boolean isAmidHead() {
    return atHead && !discarding && (current != null || actualReadableBytes() > 0);
  }

  /** Whether messages are being handed on at this moment, so that a read-complete will follow. */
  public boolean isReading() {
    return reading;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext place) {
    ctx = place;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object input) throws Exception {
    reading = true;
    try {
      super.channelRead(ctx, input);
    } finally {
      reading = false;
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    // What is left is handed on, and must not be decoded a second time by who resumes meanwhile.
    reading = true;
    super.channelInactive(ctx);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
    if (paused) {
      // Netty would ask for more bytes, because none of those that came were decoded.
      discardSomeReadBytes();
      ctx.fireChannelReadComplete();
    } else {
      super.channelReadComplete(ctx);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (discarding) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (paused) {
      ctx.channel().config().setAutoRead(false);
      return;
    }
    if (!atHead) {
      decodeBody(ctx, in, out);
      return;
    }
    HeadGuard.Sight sight = guard.look(in);
    if (sight == HeadGuard.Sight.WAIT) {
      return;
    }
    super.decode(ctx, in, out);
    MalformedException fault = HeadGuard.fault(sight);
    if (fault != null) {
      refuse(fault, in, out);
    } else if (!out.isEmpty()) {
      decoded = true;
      atHead = false;
      current = null;
      check((HttpRequest) out.get(0), in);
      endAfterLast(out);
    } else {
      guard.keepOrigin(in);
    }
  }

  private void decodeBody(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
      throws Exception {
    int start = in.readerIndex();
    MalformedException fault = inTrailers ? HeadGuard.fault(guard.look(in)) : null;
    super.decode(ctx, in, out);
    if (fault != null) {
      out.forEach(ReferenceCountUtil::release);
      out.clear();
      LastHttpContent last = new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
      last.setDecoderResult(DecoderResult.failure(fault));
      out.add(last);
      in.skipBytes(in.readableBytes());
    }
    inTrailers |= out.isEmpty() && HeadGuard.isLastChunk(in, start);
    endAfterLast(out);
  }

  private void endAfterLast(List<Object> out) {
    decoded |= !out.isEmpty();
    if (!out.isEmpty() && out.get(out.size() - 1) instanceof LastHttpContent last) {
      discarding |= last.decoderResult().isFailure();
      atHead = true;
      inTrailers = false;
      guard.reset();
      lines.reset();
    }
  }

  private void check(HttpRequest request, ByteBuf in) {
    DecoderResult result = request.decoderResult();
    if (result.isFailure()) {
      discarding = true;
      recoverOrigin(request, in);
    } else if (result instanceof HttpMessageDecoderResult size && size.totalSize() > mostHead) {
      discarding = true;
      request.setDecoderResult(
          DecoderResult.failure(
              new MalformedException(
                  Fault.HEAD_TOO_LARGE,
                  "The request line and headers are larger than " + mostHead + " bytes.")));
    }
  }

  /**
   * Adds the origin if Netty still held its line when it failed, so that the page can read the
   * answer.
   */
  private void recoverOrigin(HttpRequest request, ByteBuf in) {
    String origin = guard.origin(in);
    if (!origin.isEmpty()
        && !request.headers().contains(HttpHeaderNames.ORIGIN)
        && origin.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      request.headers().set(HttpHeaderNames.ORIGIN, origin);
    }
  }

  /** Hands on the head as far as it was read, so that an answer may still suit its origin. */
  private void refuse(MalformedException fault, ByteBuf in, List<Object> out) {
    HttpMessage message = current;
    for (Object decoded : out) {
      if (decoded instanceof HttpMessage head) {
        message = head;
      } else {
        ReferenceCountUtil.release(decoded);
      }
    }
    if (message == null) {
      message = createInvalidMessage();
    }
    message.setDecoderResult(DecoderResult.failure(fault));
    out.clear();
    out.add(message);
    decoded = true;
    discarding = true;
    in.skipBytes(in.readableBytes());
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    HttpVersion version = version(line[2]);
    HttpMethod method;
    try {
      method = HttpMethod.valueOf(line[0]);
    } catch (IllegalArgumentException e) {
      throw new MalformedException(
          Fault.START_LINE, "The method is empty or has a character that no method may have.");
    }
    guard.startLineRead();
    HttpRequest request = new DefaultHttpRequest(version, method, line[1], headersFactory);
    current = request;
    return request;
  }

  private static HttpVersion version(String text) {
    if (text.equals("HTTP/1.1")) {
      return HttpVersion.HTTP_1_1;
    }
    if (text.equals("HTTP/1.0")) {
      return HttpVersion.HTTP_1_0;
    }
    boolean other = text.length() == 8 && text.startsWith("HTTP/") && text.charAt(6) == '.';
    throw other
        ? new MalformedException(Fault.VERSION, "The version is neither HTTP/1.1 nor HTTP/1.0.")
        : new MalformedException(
            Fault.START_LINE, "The request line does not end in HTTP/1.1 or HTTP/1.0.");
  }

  @Override
  protected String splitFirstWordInitialLine(byte[] line, int start, int length) {
    startLine.first(start, length);
    return super.splitFirstWordInitialLine(line, start, length);
  }

  @Override
  protected String splitSecondWordInitialLine(byte[] line, int start, int length) {
    startLine.second(line, start, length);
    return super.splitSecondWordInitialLine(line, start, length);
  }

  @Override
  protected String splitThirdWordInitialLine(byte[] line, int start, int length) {
    startLine.third(line, start);
    return super.splitThirdWordInitialLine(line, start, length);
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    AsciiString name = super.splitHeaderName(line, start, length);
    // Of requests Netty reads the name up to the colon; a blank before it is in the name.
    lines.add(name, (byte) ':');
    return name;
  }
}
