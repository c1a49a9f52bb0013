package dev.sallyport.netty;

import dev.sallyport.cors.CorsDecision;
import dev.sallyport.cors.CorsPolicy;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A handler that puts a CORS policy in front of an application on Netty's HTTP/1.1 codec. It stands
 * behind {@code HttpServerCodec}, one to a channel.
 *
 * <p>It answers preflights, and what the policy's enforcement refuses, without showing them to the
 * application: 204 for a preflight whose origin is allowed, else 403. Every other final answer
 * leaves with the policy's headers instead of what the application set of them. Requests may be
 * pipelined, and messages may come in parts: each answer gets the decision on its own request, and
 * answers given here wait for those before them.
 *
 * <p>Where the policy asks a source of origins, nothing more is read until it has answered; the
 * event loop does not wait.
 *
 * <p>The decision on a request is fired as a user event, just before the request itself: an
 * attribute of the channel could not tell pipelined requests apart.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // A write that fails closes the channel, which is told.
public final class CorsHandler extends ChannelDuplexHandler {

  /** A request that was let pass or answered here, and whose answer has not left whole. */
  private record Exchange(
      CorsDecision decision, @Nullable FullHttpResponse answer, boolean close) {}

  private final Supplier<? extends CorsPolicy> policies;
  private final Deque<Exchange> exchanges = new ArrayDeque<>();

  /** What came while a decision was waited for. */
  private final Deque<Object> held = new ArrayDeque<>();

  private boolean waiting;
  private boolean readWanted;
  private boolean discarding;
  private boolean upgraded;

  /** Whether what is written is part of an answer before the final one. */
  private boolean interim;

  /** Whether an answer given here ends the connection, so that nothing more is read. */
  private boolean closing;

  /** A handler with one policy. */
  public CorsHandler(CorsPolicy policy) {
    this(() -> policy);
  }

  /** A handler whose policy can change: {@code policies} is asked once for each request. */
  public CorsHandler(Supplier<? extends CorsPolicy> policies) {
    this.policies = policies;
  }

  // ── requests ─────────────────────────────────────────────────────────────────────────────────

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (upgraded) {
      context.fireChannelRead(message);
    } else if (closing) {
      ReferenceCountUtil.release(message);
    } else if (waiting) {
      held.add(message);
    } else if (message instanceof HttpRequest request) {
      decide(context, request);
    } else {
      readContent(context, message);
    }
  }

  private void decide(ChannelHandlerContext context, HttpRequest request) {
    CompletionStage<CorsDecision> stage;
    try {
      stage = policies.get().decideAsync(new NettyCorsRequest(request));
    } catch (RuntimeException e) {
      ReferenceCountUtil.release(request);
      throw e;
    }
    CompletableFuture<CorsDecision> decision = stage.toCompletableFuture();
    if (decision.isDone()) {
      decided(context, request, decision.join());
      return;
    }
    waiting = true;
    stage.thenAccept(known -> context.executor().execute(() -> resume(context, request, known)));
  }

  private void resume(ChannelHandlerContext context, HttpRequest request, CorsDecision decision) {
    waiting = false;
    if (context.isRemoved() || !context.channel().isActive()) {
      ReferenceCountUtil.release(request);
      releaseHeld();
      return;
    }
    decided(context, request, decision);
    while (!waiting && !held.isEmpty()) {
      channelRead(context, held.remove());
    }
    if (!waiting) {
      context.fireChannelReadComplete();
      if (readWanted) {
        readWanted = false;
        context.read();
      }
    }
  }

  private void decided(ChannelHandlerContext context, HttpRequest request, CorsDecision decision) {
    // What the codec could not read is the application's to refuse.
    if (!decision.isAnswered() || request.decoderResult().isFailure()) {
      exchanges.add(new Exchange(decision, null, false));
      context.fireUserEventTriggered(decision);
      context.fireChannelRead(request);
      return;
    }
    // Who waits for 100 Continue may never send the body, so that nothing more can be read.
    boolean close = !HttpUtil.isKeepAlive(request) || HttpUtil.is100ContinueExpected(request);
    exchanges.add(new Exchange(decision, answer(request, decision, close), close));
    discarding = !(request instanceof LastHttpContent);
    closing = close;
    ReferenceCountUtil.release(request);
    writeOwn(context);
  }

  private void readContent(ChannelHandlerContext context, Object message) {
    if (!discarding || !(message instanceof HttpContent content)) {
      context.fireChannelRead(message);
      return;
    }
    discarding = !(message instanceof LastHttpContent);
    boolean unreadable = content.decoderResult().isFailure();
    ReferenceCountUtil.release(message);
    if (unreadable) {
      // Where the next request begins can no longer be told.
      closing = true;
      context.close();
    }
  }

  /** Reads no more while a decision is waited for, so that what is held stays little. */
  @Override
  public void read(ChannelHandlerContext context) {
    if (waiting) {
      readWanted = true;
    } else {
      context.read();
    }
  }

  // ── answers ──────────────────────────────────────────────────────────────────────────────────

  private static FullHttpResponse answer(
      HttpRequest request, CorsDecision decision, boolean close) {
    FullHttpResponse answer =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(decision.status()),
            Unpooled.EMPTY_BUFFER);
    if (decision.status() != HttpResponseStatus.NO_CONTENT.code()) {
      answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, "0");
    }
    HttpUtil.setKeepAlive(answer.headers(), request.protocolVersion(), !close);
    return answer;
  }

  /** Writes the answers given here that no earlier one has to go before. */
  private void writeOwn(ChannelHandlerContext context) {
    boolean wrote = false;
    for (Exchange next = exchanges.peek();
        next != null && next.answer() != null;
        next = exchanges.peek()) {
      exchanges.remove();
      FullHttpResponse answer = next.answer();
      next.decision().writeTo(new NettyCorsResponse(answer.headers()));
      ChannelPromise written = context.newPromise();
      if (next.close()) {
        written.addListener(ChannelFutureListener.CLOSE);
      }
      context.write(answer, written);
      wrote = true;
    }
    if (wrote) {
      context.flush();
    }
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
    Exchange exchange = exchanges.peek();
    if (upgraded || exchange == null) {
      context.write(message, promise);
      return;
    }
    if (message instanceof HttpResponse response && isFinal(response)) {
      HttpHeaders headers = response.headers();
      headers.names().stream().filter(exchange.decision()::owns).forEach(headers::remove);
      exchange.decision().writeTo(new NettyCorsResponse(headers));
      upgraded = response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
    }
    if (message instanceof HttpResponse response) {
      interim = !isFinal(response);
    }
    boolean ends = message instanceof LastHttpContent;
    context.write(message, promise);
    if (ends && interim) {
      interim = false;
    } else if (ends) {
      exchanges.remove();
      writeOwn(context);
    }
  }

  /** Whether no other answer to the same request follows. */
  private static boolean isFinal(HttpResponse response) {
    return response.status().codeClass() != HttpStatusClass.INFORMATIONAL
        || response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
  }

  // ── the end ──────────────────────────────────────────────────────────────────────────────────

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    release();
    context.fireChannelInactive();
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    release();
  }

  private void release() {
    releaseHeld();
    exchanges.clear();
  }

  private void releaseHeld() {
    held.forEach(ReferenceCountUtil::release);
    held.clear();
  }
}
