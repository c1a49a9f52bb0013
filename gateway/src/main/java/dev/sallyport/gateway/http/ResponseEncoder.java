package dev.sallyport.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes responses, those to {@code HEAD} without a body.
 *
 * <p>A head that is not asked to be told of waits for what follows it or for the flush: with a
 * small body that is the whole one it becomes one buffer, which the system takes for less than two.
 */
// What fails on a channel is told to its pipeline, or ends it.
@SuppressWarnings("FutureReturnValueIgnored")
public final class ResponseEncoder extends HttpResponseEncoder {
  /** Where copying a body costs less than sending it as a buffer of its own. */
  private static final int SMALL = 4096;

  private boolean toHead;
  private @Nullable HttpResponse waiting;

  /**
   * The next final response answers another request.
   *
   * @param head whether its method is {@code HEAD}
   */
  public void answering(boolean head) {
    toHead = head;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise)
      throws Exception {
    if (message instanceof HttpResponse head
        && !(message instanceof FullHttpResponse)
        && promise.isVoid()) {
      waiting = head;
    } else if (waiting != null && isSmallEnd(message)) {
      super.write(ctx, message, promise);
    } else {
      writeWaiting(ctx);
      super.write(ctx, message, promise);
    }
  }

  private static boolean isSmallEnd(Object message) {
    return message instanceof LastHttpContent last && last.content().readableBytes() <= SMALL;
  }

  private void writeWaiting(ChannelHandlerContext ctx) throws Exception {
    HttpResponse head = waiting;
    if (head != null) {
      waiting = null;
      super.write(ctx, head, ctx.voidPromise());
    }
  }

  @Override
  protected void encode(ChannelHandlerContext ctx, Object message, List<Object> out)
      throws Exception {
    HttpResponse head = waiting;
    waiting = null;
    if (head != null) {
      super.encode(ctx, head, out);
    }
    super.encode(ctx, message, out);
    if (head != null) {
      join(out);
    }
  }

  private static void join(List<Object> out) {
    ByteBuf first = (ByteBuf) out.get(0);
    for (int i = 1; i < out.size(); i++) {
      ByteBuf next = (ByteBuf) out.get(i);
      first.writeBytes(next);
      next.release();
    }
    out.subList(1, out.size()).clear();
  }

  @Override
  public void flush(ChannelHandlerContext ctx) throws Exception {
    writeWaiting(ctx);
    ctx.flush();
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpResponse response) {
    boolean interim = response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    return toHead && !interim || super.isContentAlwaysEmpty(response);
  }
}
