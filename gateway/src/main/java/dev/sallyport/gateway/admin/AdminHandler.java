package dev.sallyport.gateway.admin;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.timeout.IdleStateEvent;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers operators. */
// What fails on a channel is told to its pipeline, or ends it.
@SuppressWarnings("FutureReturnValueIgnored")
final class AdminHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(AdminHandler.class);

  private final AdminGuard guard;
  private final AdminActions actions;

  AdminHandler(AdminGuard guard, AdminActions actions) {
    this.guard = guard;
    this.actions = actions;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    boolean keepAlive = HttpUtil.isKeepAlive(request) && request.decoderResult().isSuccess();
    boolean head = request.method().equals(HttpMethod.HEAD);
    if (request.decoderResult().isFailure()) {
      send(
          ctx,
          AdminAnswer.problem(
              HttpResponseStatus.BAD_REQUEST, "bad-request", "The request is not HTTP."),
          head,
          false);
    } else if (!guard.isOwnHost(request, (InetSocketAddress) ctx.channel().localAddress())) {
      send(ctx, foreignHost(), head, false);
    } else if (!guard.isOwnSite(request)) {
      send(ctx, foreignSite(), head, false);
    } else {
      answer(ctx, request, head, keepAlive);
    }
  }

  private static FullHttpResponse foreignHost() {
    return AdminAnswer.problem(
        HttpResponseStatus.MISDIRECTED_REQUEST,
        "admin-host",
        "The admin listener is called by a name that is not its own. Call it by its address or as"
            + " localhost, or list the name under admin.hosts in the configuration.");
  }

  private static FullHttpResponse foreignSite() {
    return AdminAnswer.problem(
        HttpResponseStatus.FORBIDDEN,
        "admin-cross-site",
        "A page of another origin has sent this request, and none has business here.");
  }

  private void answer(
      ChannelHandlerContext ctx, FullHttpRequest request, boolean head, boolean keepAlive) {
    int query = request.uri().indexOf('?');
    String path = query < 0 ? request.uri() : request.uri().substring(0, query);
    boolean safe = AdminGuard.isSafe(request);
    switch (path) {
      case "/metrics" -> read(ctx, safe, head, keepAlive, AdminAnswer.metrics(actions.metrics()));
      case "/healthz" ->
          read(ctx, safe, head, keepAlive, AdminAnswer.text(HttpResponseStatus.OK, "ok"));
      case "/readyz" -> read(ctx, safe, head, keepAlive, ready());
      case "/reload" -> reload(ctx, request, keepAlive);
      default ->
          send(
              ctx,
              AdminAnswer.problem(
                  HttpResponseStatus.NOT_FOUND,
                  "admin-not-found",
                  "There are /metrics, /healthz, /readyz and, by POST, /reload."),
              head,
              keepAlive);
    }
  }

  private FullHttpResponse ready() {
    if (actions.isReady()) {
      return AdminAnswer.text(HttpResponseStatus.OK, "ready");
    }
    FullHttpResponse answer = AdminAnswer.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "stopping");
    answer.headers().set(HttpHeaderNames.RETRY_AFTER, "5");
    return answer;
  }

  private static void read(
      ChannelHandlerContext ctx,
      boolean safe,
      boolean head,
      boolean keepAlive,
      FullHttpResponse answer) {
    if (safe) {
      send(ctx, answer, head, keepAlive);
    } else {
      answer.release();
      send(ctx, notAllowed("GET, HEAD"), head, keepAlive);
    }
  }

  private static FullHttpResponse notAllowed(String allowed) {
    FullHttpResponse answer =
        AdminAnswer.problem(
            HttpResponseStatus.METHOD_NOT_ALLOWED,
            "admin-method",
            "Only " + allowed + " is answered here.");
    answer.headers().set(HttpHeaderNames.ALLOW, allowed);
    return answer;
  }

  private void reload(ChannelHandlerContext ctx, FullHttpRequest request, boolean keepAlive) {
    if (!request.method().equals(HttpMethod.POST)) {
      boolean head = request.method().equals(HttpMethod.HEAD);
      send(ctx, notAllowed("POST"), head, keepAlive);
      return;
    }
    actions
        .reload()
        .ifPresentOrElse(
            stage ->
                stage.whenComplete(
                    (outcome, fault) ->
                        ctx.executor()
                            .execute(
                                () ->
                                    send(
                                        ctx,
                                        fault == null ? AdminAnswer.reloaded(outcome) : stopping(),
                                        false,
                                        keepAlive))),
            () ->
                send(
                    ctx,
                    AdminAnswer.problem(
                        HttpResponseStatus.CONFLICT,
                        "admin-no-file",
                        "The gateway was started by options, so that there is no file to read"
                            + " again. Start it with --config."),
                    false,
                    keepAlive));
  }

  private static FullHttpResponse stopping() {
    return AdminAnswer.problem(
        HttpResponseStatus.SERVICE_UNAVAILABLE, "stopping", "The gateway is stopping.");
  }

  private static void send(
      ChannelHandlerContext ctx, FullHttpResponse answer, boolean head, boolean keepAlive) {
    FullHttpResponse sent = answer;
    if (head) {
      sent = answer.replace(Unpooled.EMPTY_BUFFER);
      answer.release();
    }
    if (keepAlive) {
      ctx.writeAndFlush(sent);
    } else {
      sent.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      ctx.writeAndFlush(sent).addListener(ChannelFutureListener.CLOSE);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("an operator's connection broke", cause);
    ctx.close();
  }
}
