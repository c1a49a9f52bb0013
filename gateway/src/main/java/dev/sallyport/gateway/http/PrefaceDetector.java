package dev.sallyport.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import java.util.List;

/**
 * Tells by the first bytes of a connection whether its client speaks HTTP/2, and then leaves.
 *
 * <p>The preface is the same in clear and behind TLS, where ALPN has announced it, so that one
 * detector serves both.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9113#name-http-2-connection-preface">RFC 9113,
 *     section 3.4</a>
 */
public final class PrefaceDetector extends ByteToMessageDecoder {
  private static final ByteBuf PREFACE = Http2CodecUtil.connectionPrefaceBuf();

  private final Runnable begun;
  private final Runnable isHttp2;

  /**
   * A detector.
   *
   * @param begun runs when the first bytes could be a preface, and more have to come
   * @param isHttp2 runs when the preface has come, which is handed on behind it
   */
  public PrefaceDetector(Runnable begun, Runnable isHttp2) {
    this.begun = begun;
    this.isHttp2 = isHttp2;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    int length = Math.min(in.readableBytes(), PREFACE.readableBytes());
    boolean same = ByteBufUtil.equals(in, in.readerIndex(), PREFACE, PREFACE.readerIndex(), length);
    if (same && length < PREFACE.readableBytes()) {
      begun.run();
      return;
    }
    if (same) {
      isHttp2.run();
    }
    ctx.pipeline().remove(this);
  }
}
