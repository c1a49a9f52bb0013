package dev.sallyport.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.util.List;

/** Reads responses, and refuses what Netty's decoder would mend. */
public final class ResponseDecoder extends HttpResponseDecoder {
  private final HeadGuard guard = new HeadGuard();
  private final HeaderLines lines = new HeaderLines();
  private final StartLine startLine = new StartLine();

  private boolean toHead;
  private boolean atHead = true;
  private boolean inTrailers;
  private boolean discarding;
  private boolean begun;

  /** A decoder of heads of at most {@code mostHead} bytes. */
  public ResponseDecoder(int mostHead) {
    super(HeaderLines.decoderConfig(mostHead));
  }

  /**
   * The next final response answers another request.
   *
   * @param head whether its method is {@code HEAD}, so that no body follows
   */
  public void expect(boolean head) {
    toHead = head;
  }

  /** Whether bytes were received behind the last response, even if they are no whole head yet. */
  public boolean hasLeftover() {
    return begun || actualReadableBytes() > 0;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    if (discarding) {
      in.skipBytes(in.readableBytes());
      return;
    }
    begun = true;
    int start = in.readerIndex();
    HeadGuard.Sight sight = atHead || inTrailers ? guard.look(in) : HeadGuard.Sight.FINE;
    if (sight == HeadGuard.Sight.WAIT) {
      return;
    }
    super.decode(ctx, in, out);
    MalformedException fault = HeadGuard.fault(sight);
    if (fault != null) {
      out.forEach(ReferenceCountUtil::release);
      out.clear();
      HttpObject invalid =
          atHead ? createInvalidMessage() : new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER);
      invalid.setDecoderResult(DecoderResult.failure(fault));
      out.add(invalid);
      discarding = true;
      in.skipBytes(in.readableBytes());
    } else if (!out.isEmpty()) {
      HttpObject newest = (HttpObject) out.get(out.size() - 1);
      discarding = newest.decoderResult().isFailure();
      boolean ended = newest instanceof LastHttpContent;
      atHead = ended;
      if (ended) {
        inTrailers = false;
        begun = false;
        guard.reset();
        lines.reset();
      }
    } else if (!atHead) {
      inTrailers |= HeadGuard.isLastChunk(in, start);
    }
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    HttpVersion version =
        switch (line[0]) {
          case "HTTP/1.1" -> HttpVersion.HTTP_1_1;
          case "HTTP/1.0" -> HttpVersion.HTTP_1_0;
          default -> throw fault("The status line does not begin with HTTP/1.1 or HTTP/1.0.");
        };
    String digits = line[1];
    if (digits.length() != 3 || !isDigit(digits, 0) || !isDigit(digits, 1) || !isDigit(digits, 2)) {
      throw fault("The status is not three digits.");
    }
    int code = Integer.parseInt(digits);
    if (code < 100) {
      throw fault("The status is below 100.");
    }
    guard.startLineRead();
    return new DefaultHttpResponse(version, status(code, line[2]), headersFactory);
  }

  private static HttpResponseStatus status(int code, String reason) {
    for (int i = 0; i < reason.length(); i++) {
      char c = reason.charAt(i);
      if (c < 0x20 && c != '\t' || c == 0x7f) {
        throw fault("The reason phrase has a control character.");
      }
    }
    return HttpResponseStatus.valueOf(code, reason);
  }

  private static boolean isDigit(String text, int at) {
    return text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  private static MalformedException fault(String detail) {
    return new MalformedException(Fault.START_LINE, detail);
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
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    AsciiString name = super.splitHeaderName(line, start, length);
    // Of responses Netty reads the name up to a blank, and skips to the colon.
    lines.add(name, line[start + length]);
    return name;
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    boolean interim =
        ((HttpResponse) message).status().codeClass() == HttpStatusClass.INFORMATIONAL;
    return toHead && !interim || super.isContentAlwaysEmpty(message);
  }
}
